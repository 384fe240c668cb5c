import { useState } from 'preact/hooks'
import { ShieldAlert } from 'lucide-preact'
import type { ReportPage } from '../../../shared/reports.ts'
import { takeUpReportCall } from '../../../shared/verification.ts'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { beside, tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { reportWords } from '../words/report.ts'

/** Why a report was set aside when it came, and the way to take it into work knowingly, for a reason that stays written. */
export function SetAside({ page, load }: { page: ReportPage; load: () => Promise<void> }) {
  const words = reportWords().setAside
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  if (page.line.status !== 'set_aside' || page.setAsideFor === null) return null
  const takeUp = async () => {
    setTried(true)
    if (reason.trim() === '') return
    setBusy(true)
    try {
      await call(takeUpReportCall, { id: page.line.id, reason })
      await load()
      toast(words.done)
    } catch (refused) {
      setThrown(refused)
      setBusy(false)
    }
  }
  const problem = tried && reason.trim() === '' ? common().fields.required : beside(thrown, 'reason')
  return (
    <>
      <Banner tone="critical" icon={ShieldAlert} title={words.title} action={page.may.includes('take_up') ? <Button small onClick={() => setAsking(true)}>{words.button}</Button> : undefined}>{words.why[page.setAsideFor]} {words.kept}</Banner>
      {asking && (
        <ConfirmDialog title={words.button} action={words.action} busy={busy} problem={thrown !== null && problem === undefined ? tell(thrown) : undefined} onConfirm={() => void takeUp()} onClose={() => setAsking(false)}>
          <p>{words.what[page.setAsideFor]}</p>
          <TextArea label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} problem={problem} maxLength={500} rows={2} />
        </ConfirmDialog>
      )}
    </>
  )
}
