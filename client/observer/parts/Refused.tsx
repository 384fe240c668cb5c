import { useEffect, useRef, useState } from 'preact/hooks'
import { ChevronDown } from 'lucide-preact'
import { howToAllow } from '../place/words.ts'
import { phone } from '../words/index.ts'
import { icon } from './icon.ts'
import styles from './refused.module.css'

/** That this phone may not use its position, in a line; how to allow it unfolds. `asked`: how often its owner asked for the position; that unfolds it too, and says it. */
export function Refused({ asked = 0 }: { asked?: number }) {
  const words = phone().place
  const [isOpen, setIsOpen] = useState(asked > 0)
  const how = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (asked > 0) how.current?.focus()
  }, [asked])
  return (
    <div>
      <button type="button" class={styles['line']} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>{words.refusedShort}<ChevronDown {...icon} size={18} /></button>
      {isOpen && <p ref={how} tabIndex={-1} class={styles['how']}>{words.refused} {howToAllow()}</p>}
    </div>
  )
}
