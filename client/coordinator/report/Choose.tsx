import { Check } from 'lucide-preact'
import type { ReportPage } from '../../../shared/reports.ts'
import type { Outcome, VerdictReason } from '../../../shared/verification.ts'
import { useKey } from '../../kit/keys.ts'
import { Kbd } from '../../kit/look/Kbd.tsx'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { stroke } from '../../kit/look/icon.ts'
import { beside } from '../../kit/problems.ts'
import { desk } from '../../kit/words/desk.ts'
import { reportWords } from '../words/report.ts'
import { Duplicate } from './Duplicate.tsx'
import { type Choosing, isOn } from './choice.ts'
import { doubts, evidence, reasonsFor } from './reasons.ts'
import styles from './verdict.module.css'

const outcomes: readonly Outcome[] = ['verified', 'not_confirmed', 'false', 'duplicate']

/** What is wanted still, once somebody tried to give it. */
export type Wanted = { outcome: boolean; reasons: boolean; duplicate: boolean }

/** Which verdict, and what it rests on. An outcome that was chosen when the report said something else is chosen no more. */
export function Choose({ page, choosing: { choice, choose }, wanted, thrown }: { page: ReportPage; choosing: Choosing; wanted: Wanted; thrown: unknown }) {
  const words = reportWords()
  const { reasons, duplicate } = choice
  const outcome = isOn(choice, page) ? choice.outcome : null
  const setOutcome = (next: Outcome) => choose({ outcome: next })
  const choseByKey = (next: Outcome) => {
    setOutcome(next)
    leaveButton()
  }
  const toggle = (reason: VerdictReason) => choose({ reasons: new Set(reasons.has(reason) ? [...reasons].filter((one) => one !== reason) : [...reasons, reason]) })
  useKey('1', desk().outcomes.verified, () => choseByKey('verified'))
  useKey('2', desk().outcomes.not_confirmed, () => choseByKey('not_confirmed'))
  useKey('3', desk().outcomes.false, () => choseByKey('false'))
  useKey('4', desk().outcomes.duplicate, () => choseByKey('duplicate'))

  const reasonGroup = (title: string, group: readonly VerdictReason[]) => (
    <div class={styles['reasons']} role="group" aria-label={title} data-reasons data-wanted={wanted.reasons || undefined}>
      <p>{title}</p>
      {group.map((reason) => (
        <button key={reason} type="button" class={styles['reason']} aria-pressed={reasons.has(reason)} onClick={(event) => press(event, () => toggle(reason))}>
          {reasons.has(reason) && <Check {...stroke} size={15} />}{desk().reasons[reason]}
        </button>
      ))}
    </div>
  )
  return (
    <>
      <div class={styles['outcomes']} data-outcomes data-wanted={wanted.outcome || undefined} role="group" aria-label={words.yourVerdict}>
        {outcomes.map((one, at) => (
          <button key={one} type="button" class={styles['outcome']} aria-pressed={outcome === one} aria-keyshortcuts={String(at + 1)} onClick={(event) => press(event, () => setOutcome(one))}>
            <StatusMark status={one} severity={page.line.severity} /><span>{desk().outcomes[one]}</span><Kbd name={String(at + 1)} />
          </button>
        ))}
      </div>
      {outcome === 'duplicate' && <Duplicate of={page.line} chosen={duplicate} onChoose={(next) => choose({ duplicate: next })} problem={wanted.duplicate ? words.chooseDuplicate : beside(thrown, 'duplicateOf')} />}
      {reasonsFor(choice.outcome).includes('unclear') && reasonGroup(words.doubts, doubts)}
      {reasonGroup(words.restsOn, evidence)}
    </>
  )
}

/** After a press of the mouse the focus goes back to the page, so that Enter gives the verdict and does not press again. */
function press(event: MouseEvent & { currentTarget: HTMLElement }, act: () => void): void {
  act()
  if (event.detail > 0) event.currentTarget.blur()
}

/** Who chose by a key while a button of the panel had the focus gives the verdict with the next Enter, and does not press that button. */
function leaveButton(): void {
  const at = document.activeElement
  if (at?.matches('[data-read], [data-outcomes] button')) at.closest<HTMLElement>('section')?.focus({ preventScroll: true })
}
