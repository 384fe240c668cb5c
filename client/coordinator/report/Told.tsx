import { useState } from 'preact/hooks'
import { PhoneIncoming } from 'lucide-preact'
import type { ReportPage } from '../../../shared/reports.ts'
import { Button } from '../../kit/look/Button.tsx'
import { signedIn } from '../../kit/me.ts'
import { late } from '../Late.tsx'
import { reportWords } from '../words/report.ts'

const ToldLater = late(async () => (await import('../file/ToldLater.tsx')).default)

/** The way to write down what an observer tells of a report by telephone or messenger; one's own is another's to write down. */
export function Told({ page, load }: { page: ReportPage; load: () => Promise<void> }) {
  const words = reportWords().later
  const [asking, setAsking] = useState(false)
  if (page.line.author.id === signedIn().person.id) return null
  return (
    <>
      <Button small icon={PhoneIncoming} onClick={() => setAsking(true)}>{page.line.status === 'withdrawn' ? words.toldRight : words.toldMore}</Button>
      {asking && <ToldLater page={page} load={load} onClose={() => setAsking(false)} />}
    </>
  )
}
