import { useEffect, useState } from 'preact/hooks'
import { BookOpenText, CircleAlert } from 'lucide-preact'
import type { HistoryLine, ReportPage } from '../../../shared/reports.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { moment } from '../../kit/times.ts'
import { desk } from '../../kit/words/desk.ts'
import { verdictWords } from '../words/verdict.ts'
import { type Choice, type Since, changesSince, isChosen, isEnding, isOn } from './choice.ts'
import { loadRegister, stationName } from './register.ts'
import { tellChange } from './told.ts'

type Parts = { page: ReportPage; choice: Choice; moved: Since; mayGoOn: boolean }

/** Says on top of a verdict what happened to its report since it was begun, what became of what was chosen, and leads to the words. */
export function Moved({ page, choice, moved, mayGoOn }: Parts) {
  const words = verdictWords()
  const { outcome, reasons, said } = choice
  const isOver = isEnding(moved)
  const missed = outcome !== null && (isOver || !isOn(choice, page))
  const title = words.since[moved.what](moved.at === null ? '' : moment(moved.at), moved.by ?? '')
  return (
    <Banner tone="high" icon={isOver ? CircleAlert : BookOpenText} title={title} action={isOver ? undefined : <Button small data-read onClick={readIt}>{words.read}</Button>}>
      {!isOver && <Changes facts={changesSince(choice, page)} isTitle={moved.what === 'change'} page={page} />}
      {missed && <p>{words.notGiven(desk().outcomes[outcome])}</p>}
      <p>{(isOver ? toldOver(moved, choice) : [mayGoOn && (missed ? words.chooseAnew : outcome === null ? words.readFirst : words.choseSince), (missed || !mayGoOn) && (mayGoOn ? (reasons.size > 0 || said !== '') && words.kept : said !== '' && words.keptHere)]).filter(Boolean).join(' ')}</p>
    </Banner>
  )
}

/** What is still here of a verdict that nobody gives as it is. */
function toldOver({ what }: Since, choice: Choice): (string | false)[] {
  const words = verdictWords()
  if (what === 'quarantine' || what === 'aside') return [words.notJudged[what], isChosen(choice) && words.keptMeanwhile]
  return [choice.said !== '' && words.keptHere]
}

/** Each change by others of the desk; the last one's name and time stand in the title where nothing else happened. */
function Changes({ facts, isTitle, page }: { facts: readonly HistoryLine[]; isTitle: boolean; page: ReportPage }) {
  const [, refresh] = useState(0)
  const namesStations = facts.some(({ changes }) => changes.some(({ field }) => field === 'station'))
  // Codes of stations are shown until their names are here.
  useEffect(() => {
    if (namesStations) loadRegister().then(() => refresh((count) => count + 1), () => undefined)
  }, [namesStations])
  return (
    <>
      {facts.map(({ number, at, by, changes }) => {
        const told = changes.map((change) => tellChange(change, page, stationName)).map((one) => `${one.field}: ${one.told}`)
        return isTitle && facts.length === 1 ? told.map((one) => <p key={one}>{one}</p>) : <p key={number}>{`${by.name ?? ''}, ${moment(at)}. ${told.join('. ')}`}</p>
      })}
    </>
  )
}

/** To the words of the report, which stand above. */
function readIt(): void {
  const place = document.querySelector<HTMLElement>('[data-said]')
  place?.focus({ preventScroll: true })
  place?.scrollIntoView({ block: 'center' })
}
