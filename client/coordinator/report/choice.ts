import { useEffect, useState } from 'preact/hooks'
import type { ReportPage } from '../../../shared/reports.ts'
import type { Outcome, VerdictReason } from '../../../shared/verification.ts'
import { newId } from '../../kit/ids.ts'
import { signedIn } from '../../kit/me.ts'
import type { Chosen } from './Duplicate.tsx'

/** What a report says at one time: its round, and what was last said of it that counts. */
type Reading = { round: number; of: string }

/** What was chosen and written and not given yet; it outlives a claim, a round and the page of the report. */
export type Choice = {
  /** The same content sent again after a lost answer is the same verdict. */
  verdict: string
  outcome: Outcome | null
  reasons: ReadonlySet<VerdictReason>
  said: string
  duplicate: Chosen | null
  /** What the report said when this was begun, and when the outcome was chosen. */
  since: Reading
  on: Reading
}

export const readingOf = ({ round, versions, line }: ReportPage): Reading => ({ round, of: versions.findLast(({ setAsideFor }) => setAsideFor === null)?.id ?? line.id })

const isSame = (one: Reading, other: Reading): boolean => one.round === other.round && one.of === other.of
const begun = (now: Reading): Choice => ({ verdict: newId(), outcome: null, reasons: new Set(), said: '', duplicate: null, since: now, on: now })
export const isChosen = ({ outcome, reasons, said }: Choice): boolean => outcome !== null || reasons.size > 0 || said !== ''

/** Whether it chose its outcome when the report said what it says now; a verdict on other words is nobody's. */
export const isOn = (choice: Choice, page: ReportPage): boolean => isSame(choice.on, readingOf(page))

/** By person and report: who walks on to the next report finds it again. It goes with the page, not onto the disk of a machine that others may use. */
const drafts = new Map<string, Choice>()

export type Choosing = { choice: Choice; choose: (some: Partial<Pick<Choice, 'outcome' | 'reasons' | 'said' | 'duplicate'>>) => void; forget: () => void }

export function useChoice(page: ReportPage): Choosing {
  const key = `${signedIn().person.id}/${page.line.id}`
  const now = readingOf(page)
  const [choice, setChoice] = useState(() => drafts.get(key) ?? begun(now))
  const choose: Choosing['choose'] = (some) => {
    // Other content is another verdict: the same id with it would be refused.
    const next = { ...(drafts.get(key) ?? choice), ...some, verdict: newId(), ...('outcome' in some && { on: now }) }
    if (isChosen(next)) drafts.set(key, next)
    else drafts.delete(key)
    setChoice(next)
  }
  const forget = () => {
    drafts.delete(key)
    setChoice(begun(now))
  }
  // It arrived although its answer was lost.
  const isGiven = page.verdicts.some(({ id }) => id === choice.verdict)
  useEffect(() => {
    if (isGiven) forget()
  }, [isGiven])
  useAsking(choice.said.trim() !== '')
  return { choice, choose, forget }
}

/** What was written lives as long as this tab: closing it asks first. */
function useAsking(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [on])
}

/** What happened to the report since a choice was begun, and when; null where it says what it said then. */
export function sinceThen(choice: Choice, page: ReportPage): { what: 'correction' | 'addition' | 'withdrawal' | 'restoration' | 'round'; at: string | null } | null {
  const { since } = choice
  if (isSame(since, readingOf(page))) return null
  const before = page.versions.findIndex(({ id }) => id === since.of)
  const last = page.versions.slice(before + 1).findLast(({ setAsideFor }) => setAsideFor === null)
  if (last && last.type !== 'report') return { what: last.type, at: last.receivedAt }
  return { what: 'round', at: page.history.findLast(({ kind }) => kind === 'report.reopened')?.at ?? null }
}
