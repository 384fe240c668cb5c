import { useState } from 'preact/hooks'
import { type DeskRelease, endEmbargoCall, releaseImageCall, retractCall } from '../../../shared/press.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { useAct } from '../../kit/act.ts'
import { addressFor, call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { cx } from '../../kit/look/cx.ts'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { beside } from '../../kit/problems.ts'
import { moment, momentInUtc } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { desk } from '../../kit/words/desk.ts'
import { Correct } from '../release/Correct.tsx'
import { tellEmbargo } from '../release/EmbargoFields.tsx'
import { reportWords } from '../words/report.ts'
import { Relied } from './Relied.tsx'
import { standingOf } from './standing.ts'
import styles from './report.module.css'

type Release = DeskRelease

/** What of this report was released, as it left; of what was taken back there is no picture any more. Who has it, and the ways to mend it or to take it back. */
export function Releases({ page, releases, load }: { page: ReportPage; releases: readonly Release[]; load: () => Promise<void> }) {
  const words = reportWords()
  const [doing, setDoing] = useState<{ what: 'retract' | 'correct' | 'out'; id: string } | null>(null)
  if (releases.length === 0) return null
  const end = () => setDoing(null)
  const one = releases.find(({ id }) => id === doing?.id)
  return (
    <section class={styles['part']}>
      <h3 class={styles['head']}>{words.releases}</h3>
      <ul class={styles['releases']}>{releases.map((release) => <One key={release.id} release={release} page={page} onDo={(what) => setDoing({ what, id: release.id })} />)}</ul>
      {one && doing?.what === 'retract' && <Retract release={one} onClose={end} load={load} />}
      {one && doing?.what === 'correct' && <Correct release={one} onClose={end} load={load} />}
      {one && doing?.what === 'out' && <LetOut release={one} onClose={end} load={load} />}
    </section>
  )
}

function One({ release, page, onDo }: { release: Release; page: ReportPage; onDo: (what: 'retract' | 'correct' | 'out') => void }) {
  const words = reportWords()
  const { id, releasedBy, releasedAt, retractedAt, retractedReason, outAt, embargo } = release
  const standing = standingOf(release)
  const isGone = standing === 'retracted'
  const isUnverified = !isGone && page.line.status !== 'verified'
  const mayRelease = page.may.includes('release')
  return (
    <li class={cx(isGone && styles['gone'])}>
      {!isGone && <img src={addressFor(releaseImageCall, { id, size: 'wall' })} alt="" />}
      <div>
        <p><StatusMark status={isGone ? 'retracted' : isUnverified ? 'in_review' : 'verified'} severity={page.line.severity} /> <b>{isGone ? desk().retracted : words.standing[standing]}</b></p>
        <p class={styles['note']}>{words.releasedBy(releasedBy, moment(releasedAt))}</p>
        {standing === 'held' && <p class={styles['note']}>{tellEmbargo(embargo)}</p>}
        {outAt !== null && <p class={styles['note']}>{words.embargoEnded(momentInUtc(outAt))}</p>}
        {standing === 'withheld' && <p class={styles['alarm']} role="status">{page.line.status === 'in_review' ? words.withheldWhat : isUnverified ? words.withheldDecided : words.withheldOther}</p>}
        {retractedAt !== null && <p class={styles['note']}>{words.retractedAt(moment(retractedAt))}{retractedReason && `: ${retractedReason}`}</p>}
        <Relied release={release} />
        {!isGone && (
          <p class={styles['links']}>
            {standing !== 'held' && <a href={`/press/${id}`}>{words.onPressWall}</a>}
            {standing === 'held' && mayRelease && <Button small onClick={() => onDo('out')}>{words.letOut.button}</Button>}
            {mayRelease && standing !== 'withheld' && <Button small onClick={() => onDo('correct')}>{words.correct}</Button>}
            {page.may.includes('retract') && <Button kind="danger" small onClick={() => onDo('retract')}>{words.retract}</Button>}
          </p>
        )}
      </div>
    </li>
  )
}

function LetOut({ release, onClose, load }: { release: Release; onClose: () => void; load: () => Promise<void> }) {
  const words = reportWords().letOut
  const { busy, trouble, act } = useAct(onClose)
  const letOut = () => act(async () => {
    await call(endEmbargoCall, { id: release.id })
    await load()
    toast(words.done)
  })
  return <ConfirmDialog title={words.title} action={words.button} busy={busy} problem={trouble} onConfirm={letOut} onClose={onClose}><p>{words.what}</p></ConfirmDialog>
}

function Retract({ release, onClose, load }: { release: Release; onClose: () => void; load: () => Promise<void> }) {
  const words = reportWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, thrown, trouble, act } = useAct(onClose)
  const lacks = reason.trim() === ''
  const retract = () => {
    setTried(true)
    if (lacks) return
    act(async () => {
      await call(retractCall, { id: release.id, reason })
      await load()
      toast(words.retracted)
    })
  }
  const telling = thrown instanceof Problem && thrown.details.fields?.some(({ reason: why }) => why === 'does_not_agree')
  const problem = tried && lacks ? common().fields.required : telling ? words.retractTells : beside(thrown, 'reason')
  return (
    <ConfirmDialog title={words.retractTitle} action={words.retractDo} danger busy={busy} problem={problem === undefined ? trouble : undefined} onConfirm={retract} onClose={onClose}>
      <p>{words.retractWhat}</p>
      {release.takes.length > 0 && <p><b>{words.retractTaken(new Set(release.takes.map(({ name }) => name)).size)}</b></p>}
      <TextArea label={words.retractReason} hint={words.retractReasonHint} value={reason} onValue={setReason} problem={problem} maxLength={500} rows={2} />
    </ConfirmDialog>
  )
}
