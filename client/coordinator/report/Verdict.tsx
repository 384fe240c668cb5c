import { useEffect, useRef, useState } from 'preact/hooks'
import { Hand } from 'lucide-preact'
import { Problem } from '../../../shared/problem.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { claimReportCall, handBackReportCall } from '../../../shared/verification.ts'
import { call } from '../../kit/call.ts'
import { goOnIn, useKey } from '../../kit/keys.ts'
import { Button } from '../../kit/look/Button.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { beside, tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { desk } from '../../kit/words/desk.ts'
import { reportWords } from '../words/report.ts'
import { verdictWords } from '../words/verdict.ts'
import { Choose } from './Choose.tsx'
import { Moved } from './Moved.tsx'
import { isChosen, isEnding, sinceThen, useChoice } from './choice.ts'
import { holderOf } from './claim.ts'
import { useGiving } from './giving.ts'
import styles from './verdict.module.css'

/** The verdict of this person, or what it waits for. Only what the server says may be done is offered. It stays where it is when the report changes under it, and says so. */
export function VerdictPanel({ page, load }: { page: ReportPage; load: () => Promise<void> }) {
  const words = reportWords()
  const choosing = useChoice(page)
  const { choice, choose, forget } = choosing
  const [busy, setBusy] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const [claimed, setClaimed] = useState(false)
  const panel = useRef<HTMLElement>(null)
  const mayJudge = page.may.includes('verdict')
  const mayClaim = page.may.includes('claim') && !mayJudge
  // Also where one may not judge any more: whoever holds it can free it for others.
  const mayHandBack = page.may.includes('hand_back')
  // Whether something was begun that may be interrupted: what was given or handed back is no more, though the page does not know it yet.
  const judged = useRef(false)
  const ended = useRef(false)
  const start = () => {
    judged.current = false
    ended.current = true
    forget()
  }
  const giving = useGiving({ page, choosing, panel, load, onThrown: setThrown, onGiven: start, on: mayJudge })
  useEffect(() => {
    if (mayJudge ? claimed : judged.current) goOnIn(panel.current)
  }, [mayJudge])
  useEffect(() => setThrown(null), [choice])
  if (!mayJudge) ended.current = false
  else if (!ended.current) judged.current = true
  const claim = () => {
    if (busy) return
    setBusy(true)
    setThrown(null)
    void call(claimReportCall, { id: page.line.id })
      .then(() => setClaimed(true))
      .catch((refused: unknown) => toast(refused instanceof Problem && refused.code === 'conflict' ? words.claimTaken : tell(refused)))
      .then(load)
      .finally(() => setBusy(false))
  }
  const handBack = async () => {
    try {
      await call(handBackReportCall, { id: page.line.id })
      start()
      toast(words.handedBack)
    } catch (refused) {
      toast(tell(refused))
    }
    await load()
    goOnIn()
  }
  const letGo = () => {
    start()
    setThrown(null)
    goOnIn()
  }
  useKey('c', words.claim, claim, { on: mayClaim })

  // Who has just taken out all of their words is writing still: the field does not go under their hands.
  const isWriting = document.activeElement instanceof HTMLTextAreaElement && panel.current?.contains(document.activeElement) === true
  const isBegun = choosing.isBegun || isWriting
  const moved = judged.current || isBegun ? sinceThen(choice, page, isBegun) : null
  const hasMoved = moved !== null
  const isOver = hasMoved && !mayJudge && !mayClaim
  const why = moved !== null && isEnding(moved) && moved.what !== 'given' ? null : whyNot(page)
  if (!mayJudge && !mayClaim && why === null && !mayHandBack && !hasMoved && thrown === null) return null
  const handBackButton = mayHandBack && <Button onClick={() => void handBack()}>{words.handBack}</Button>
  const beforeIt = mayJudge || mayClaim ? (page.line.awaitsSecond ? blindWords(page) : mayJudge && signedIn().mission.rules.eyes === 2 ? words.firstOfTwo : '') : ''
  return (
    <section ref={panel} tabIndex={-1} class={styles['panel']} aria-label={words.yourVerdict}>
      <div class={styles['top']}>
        <h3 class={styles['head']}>{words.yourVerdict}{beforeIt !== '' && <span>{beforeIt}</span>}</h3>
        <div role="status" data-since={hasMoved || undefined}>{moved !== null && <Moved page={page} choice={choice} moved={moved} mayGoOn={mayJudge || mayClaim} />}</div>
      </div>
      {mayJudge && <Choose page={page} choosing={choosing} wanted={giving.wanted} thrown={thrown} />}
      {(mayJudge || (hasMoved && mayClaim) || choice.said !== '' || isWriting) && (
        // One and the same field whatever may be done: who is writing goes on writing.
        <details key="words" class={styles['more']} open={choice.said !== '' || isWriting}>
          <summary>{words.verdictWords}</summary>
          <TextArea label={words.verdictWords} hideLabel hint={words.verdictWordsHint} value={choice.said} onValue={(said) => choose({ said })} maxLength={2000} rows={2} problem={beside(thrown, 'words')} />
        </details>
      )}
      {thrown !== null && <p class={styles['problem']} role="alert">{beside(thrown, 'of') || beside(thrown, 'was') ? verdictWords().refused : tell(thrown)}</p>}
      {mayJudge ? (
        <div class={styles['actions']}>
          {giving.told !== null && <p class={styles['problem']} role="alert">{giving.told}</p>}
          <Button kind="filled" keyHint="Enter" busy={giving.busy} onClick={() => void giving.give()}>{words.give}</Button>
          {handBackButton}
        </div>
      ) : mayClaim ? (
        <>
          <Button kind="filled" icon={Hand} keyHint="c" wide busy={busy} onClick={claim}>{words.claimToJudge}</Button>
          <p class={styles['note']}>{isChosen(choice) && !hasMoved ? words.claimEnded : words.claimWhat}</p>
        </>
      ) : (
        <>
          {why !== null && <p class={styles['note']}>{why}</p>}
          {isOver && isBegun && <Button onClick={letGo}>{verdictWords().letGo}</Button>}
          {handBackButton}
          {page.awaitsNewJudge && <p>{signedIn().mission.rules.otherOrganisation ? words.whyNot.nobodyElsewhere : words.whyNot.nobody}</p>}
        </>
      )}
    </section>
  )
}

const blindWords = ({ line }: ReportPage): string => (line.awaitsThird ? reportWords().blindThird : reportWords().blind)

/** Why this person is not asked for a verdict, as far as the page can tell. */
function whyNot({ line, verdicts, round, filedBy, versions, quarantine, may }: ReportPage): string | null {
  const { whyNot: words } = reportWords()
  const { person, mission } = signedIn()
  if (line.status !== 'received' && line.status !== 'in_review') return null
  if (line.author.id === person.id) return words.own
  if (filedBy?.id === person.id) return words.filed(line.author.name)
  if (versions.some(({ told }) => told?.to.id === person.id)) return words.told(line.author.name)
  if (verdicts.some((verdict) => verdict.by === person.id && verdict.round === round)) return line.awaitsThird ? words.gaveThird : words.gave
  if (mission.rules.otherOrganisation && person.organisation === line.author.organisation) return words.organisation
  // Nobody may claim it by waiting for who holds it.
  if (quarantine !== null) return may.includes('hand_back') ? verdictWords().quarantined : null
  const holder = holderOf(line)
  return holder && holder.by !== person.id ? words.taken(holder.name) : null
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
