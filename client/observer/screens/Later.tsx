import { useEffect, useState } from 'preact/hooks'
import { Pencil, Plus, Redo2, Undo2 } from 'lucide-preact'
import type { SaidChange } from '../../../shared/amendments.ts'
import type { Uuid } from '../../../shared/basics.ts'
import { reportNumber } from '../../../shared/statement.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import type { Icon } from '../../kit/look/icon.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { beginAmendment, dropAmendment, mendLater } from '../amend-again.ts'
import { turn, wordsNow } from '../amend.ts'
import { Fault } from '../capture/Fault.tsx'
import { goingOf, isThere, isTurn, isWithdrawn } from '../outbox/standing.ts'
import { atOnce, release } from '../outbox/outcome.ts'
import { changeFiled } from '../outbox/queue.ts'
import type { Amended, Filed } from '../outbox/records.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { changesIn } from '../outbox/said.ts'
import { icon } from '../parts/icon.ts'
import { SaveFile } from '../parts/SaveFile.tsx'
import { send } from '../state.ts'
import { tellChange } from '../sends/told.ts'
import { late } from '../words/late.ts'
import { triedAgain, troubleOf, whyOf } from './Held.tsx'
import styles from './report.module.css'

/** What a report says now, when that was said last, and every version of it. */
export function Said({ filed }: { filed: Filed }) {
  const words = late()
  const { amendments = [], stated } = filed
  const last = amendments.at(-1)
  const changes = last ? changesIn(filed) : []
  return (
    <>
      <span class={styles['words']}>{wordsNow(filed) || words.report.noWords}</span>
      {last && (
        <>
          {lastOf(amendments).map((one) => <span key={one.id} class={styles['more']} data-amended={one.stated.type} {...(one.stated.type === 'restoration' && { tabIndex: -1, 'data-turned': one.stated.type })}>{saidWhen(filed, one)}</span>)}
          <details class={styles['versions']}>
            <summary>{words.amend.versions}</summary>
            <ol>
              <li><b>{words.amend.filed(moment(stated.times.finishedAt))}</b><span class={styles['words']}>{stated.words || words.report.noWords}</span></li>
              {amendments.map((one, at) => <Version key={one.id} said={one} waits={!goingOf(filed).includes(one)} changes={changes[at] ?? []} />)}
            </ol>
          </details>
        </>
      )}
    </>
  )
}

/** What was said last: an addition does not hide that there was a correction, nor the other way round. */
function lastOf(amendments: readonly Amended[]): Amended[] {
  const isText = ({ stated: { type } }: Amended) => type === 'correction' || type === 'addition'
  return amendments.filter((one, at) => at === amendments.length - 1 || (amendments.slice(at).every(isText) && amendments.slice(at + 1).every(({ stated: { type } }) => type !== one.stated.type)))
}

/** When it was said; and that it waits still, since how far the report came does not say that. */
function saidWhen(filed: Filed, said: Amended): string {
  const words = late().amend
  const { stated: { type, times }, receipt, hold } = said
  const waits = receipt ? null : hold ? words.notTaken : goingOf(filed).includes(said) ? words.notSent : words.waits
  return [words.done[type](moment(times.finishedAt)), waits].filter(Boolean).join(' · ')
}

function Version({ said: { stated, receipt, hold, elsewhere }, waits, changes }: { said: Amended; waits: boolean; changes: readonly SaidChange[] }) {
  const words = late().amend
  const state = elsewhere ? words[elsewhere === 'told' ? 'toldHeadquarters' : 'otherPhone'] : receipt ? words.received(moment(receipt.receivedAt)) : hold ? words.heldTitle : waits ? words.waits : words.onPhone
  return (
    <li data-version={stated.type} data-received={receipt !== null}>
      <b>{words.done[stated.type](moment(stated.times.finishedAt))}</b>
      {stated.words !== '' && <span class={styles['words']}>{stated.words}</span>}
      {changes.map((change) => <span key={change.field} data-changed={change.field}>{tellChange(change)}</span>)}
      {stated.photos.length > 0 && <span>{words.pictures(stated.photos.length)}</span>}
      <span class={cx(styles['more'], hold && styles['trouble'])}>{state}</span>
    </li>
  )
}

/** That it was withdrawn stands before how far it came: what was decided about it no longer counts. */
export function Withdrawn({ filed }: { filed: Filed }) {
  if (!isWithdrawn(filed)) return null
  const said = filed.amendments?.findLast(({ stated: { type } }) => type === 'withdrawal')
  return (
    <div tabIndex={-1} data-turned="withdrawal">
      <Banner tone="medium" icon={Undo2} title={said ? saidWhen(filed, said) : common().statuses.withdrawn}>{said?.stated.words}</Banner>
    </div>
  )
}

