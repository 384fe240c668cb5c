import type { ComponentChildren } from 'preact'
import { ageOf } from '../../kit/age.ts'
import styles from './aged.module.css'

/** What is known since a moment: it fades as that grows old. `as`: a part of a sentence, or of a list. */
export function Aged({ since, now, as: Drawn = 'span', children }: { since: string; now: Date; as?: 'li' | 'span'; children: ComponentChildren }) {
  return <Drawn class={styles['aged']} data-age={ageOf((now.getTime() - Date.parse(since)) / 1000)}>{children}</Drawn>
}
