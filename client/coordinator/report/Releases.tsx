import { useState } from 'preact/hooks'
import { releaseImageCall, retractCall } from '../../../shared/press.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { addressFor, call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { cx } from '../../kit/look/cx.ts'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { beside, tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { desk } from '../../kit/words/desk.ts'
import { reportWords } from '../words/report.ts'
import styles from './report.module.css'

type Release = ReportPage['releases'][number]

/** What of this report was released, as it left; of what was taken back there is no picture any more. And the way to take it back. */
export function Releases({ page, load }: { page: ReportPage; load: () => Promise<void> }) {
  const words = reportWords()
  const [leaving, setLeaving] = useState<Release | null>(null)
  if (page.releases.length === 0) return null
  const mayRetract = page.may.includes('retract')
  return (
    <section class={styles['part']}>
      <h3 class={styles['head']}>{words.releases}</h3>
      <ul class={styles['releases']}>
        {page.releases.map((one) => {
          const isGone = one.retractedAt !== null
          return (
            <li key={one.id} class={cx(isGone && styles['gone'])}>
              {!isGone && <img src={addressFor(releaseImageCall, { id: one.id, size: 'wall' })} alt="" />}
              <div>
                <p><StatusMark status={isGone ? 'retracted' : 'verified'} severity={page.line.severity} /> <b>{isGone ? desk().retracted : words.released}</b></p>
                <p class={styles['note']}>{words.releasedBy(one.releasedBy, moment(one.releasedAt))}</p>
                {one.retractedAt !== null && <p class={styles['note']}>{words.retractedAt(moment(one.retractedAt))}{one.retractedReason && `: ${one.retractedReason}`}</p>}
                {!isGone && <p class={styles['links']}><a href={`/press/${one.id}`}>{words.onPressWall}</a>{mayRetract && <Button kind="danger" small onClick={() => setLeaving(one)}>{words.retract}</Button>}</p>}
              </div>
            </li>
          )
        })}
      </ul>
      {leaving && <Retract release={leaving} onClose={() => setLeaving(null)} load={load} />}
    </section>
  )
}

function Retract({ release, onClose, load }: { release: Release; onClose: () => void; load: () => Promise<void> }) {
  const words = reportWords()
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const lacks = reason.trim() === ''
  const retract = async () => {
    setTried(true)
    if (lacks) return
    setBusy(true)
    try {
      await call(retractCall, { id: release.id, reason })
      await load()
      toast(words.retracted)
      onClose()
    } catch (refused) {
      setThrown(refused)
      setBusy(false)
    }
  }
  const problem = tried && lacks ? common().fields.required : beside(thrown, 'reason')
  return (
    <ConfirmDialog title={words.retractTitle} action={words.retractDo} danger busy={busy} problem={thrown !== null && problem === undefined ? tell(thrown) : undefined} onConfirm={() => void retract()} onClose={onClose}>
      <p>{words.retractWhat}</p>
      <TextArea label={words.retractReason} hint={words.retractReasonHint} value={reason} onValue={setReason} problem={problem} maxLength={500} rows={2} />
    </ConfirmDialog>
  )
}
