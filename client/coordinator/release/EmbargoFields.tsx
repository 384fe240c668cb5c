import type { Embargo } from '../../../shared/press.ts'
import { Select, TextField } from '../../kit/look/inputs.tsx'
import { missionPlace } from '../../kit/numbers.ts'
import { momentInUtc } from '../../kit/times.ts'
import { instantOf, localOf } from '../room/filter/zone.ts'
import { releaseWords } from '../words/release.ts'
import styles from './embargo.module.css'

/** As it is being chosen: a time that is not typed yet is none. */
export type EmbargoChoice = { kind: 'none' | 'until' | 'statement'; until: string | null }

const kinds = ['none', 'until', 'statement'] as const

export const choiceOf = ({ until, statement }: Embargo): EmbargoChoice => ({ kind: statement ? 'statement' : until !== null ? 'until' : 'none', until })
export const embargoOf = ({ kind, until }: EmbargoChoice): Embargo => ({ until: kind === 'until' ? until : null, statement: kind === 'statement' })

/** Until when press sees nothing of it: at once, from a time on, or with the mission's statement. */
export function EmbargoFields({ choice, onChoice, problem }: { choice: EmbargoChoice; onChoice: (choice: EmbargoChoice) => void; problem: string | undefined }) {
  const words = releaseWords().embargo
  const { zone } = missionPlace.value
  return (
    <div class={styles['embargo']}>
      <Select label={words.label} value={choice.kind} options={kinds.map((value) => ({ value, label: words.kinds[value] }))} onValue={(value) => onChoice({ ...choice, kind: kinds.find((one) => one === value) ?? 'none' })} />
      {choice.kind === 'until' && (
        <TextField type="datetime-local" label={words.until} value={choice.until === null ? '' : localOf(choice.until, zone)} hint={choice.until === null ? words.timesIn(zone.replace(/_/g, ' ')) : momentInUtc(choice.until)} problem={problem} onValue={(text) => onChoice({ ...choice, until: instantOf(text, zone) })} />
      )}
      {choice.kind === 'statement' && <p class={styles['note']}>{words.statementWhat}</p>}
    </div>
  )
}

/** An embargo in words: `until 28 Feb, 20:00 (02:00 UTC)`; null where there is none. */
export function tellEmbargo({ until, statement }: Embargo): string | null {
  const words = releaseWords().embargo
  const told = [until !== null && words.untilTime(momentInUtc(until)), statement && words.untilStatement].filter(Boolean)
  return told.length === 0 ? null : told.join(words.and)
}
