import { Button } from '../../kit/look/Button.tsx'
import { Scanner } from '../../kit/look/Scanner.tsx'
import { common } from '../../kit/words/common.ts'
import { tokenIn } from '../token.ts'
import { late } from '../words/late.ts'
import styles from './scan.module.css'

/** Reads a card's code through the camera, where the browser can. */
export default function Scan({ onFound, onLeave }: { onFound: (text: string) => void; onLeave: () => void }) {
  const words = late().join
  return (
    <section class={styles['scan']} aria-label={words.scanTitle}>
      <Scanner what={words.scanWhat} refused={words.scanRefused} isWanted={(text) => tokenIn(text) !== null} onFound={onFound} />
      <Button wide onClick={onLeave}>{common().buttons.back}</Button>
    </section>
  )
}
