import { useState } from 'preact/hooks'
import { Pencil, Plus, Undo2 } from 'lucide-preact'
import { reportNumber } from '../../../shared/statement.ts'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import type { Icon } from '../../kit/look/icon.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { beginAmendment, dropAmendment, isWithdrawn, withdraw, wordsNow } from '../amend.ts'
import { Fault } from '../capture/Fault.tsx'
import { release } from '../outbox/outcome.ts'
import { changeFiled } from '../outbox/queue.ts'
import type { Amended, Filed } from '../outbox/records.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { icon } from '../parts/icon.ts'
import { send } from '../state.ts'
import { late } from '../words/late.ts'
import styles from './report.module.css'

/** What a report says now, when that was said last, and every version of it. */
export function Said({ filed }: { filed: Filed }) {
  const words = late()
  const { amendments = [], stated } = filed
  const last = amendments.at(-1)
  return (
    <>
      <span class={styles['words']}>{wordsNow(filed) || words.report.noWords}</span>
      {last && (
        <>
          <span class={styles['more']} data-amended={last.stated.type}>{words.amend.done[last.stated.type](moment(last.stated.times.finishedAt))}</span>
          <details class={styles['versions']}>
            <summary>{words.amend.versions}</summary>
            <ol>
              <li><b>{words.amend.filed(moment(stated.times.finishedAt))}</b><span class={styles['words']}>{stated.words || words.report.noWords}</span></li>
              {amendments.map((one) => <Version key={one.id} said={one} />)}
            </ol>
          </details>
        </>
      )}
    </>
  )
}

function Version({ said: { stated, receipt, hold, elsewhere } }: { said: Amended }) {
  const words = late().amend
  const state = elsewhere ? words.otherPhone : receipt ? words.received(moment(receipt.receivedAt)) : hold ? words.heldTitle : words.onPhone
  return (
    <li data-version={stated.type} data-received={receipt !== null}>
      <b>{words.done[stated.type](moment(stated.times.finishedAt))}</b>
      {stated.words !== '' && <span class={styles['words']}>{stated.words}</span>}
      {stated.photos.length > 0 && <span>{words.pictures(stated.photos.length)}</span>}
      <span class={cx(styles['more'], hold && styles['trouble'])}>{state}</span>
    </li>
  )
}

/** What of it headquarters did not take: to be sent again, or taken back. */
export function HeldLater({ filed }: { filed: Filed }) {
  const words = late()
  const [dropping, setDropping] = useState(false)
  const held = filed.amendments?.find(({ hold }) => hold !== null)
  if (!held?.hold) return null
  const { hold } = held
  const isEnded = hold.fields.some(({ path, reason }) => path === 'reportId' && reason === 'ended')
  const reasons = [...new Set(hold.fields.map(({ reason }) => common().fields[reason]))]
  const again = async () => {
    await changeFiled(filed.id, release)
    send()
  }
  return (
    <section class={styles['held']} role="alert">
      <div class={styles['grow']}>
        <h3>{words.amend.heldTitle}</h3>
        <p>{isEnded ? words.amend.ended : [words.report.what[hold.code], ...reasons].join(' ')} {words.report.kept}</p>
        <div class={styles['do']}>
          {!isEnded && <Button onClick={() => void again()}>{words.report.again}</Button>}
          <Button onClick={() => setDropping(true)}>{words.amend.drop}</Button>
        </div>
      </div>
      {dropping && <Confirm title={words.amend.dropTitle} action={words.amend.drop} onConfirm={() => void dropAmendment(filed.id, held.id)} onClose={() => setDropping(false)}>{words.amend.dropWhat}</Confirm>}
    </section>
  )
}

/** The ways to say something else of a report; none where it was withdrawn, or waits to be mended before it can be sent at all. */
export function LaterWays({ filed }: { filed: Filed }) {
  const words = late().amend
  const [asking, setAsking] = useState(false)
  if (filed.hold || isWithdrawn(filed)) return null
  return (
    <>
      <Way icon={Pencil} onClick={() => beginAmendment(filed, 'correction')}>{words.correct}</Way>
      <Way icon={Plus} onClick={() => beginAmendment(filed, 'addition')}>{words.add}</Way>
      <Way icon={Undo2} onClick={() => setAsking(true)}>{words.wrong}</Way>
      {asking && <Withdraw filed={filed} onClose={() => setAsking(false)} />}
    </>
  )
}

function Way({ icon: Sign, onClick, children }: { icon: Icon; onClick: () => void; children: string }) {
  return <li><button type="button" class={styles['way']} onClick={onClick}><Sign {...icon} /><span class={styles['grow']}>{children}</span></button></li>
}

const mostReason = 500

function Withdraw({ filed, onClose }: { filed: Filed; onClose: () => void }) {
  const words = late().amend
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const confirm = async () => {
    setTried(true)
    if (reason.trim() === '') return
    setBusy(true)
    try {
      await withdraw(filed, reason)
      onClose()
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }
  return (
    <Confirm title={words.withdrawTitle} action={words.withdraw} busy={busy} onConfirm={() => void confirm()} onClose={onClose}>
      {filed.receipt && <p><b>{reportNumber(filed.receipt.number)}</b></p>}
      <p>{words.withdrawWhat}</p>
      <label class={styles['reason']}>
        <span>{words.reason}</span>
        <textarea rows={2} maxLength={mostReason} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      {tried && reason.trim() === '' && <Fault>{words.reasonLacks}</Fault>}
      {failed && <Fault>{words.failed}</Fault>}
    </Confirm>
  )
}
