import { reportWords } from '../words/report.ts'
import type { Merged } from './meanwhile.ts'
import styles from './change.module.css'

/** Says beside a field that somebody else changed it while the form was open: what it says now where this person chose otherwise, else what it said before. */
export function Meanwhile<Fields, Name extends keyof Fields>({ of, field, tell }: { of: Merged<Fields>; field: Name; tell: (value: Fields[Name]) => string }) {
  const words = reportWords().meanwhile
  if (!of.moved.includes(field)) return null
  return <p class={styles['moved']} role="status" data-moved={field}>{of.changed.includes(field) ? words.stands(tell(of.stands[field])) : words.stood(tell(of.stood[field]))}</p>
}
