import { useEffect, useState } from 'preact/hooks'
import type { HistoryLine, ReportPage } from '../../../shared/reports.ts'
import { Outcome, type VerdictReason } from '../../../shared/verification.ts'
import { newId } from '../../kit/ids.ts'
import { signedIn } from '../../kit/me.ts'
import type { Chosen } from './Duplicate.tsx'

/** What a report says at one time: its round, what was last said of it that counts, and what another of the desk last changed of it; one's own change is no news. */
type Reading = { round: number; of: string; change: number }

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

export const readingOf = (page: ReportPage): Reading => ({ round: page.round, of: page.versions.findLast(({ setAsideFor }) => setAsideFor === null)?.id ?? page.line.id, change: changedByOthers(page).at(-1)?.number ?? 0 })

const changedByOthers = ({ history }: ReportPage): HistoryLine[] => history.filter(({ kind, by }) => kind === 'report.changed' && by.id !== signedIn().person.id)

const isSame = (one: Reading, other: Reading): boolean => one.round === other.round && one.of === other.of && one.change === other.change
const begun = (now: Reading): Choice => ({ verdict: newId(), outcome: null, reasons: new Set(), said: '', duplicate: null, since: now, on: now })
export const isChosen = ({ outcome, reasons, said }: Choice): boolean => outcome !== null || reasons.size > 0 || said !== ''

/** Whether it chose its outcome when the report said what it says now; a verdict on other words is nobody's. */
export const isOn = (choice: Choice, page: ReportPage): boolean => isSame(choice.on, readingOf(page))

/** By person and report: who walks on to the next report finds it again. It goes with the page, not onto the disk of a machine that others may use. */
const drafts = new Map<string, Choice>()

/** `isBegun`: something of it was chosen or written, and is not given. */
export type Choosing = { choice: Choice; isBegun: boolean; choose: (some: Partial<Pick<Choice, 'outcome' | 'reasons' | 'said' | 'duplicate'>>) => void; forget: () => void }

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
  return { choice, isBegun: isChosen(choice) && !isGiven, choose, forget }
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

/** What happened to a report under a verdict: when and by whose hand, where that is known and said. */
export type Since = { what: 'correction' | 'addition' | 'withdrawal' | 'restoration' | 'round' | 'change' | Ending; at: string | null; by: string | null }
/** Nobody gives the verdict that was begun, whatever the report says. */
type Ending = 'decided' | 'given' | 'quarantine' | 'aside'

export const isEnding = ({ what }: Since): boolean => what === 'decided' || what === 'given' || what === 'quarantine' || what === 'aside'

/** What happened to the report since a choice was begun; null where it says what it said then. Of what is not begun (`isBegun`) a verdict by anybody takes nothing away. */
export function sinceThen(choice: Choice, page: ReportPage, isBegun: boolean): Since | null {
  const { since } = choice
  const over = whatEnded(page)
  if (over !== null) return isBegun ? over : null
  if (page.line.status !== 'withdrawn' && page.quarantine !== null) return { what: 'quarantine', at: page.quarantine.at, by: null }
  if (page.line.status === 'set_aside') return { what: 'aside', at: null, by: null }
  if (isSame(since, readingOf(page))) return null
  const before = page.versions.findIndex(({ id }) => id === since.of)
  const last = page.versions.slice(before + 1).findLast(({ setAsideFor }) => setAsideFor === null)
  if (last && last.type !== 'report') return { what: last.type, at: last.receivedAt, by: null }
  if (since.round !== page.round) return { what: 'round', at: page.history.findLast(({ kind }) => kind === 'report.reopened')?.at ?? null, by: null }
  const change = changesSince(choice, page).at(-1)
  return { what: 'change', at: change?.at ?? null, by: change?.by.name ?? null }
}

/** The verdict that ended this person's: the one that decided the report, else their own. Another's in an open round ends nothing, and nobody is told of it. */
function whatEnded({ line, round, verdicts, history }: ReportPage): Since | null {
  const own = signedIn().person.id
  if (Outcome.safeParse(line.status).success) {
    const deciding = history.findLast(({ kind }) => kind === 'verdict.given')
    return { what: deciding?.by.id === own ? 'given' : 'decided', at: deciding?.at ?? null, by: deciding?.by.name ?? null }
  }
  const given = line.status === 'in_review' ? verdicts.find((verdict) => verdict.by === own && verdict.round === round) : undefined
  return given ? { what: 'given', at: given.givenAt, by: null } : null
}

/** What others of the desk changed of it since then, the oldest first. */
export const changesSince = ({ since }: Choice, page: ReportPage): HistoryLine[] => changedByOthers(page).filter(({ number }) => number > since.change)
