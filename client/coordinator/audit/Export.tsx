import { useState } from 'preact/hooks'
import { type ExportFormat, exportAuditCall } from '../../../shared/audit.ts'
import { useAct } from '../../kit/act.ts'
import { call } from '../../kit/call.ts'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { Select } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { auditWords } from '../words/audit.ts'
import type { AuditFilter } from './filter.ts'

const formats: readonly ExportFormat[] = ['csv', 'jsonl']

/** Takes the journal out of the house, of which everybody of the desk is told. */
export function Export({ filter, onClose }: { filter: AuditFilter; onClose: () => void }) {
  const words = auditWords()
  const [format, setFormat] = useState<ExportFormat>('csv')
  const { busy, trouble, act } = useAct(onClose)
  const take = () => act(async () => {
    const { address, fileName } = await call(exportAuditCall, { ...(format === 'csv' ? filter : {}), format })
    const link = document.createElement('a')
    link.href = address
    link.download = fileName
    link.click()
    toast(words.exporting(fileName))
  })
  return (
    <ConfirmDialog title={words.exportTitle} action={words.exportDo} busy={busy} problem={trouble} onConfirm={take} onClose={onClose}>
      <p>{words.exportWhat}</p>
      <Select label={words.format} value={format} options={formats.map((value) => ({ value, label: words.formats[value] }))} hint={words.formatWhat[format]} onValue={(value) => setFormat(value === 'jsonl' ? 'jsonl' : 'csv')} />
    </ConfirmDialog>
  )
}
