import { BookOpenText } from 'lucide-preact'
import type { ReportPage } from '../../../shared/reports.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { moment } from '../../kit/times.ts'
import { desk } from '../../kit/words/desk.ts'
import { verdictWords } from '../words/verdict.ts'
import { type Choice, isOn, sinceThen } from './choice.ts'

/** Says on top of a verdict that its report says something else than when it was begun, what became of what was chosen, and leads to the words. */
export function Moved({ page, choice, mayGoOn }: { page: ReportPage; choice: Choice; mayGoOn: boolean }) {
  const words = verdictWords()
  const moved = sinceThen(choice, page)
  if (moved === null) return null
  const { outcome, reasons, said } = choice
  const missed = outcome !== null && !isOn(choice, page)
  const isKept = mayGoOn ? reasons.size > 0 || said !== '' : said !== ''
  return (
    <Banner tone="high" icon={BookOpenText} title={words.since[moved.what](moved.at === null ? '' : moment(moved.at))} action={<Button small data-read onClick={readIt}>{words.read}</Button>}>
      {missed && <p>{words.notGiven(desk().outcomes[outcome])}</p>}
      <p>{[mayGoOn && (missed ? words.chooseAnew : outcome === null ? words.readFirst : words.choseSince), (missed || !mayGoOn) && isKept && (mayGoOn ? words.kept : words.keptHere)].filter(Boolean).join(' ')}</p>
    </Banner>
  )
}

/** To the words of the report, which stand above. */
function readIt(): void {
  const place = document.querySelector<HTMLElement>('[data-said]')
  place?.focus({ preventScroll: true })
  place?.scrollIntoView({ block: 'center' })
}
