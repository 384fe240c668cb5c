import { PhoneIncoming } from 'lucide-preact'
import type { ReportPage } from '../../../shared/reports.ts'
import { Button } from '../../kit/look/Button.tsx'
import { signedIn } from '../../kit/me.ts'
import { reportWords } from '../words/report.ts'

/** The way to write down what an observer tells of a report by telephone or messenger; one's own is another's to write down. */
export function Told({ page, onTell }: { page: ReportPage; onTell: () => void }) {
  const words = reportWords().later
  if (page.line.author.id === signedIn().person.id) return null
  return <Button small icon={PhoneIncoming} onClick={onTell}>{page.line.status === 'withdrawn' ? words.toldRight : words.toldMore}</Button>
}
