import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Check, Hand } from 'lucide-preact'
import { Problem } from '../../../shared/problem.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { type Outcome, type VerdictReason, claimReportCall, giveVerdictCall, handBackReportCall } from '../../../shared/verification.ts'
import { call } from '../../kit/call.ts'
import { newId } from '../../kit/ids.ts'
import { goOnIn, useKey } from '../../kit/keys.ts'
import { Button } from '../../kit/look/Button.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { Kbd } from '../../kit/look/Kbd.tsx'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { stroke } from '../../kit/look/icon.ts'
import { signedIn } from '../../kit/me.ts'
import { beside, tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { desk } from '../../kit/words/desk.ts'
import { reportWords } from '../words/report.ts'
import { Duplicate, type Chosen } from './Duplicate.tsx'
import { holderOf } from './claim.ts'
import styles from './verdict.module.css'

const outcomes: readonly Outcome[] = ['verified', 'not_confirmed', 'false', 'duplicate']
const evidence: readonly VerdictReason[] = ['original_seen', 'place_agrees', 'time_agrees', 'observer_called', 'two_sources', 'matches_pictures', 'document']
const doubts: readonly VerdictReason[] = ['place_differs', 'time_differs', 'old_picture', 'hearsay', 'unclear', 'explained_by_rule', 'unreachable', 'edited']

/** What a verdict may rest on: a verified report rests on evidence alone. */
const reasonsFor = (outcome: Outcome | null): readonly VerdictReason[] => (outcome === null || outcome === 'verified' ? evidence : [...doubts, ...evidence])

/** What was chosen and not given yet; it outlives a claim. */
type Choice = { outcome: Outcome | null; reasons: ReadonlySet<VerdictReason>; said: string; duplicate: Chosen | null }
const noChoice: Choice = { outcome: null, reasons: new Set(), said: '', duplicate: null }
const isChosen = ({ outcome, reasons, said }: Choice): boolean => outcome !== null || reasons.size > 0 || said !== ''

/** The verdict of this person, or what it waits for. Only what the server says may be done is offered. Give it a `key` of the round. */
export function VerdictPanel({ page, load }: { page: ReportPage; load: () => Promise<void> }) {
  const words = reportWords()
  const [choice, setChoice] = useState(noChoice)
  const [busy, setBusy] = useState(false)
  const [claimed, setClaimed] = useState(false)
  const mayJudge = page.may.includes('verdict')
  const mayClaim = page.may.includes('claim') && !mayJudge
  // Also where one may not judge any more: whoever holds it can free it for others.
  const mayHandBack = page.may.includes('hand_back')
  const claim = () => {
    if (busy) return
    setBusy(true)
    void call(claimReportCall, { id: page.line.id })
      .then(() => setClaimed(true))
      .catch((thrown: unknown) => toast(thrown instanceof Problem && thrown.code === 'conflict' ? words.claimTaken : tell(thrown)))
      .then(load)
      .finally(() => setBusy(false))
  }
  const handBack = async () => {
    try {
      await call(handBackReportCall, { id: page.line.id })
      setChoice(noChoice)
      toast(words.handedBack)
    } catch (refused) {
      toast(tell(refused))
    }
    await load()
    goOnIn()
  }
  useKey('c', words.claim, claim, { on: mayClaim })

  const handBackButton = mayHandBack && <Button onClick={() => void handBack()}>{words.handBack}</Button>
  if (mayJudge) return <Judge page={page} choice={choice} onChoice={setChoice} load={load} takesFocus={claimed} handBack={handBackButton} />
  const why = whyNot(page)
  if (!mayClaim && why === null && !mayHandBack) return null
  return (
    <section class={styles['panel']}>
      <h3 class={styles['head']}>{words.yourVerdict}{mayClaim && page.line.awaitsSecond && <span>{blindWords(page)}</span>}</h3>
      {mayClaim ? (
        <>
          <Button kind="filled" icon={Hand} keyHint="c" wide busy={busy} onClick={claim}>{words.claimToJudge}</Button>
          <p class={styles['note']}>{isChosen(choice) ? words.claimEnded : words.claimWhat}</p>
        </>
      ) : (
        <>
          {why !== null && <p class={styles['note']}>{why}</p>}
          {handBackButton}
          {page.awaitsNewJudge && <p>{signedIn().mission.rules.otherOrganisation ? words.whyNot.nobodyElsewhere : words.whyNot.nobody}</p>}
        </>
      )}
    </section>
  )
}

const blindWords = ({ line }: ReportPage): string => (line.awaitsThird ? reportWords().blindThird : reportWords().blind)

/** Why this person is not asked for a verdict, as far as the page can tell. */
function whyNot({ line, verdicts, round, filedBy, versions }: ReportPage): string | null {
  const { whyNot: words } = reportWords()
  const { person, mission } = signedIn()
  if (line.status !== 'received' && line.status !== 'in_review') return null
  if (line.author.id === person.id) return words.own
  if (filedBy?.id === person.id) return words.filed(line.author.name)
  if (versions.some(({ told }) => told?.to.id === person.id)) return words.told(line.author.name)
  if (verdicts.some((verdict) => verdict.by === person.id && verdict.round === round)) return line.awaitsThird ? words.gaveThird : words.gave
  if (mission.rules.otherOrganisation && person.organisation === line.author.organisation) return words.organisation
  const holder = holderOf(line)
  return holder && holder.by !== person.id ? words.taken(holder.name) : null
}

type JudgeProps = { page: ReportPage; choice: Choice; onChoice: (choice: Choice) => void; load: () => Promise<void>; takesFocus: boolean; handBack: ComponentChildren }

function Judge({ page, choice, onChoice, load, takesFocus, handBack }: JudgeProps) {
  const words = reportWords()
  const { outcome, reasons, said, duplicate } = choice
  const setOutcome = (next: Outcome) => onChoice({ ...choice, outcome: next })
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (takesFocus) goOnIn(panel.current)
  }, [])
  // The same verdict sent again after a lost answer is the same one.
  const verdict = useRef(newId())

  const shown = reasonsFor(outcome)
  const chosen = shown.filter((reason) => reasons.has(reason))
  const lacks = { outcome: outcome === null, reasons: chosen.length === 0, duplicate: outcome === 'duplicate' && duplicate === null }
  const toggle = (reason: VerdictReason) => onChoice({ ...choice, reasons: new Set(reasons.has(reason) ? [...reasons].filter((one) => one !== reason) : [...reasons, reason]) })

  const give = async () => {
    setTried(true)
    setThrown(null)
    const missing = lacks.outcome ? '[data-outcomes] button' : lacks.reasons ? '[data-reasons] button' : lacks.duplicate ? 'input' : null
    if (outcome === null || missing !== null) return goTo(panel.current?.querySelector<HTMLElement>(missing ?? ''))
    if (busy) return
    setBusy(true)
    try {
      const { awaitsSecond } = await call(giveVerdictCall, { id: page.line.id, verdict: verdict.current, outcome, reasons: chosen, words: said, duplicateOf: outcome === 'duplicate' ? (duplicate?.id ?? null) : null })
      toast(awaitsSecond ? (page.line.awaitsSecond ? words.givenDiffers : words.givenOpen) : words.given(common().statuses[outcome].toLocaleLowerCase()))
    } catch (refused) {
      setThrown(refused)
    }
    await load()
    setBusy(false)
    goOnIn()
  }
  useKey('1', desk().outcomes.verified, () => setOutcome('verified'))
  useKey('2', desk().outcomes.not_confirmed, () => setOutcome('not_confirmed'))
  useKey('3', desk().outcomes.false, () => setOutcome('false'))
  useKey('4', desk().outcomes.duplicate, () => setOutcome('duplicate'))
  useKey('Enter', words.give, () => void give())

  const isWanted = { outcome: tried && lacks.outcome, reasons: tried && !lacks.outcome && lacks.reasons, duplicate: tried && lacks.duplicate }
  const wanted = isWanted.outcome ? words.chooseOutcome : isWanted.reasons ? words.chooseReason : isWanted.duplicate ? words.chooseDuplicate : null
  const reasonGroup = (title: string, group: readonly VerdictReason[]) => (
    <div class={styles['reasons']} role="group" aria-label={title} data-reasons data-wanted={isWanted.reasons || undefined}>
      <p>{title}</p>
      {group.map((reason) => (
        <button key={reason} type="button" class={styles['reason']} aria-pressed={reasons.has(reason)} onClick={(event) => press(event, () => toggle(reason))}>
          {reasons.has(reason) && <Check {...stroke} size={15} />}{desk().reasons[reason]}
        </button>
      ))}
    </div>
  )
  return (
    <section ref={panel} tabIndex={-1} class={styles['panel']} aria-label={words.yourVerdict}>
      <h3 class={styles['head']}>{words.yourVerdict}<span>{page.line.awaitsSecond ? blindWords(page) : signedIn().mission.rules.eyes === 2 ? words.firstOfTwo : ''}</span></h3>
      <div class={styles['outcomes']} data-outcomes data-wanted={isWanted.outcome || undefined} role="group" aria-label={words.yourVerdict}>
        {outcomes.map((one, at) => (
          <button key={one} type="button" class={styles['outcome']} aria-pressed={outcome === one} aria-keyshortcuts={String(at + 1)} onClick={(event) => press(event, () => setOutcome(one))}>
            <StatusMark status={one} severity={page.line.severity} /><span>{desk().outcomes[one]}</span><Kbd name={String(at + 1)} />
          </button>
        ))}
      </div>
      {outcome === 'duplicate' && <Duplicate of={page.line} chosen={duplicate} onChoose={(next) => onChoice({ ...choice, duplicate: next })} problem={isWanted.duplicate ? words.chooseDuplicate : beside(thrown, 'duplicateOf')} />}
      {shown.includes('unclear') && reasonGroup(words.doubts, doubts)}
      {reasonGroup(words.restsOn, evidence)}
      <details class={styles['more']} open={said !== ''}>
        <summary>{words.verdictWords}</summary>
        <TextArea label={words.verdictWords} hideLabel hint={words.verdictWordsHint} value={said} onValue={(next) => onChoice({ ...choice, said: next })} maxLength={2000} rows={2} problem={beside(thrown, 'words')} />
      </details>
      {thrown !== null && <p class={styles['problem']} role="alert">{tell(thrown)}</p>}
      <div class={styles['actions']}>
        {wanted !== null && <p class={styles['problem']} role="alert">{wanted}</p>}
        <Button kind="filled" keyHint="Enter" busy={busy} onClick={() => void give()}>{words.give}</Button>
        {handBack}
      </div>
    </section>
  )
}

