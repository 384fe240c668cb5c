import { useState } from 'preact/hooks'
import { RotateCcw } from 'lucide-preact'
import type { ReportPage } from '../../../shared/reports.ts'
import { reopenCall } from '../../../shared/verification.ts'
import { call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { beside, tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { reportWords } from '../words/report.ts'

/** Opens a decided report again, for a reason that stays written. */
export function Reopen({ page, load }: { page: ReportPage; load: () => Promise<void> }) {
  const words = reportWords().reopening
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  if (!page.may.includes('reopen')) return null
  const standing = page.releases.filter((one) => one.retractedAt === null).length
  const reopen = async () => {
    setTried(true)
    if (reason.trim() === '') return
    setBusy(true)
    try {
      await call(reopenCall, { id: page.line.id, round: page.round, reason })
      await load()
      toast(words.done)
      setAsking(false)
    } catch (refused) {
      setThrown(refused)
    }
    setBusy(false)
  }
  const problem = tried && reason.trim() === '' ? common().fields.required : beside(thrown, 'reason')
  return (
    <>
      <p><Button small icon={RotateCcw} onClick={() => setAsking(true)}>{words.button}</Button></p>
      {asking && (
        <ConfirmDialog title={words.title} action={words.action} busy={busy} problem={thrown !== null && problem === undefined ? tell(thrown) : undefined} onConfirm={() => void reopen()} onClose={() => setAsking(false)}>
          <p>{words.what}</p>
          {standing > 0 && <p><b>{words.releases(standing)}</b></p>}
          <TextArea label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} problem={problem} maxLength={500} rows={2} />
        </ConfirmDialog>
      )}
    </>
  )
}