/** What of it headquarters did not take: to be sent again, or taken back. */
export function HeldLater({ filed }: { filed: Filed }) {
  const words = late()
  const [dropping, setDropping] = useState<Uuid | null>(null)
  const trouble = troubleOf(filed)
  const held = filed.amendments?.find(({ id, hold, receipt }) => hold ?? (trouble && !receipt && id === filed.brokeOn?.amendment))
  const hold = held?.hold ?? trouble
  const isOpen = dropping !== null && hold !== null && dropping === held?.id
  // The question ends once what it was asked about is settled: it never comes to be about another.
  useEffect(() => {
    if (!isOpen) setDropping(null)
  }, [dropping, isOpen])
  if (!held || !hold) return null
  const { stated: { type } } = held
  const cameLate = hold.fields.some(({ path, reason }) => path === 'reportId' && reason === 'ended')
  // It can be sent once headquarters knows that the withdrawal was taken back.
  const isEnded = cameLate && (isWithdrawn(filed) || filed.amendments?.some((one) => isTurn(one) && !one.receipt && !one.hold) === true)
  const isWaitedFor = filed.amendments?.some((one) => !one.hold && !goingOf(filed).includes(one)) === true
  const reasons = [...new Set(hold.fields.map(({ reason }) => common().fields[reason]))]
  const again = async () => {
    await changeFiled(filed.id, held.hold ? release : atOnce)
    send()
  }
  return (
    <section class={styles['held']} role="alert">
      <div class={styles['grow']}>
        <h3>{held.hold ? words.amend.heldTitle : words.report.troubleTitle}</h3>
        <p>{cameLate ? words.amend.ended : held.hold ? [words.report.what[hold.code], ...reasons].join(' ') : [whyOf(hold), triedAgain(filed)].filter(Boolean).join(' ')} {words.report.kept} {isWaitedFor && words.amend.isWaitedFor}</p>
        <div class={styles['do']}>
          {hold.code === 'invalid_input' && (type === 'correction' || type === 'addition') ? <Button kind="filled" onClick={() => void mendLater(filed.id)}>{words.report.mend}</Button> : !isEnded && <Button onClick={() => void again()}>{words.report.again}</Button>}
          <SaveFile filed={[filed]} />
          <Button onClick={() => setDropping(held.id)}>{words.amend.drop}</Button>
        </div>
      </div>
      {isOpen && <Confirm title={words.amend.dropTitle} action={words.amend.drop} onConfirm={() => void dropAmendment(filed.id, dropping)} onClose={() => setDropping(null)}>{words.amend.dropWhat}</Confirm>}
    </section>
  )
}

/** The ways to say something else of a report; of one that was withdrawn only that it was not wrong after all, and none where it waits to be mended before it can be sent at all. */
export function LaterWays({ filed }: { filed: Filed }) {
  const words = late().amend
  const [asking, setAsking] = useState<TurnType | null>(null)
  const [turned, setTurned] = useState<TurnType | null>(null)
  const isShown = turned !== null && asking === null && isWithdrawn(filed) === (turned === 'withdrawal')
  // What was asked for stands further up, and the button that asked is gone: its owner is brought to it.
  useEffect(() => {
    const said = isShown ? document.querySelector<HTMLElement>(`[data-turned=${turned}]`) : null
    said?.scrollIntoView({ block: 'center' })
    said?.focus({ preventScroll: true })
    if (isShown) setTurned(null)
  }, [isShown])
  if (filed.hold) return null
  const dialog = asking && <Turn key={asking} filed={filed} type={asking} onClose={() => setAsking(null)} onTurned={() => setTurned(asking)} />
  if (isWithdrawn(filed)) {
    return (
      <>
        <Way icon={Redo2} onClick={() => setAsking('restoration')}>{words.right}</Way>
        {dialog}
      </>
    )
  }
  return (
    <>
      <Way icon={Pencil} onClick={() => void beginAmendment(filed, 'correction')}>{words.correct}</Way>
      <Way icon={Plus} onClick={() => void beginAmendment(filed, 'addition')}>{words.add}</Way>
      <Way icon={Undo2} onClick={() => setAsking('withdrawal')}>{words.wrong}</Way>
      {dialog}
    </>
  )
}

function Way({ icon: Sign, onClick, children }: { icon: Icon; onClick: () => void; children: string }) {
  return <li><button type="button" class={styles['way']} onClick={onClick}><Sign {...icon} /><span class={styles['grow']}>{children}</span></button></li>
}

const mostReason = 500
type TurnType = 'withdrawal' | 'restoration'

function Turn({ filed, type, onClose, onTurned }: { filed: Filed; type: TurnType; onClose: () => void; onTurned: () => void }) {
  const words = late().amend
  const { title, what, whatUnsent, why, lacks, action } = words.turns[type]
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const confirm = async () => {
    setTried(true)
    if (reason.trim() === '') return
    setBusy(true)
    try {
      await turn(filed, type, reason)
      onTurned()
      onClose()
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }
  return (
    <Confirm title={title} action={action} kind={type === 'withdrawal' ? 'danger' : 'filled'} busy={busy} onConfirm={() => void confirm()} onClose={onClose}>
      {filed.receipt && <p><b>{reportNumber(filed.receipt.number)}</b></p>}
      <p>{isThere(filed) ? what : whatUnsent}</p>
      <label class={styles['reason']}>
        <span>{why}</span>
        <textarea rows={2} maxLength={mostReason} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <div class={styles['why']}>
        {tried && reason.trim() === '' && <Fault>{lacks}</Fault>}
        {failed && <Fault>{words.failed}</Fault>}
      </div>
    </Confirm>
  )
}
