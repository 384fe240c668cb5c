import { useState } from 'preact/hooks'
import { UserRoundX } from 'lucide-preact'
import { liftQuarantineCall, quarantineCall } from '../../../shared/quarantine.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { useAct } from '../../kit/act.ts'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { beside } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { reportWords } from '../words/report.ts'

type Doing = 'quarantine' | 'lift_quarantine'

/** That nothing of this report's author counts, since when and why, and the way out of it. */
export function Quarantined({ page, load }: { page: ReportPage; load: () => Promise<void> }) {
  const words = reportWords().quarantine
  const [asking, setAsking] = useState(false)
  if (page.quarantine === null) return null
  const { by, at, reason } = page.quarantine
  return (
    <>
      <Banner tone="critical" icon={UserRoundX} title={words.title(page.line.author.name)} action={page.mayQuarantine ? <Button small onClick={() => setAsking(true)}>{words.lift}</Button> : undefined}>
        <p>{words.since(by, moment(at), reason)}</p>
        <p>{words.kept}</p>
      </Banner>
      {asking && <Ask page={page} what="lift_quarantine" load={load} onClose={() => setAsking(false)} />}
    </>
  )
}

/** The way into it, beside who filed the report. */
export function QuarantineButton({ page, load }: { page: ReportPage; load: () => Promise<void> }) {
  const [asking, setAsking] = useState(false)
  if (!page.mayQuarantine || page.quarantine !== null) return null
  return (
    <>
      <Button small icon={UserRoundX} onClick={() => setAsking(true)}>{reportWords().quarantine.button}</Button>
      {asking && <Ask page={page} what="quarantine" load={load} onClose={() => setAsking(false)} />}
    </>
  )
}

function Ask({ page: { line: { author } }, what, load, onClose }: { page: ReportPage; what: Doing; load: () => Promise<void>; onClose: () => void }) {
  const words = reportWords().quarantine
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, thrown, trouble, act } = useAct(onClose)
  const send = () => {
    setTried(true)
    if (reason.trim() === '') return
    act(async () => {
      await call(what === 'quarantine' ? quarantineCall : liftQuarantineCall, { id: author.id, reason })
      await load()
      toast(words.done[what])
    })
  }
  const problem = tried && reason.trim() === '' ? common().fields.required : beside(thrown, 'reason')
  return (
    <ConfirmDialog title={words.ask[what](author.name)} action={words.action[what]} danger={what === 'quarantine'} busy={busy} problem={problem === undefined ? trouble : undefined} onConfirm={send} onClose={onClose}>
      <p>{words.what[what]}</p>
      <TextArea label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} problem={problem} maxLength={500} rows={2} />
    </ConfirmDialog>
  )
}
