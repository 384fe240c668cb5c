import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Stood } from '../../../shared/made-anew.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { giveVerdictCall } from '../../../shared/verification.ts'
import { call } from '../../kit/call.ts'
import { goOnIn, useKey } from '../../kit/keys.ts'
import { toast } from '../../kit/look/Toasts.tsx'
import { common } from '../../kit/words/common.ts'
import { reportWords } from '../words/report.ts'
import { verdictWords } from '../words/verdict.ts'
import type { Wanted } from './Choose.tsx'
import { type Choosing, isOn, readingOf } from './choice.ts'
import { reasonsFor } from './reasons.ts'

type Parts = { page: ReportPage; choosing: Choosing; panel: RefObject<HTMLElement>; load: () => Promise<void>; onThrown: (thrown: unknown) => void; onGiven: () => void; on: boolean }

/** Gives the verdict that is chosen, on what the report says on this page; else says what is wanted, and goes there. */
export function useGiving({ page, choosing: { choice }, panel, load, onThrown, onGiven, on }: Parts): { give: () => Promise<void>; busy: boolean; wanted: Wanted; told: string | null } {
  const words = reportWords()
  const { verdict, reasons, said, duplicate } = choice
  const [busy, setBusy] = useState(false)
  const { round, of, change } = readingOf(page)
  // What is wanted is said of what the report says: when that changes, nobody has tried yet.
  const here = `${round} ${of} ${change}`
  const [triedOn, setTriedOn] = useState<string | null>(null)
  const tried = triedOn === here
  useEffect(() => setTriedOn(null), [on])
  const outcome = isOn(choice, page) ? choice.outcome : null
  const missed = choice.outcome !== null && outcome === null
  const chosen = reasonsFor(choice.outcome).filter((reason) => reasons.has(reason))
  const lacks = { outcome: outcome === null, reasons: chosen.length === 0, duplicate: outcome === 'duplicate' && duplicate === null }

  const give = async () => {
    setTriedOn(here)
    onThrown(null)
    // Who chose before it changed is led to what it says now, and not to the first of the choices.
    const missing = missed ? '[data-read]' : lacks.outcome ? '[data-outcomes] button' : lacks.reasons ? '[data-reasons] button' : lacks.duplicate ? 'input' : null
    if (outcome === null || missing !== null) return goTo(panel.current?.querySelector<HTMLElement>(missing ?? ''))
    if (busy) return
    setBusy(true)
    try {
      const { awaitsSecond } = await call(giveVerdictCall, { id: page.line.id, verdict, outcome, reasons: chosen, words: said, duplicateOf: outcome === 'duplicate' ? (duplicate?.id ?? null) : null, of, was: stoodIn(page.line) })
      onGiven()
      toast(awaitsSecond ? (page.line.awaitsSecond ? words.givenDiffers : words.givenOpen) : words.given(common().statuses[outcome].toLocaleLowerCase()))
    } catch (refused) {
      onThrown(refused)
    }
    await load()
    setBusy(false)
    goOnIn()
  }
  useKey('Enter', words.give, () => void give(), { on })

  const wanted = { outcome: tried && lacks.outcome, reasons: tried && !lacks.outcome && lacks.reasons, duplicate: tried && lacks.duplicate }
  const told = wanted.outcome ? (missed ? verdictWords().choseBefore : words.chooseOutcome) : wanted.reasons ? words.chooseReason : wanted.duplicate ? words.chooseDuplicate : null
  return { give, busy, wanted, told }
}

/** To what is wanted, into the middle of the view: at its end the buttons stand over it. */
function goTo(place: HTMLElement | null | undefined): void {
  place?.focus({ preventScroll: true })
  place?.scrollIntoView({ block: 'center' })
}

/** What the desk made of the report, as this page shows it. The department of a station is the register's. */
const stoodIn = ({ category, severity, station, table, department }: ReportPage['line']): Stood => ({ category, severity, station, table, ...(station === null && { department }) })