/** To what is wanted, into the middle of the view: at its end the buttons stand over it. */
function goTo(place: HTMLElement | null | undefined): void {
  place?.focus({ preventScroll: true })
  place?.scrollIntoView({ block: 'center' })
}

/** After a press of the mouse the focus goes back to the page, so that Enter gives the verdict and does not press again. */
function press(event: MouseEvent & { currentTarget: HTMLElement }, act: () => void): void {
  act()
  if (event.detail > 0) event.currentTarget.blur()
}

/** The verdicts that this person may know: their own, and those of rounds that are closed. */
export function Verdicts({ page }: { page: ReportPage }) {
  const words = reportWords()
  if (page.verdicts.length === 0) return null
  const own = signedIn().person.id
  const isOpen = page.line.status === 'received' || page.line.status === 'in_review'
  return (
    <section class={styles['given']}>
      <h3 class={styles['title']}>{words.verdicts}</h3>
      <ul>
        {page.verdicts.map((one) => (
          <li key={one.id}>
            <StatusMark status={one.outcome} severity={page.line.severity} />
            <div>
              <p><b>{common().statuses[one.outcome]}</b> {words.byName(one.by === own ? words.byYou : one.name)}<time class="numbers" dateTime={one.givenAt}>, {moment(one.givenAt)}</time></p>
              <p class={styles['note']}>{one.reasons.map((reason) => desk().reasons[reason]).join(', ')}{page.round > 1 && `, ${words.round(one.round)}`}</p>
              {one.words !== '' && <p class={styles['said']}>{one.words}</p>}
              {isOpen && one.round === page.round && <p class={styles['note']}>{words.unseen}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
