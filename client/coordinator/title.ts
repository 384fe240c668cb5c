import { computed, effect } from '@preact/signals'
import { reportNumber } from '../../shared/reports.ts'
import { signedIn } from '../kit/me.ts'
import { moment } from '../kit/times.ts'
import { unlooked, wanted } from './alerts.ts'
import { askedMoment } from './live.ts'
import { router } from './router.ts'
import { knownLine, linesVersion } from './store.ts'
import { roomWords } from './words/room.ts'

/** What the page is, in the words by which it is reached. */
const page = computed<string[]>(() => {
  const words = roomWords()
  const [place = '', id = '', what] = router.route.value.split('/')
  switch (place) {
    case '': return [askedMoment.value === null ? words.map : words.past.asOf(moment(askedMoment.value))]
    case 'reports': return [...(what === 'release' ? [words.titles.release] : []), ...numberOf(id)]
    case 'file': return [words.fileFor]
    case 'plug': return [words.plug]
    case 'releases': return [words.releases]
    case 'people': return [words.people]
    case 'tokens': return [words.titles.tokens]
    case 'embargo': return [words.embargo]
    case 'audit': return [...(id === 'head' ? [words.titles.head] : []), words.journal]
    default: return []
  }
})

/** None until the report is here. */
function numberOf(id: string): string[] {
  void linesVersion.value
  const line = knownLine(id)
  return line ? [reportNumber(line.number)] : []
}

/** Names the tab: how many critical reports nobody has looked at, then what the page is, since a tab shows its first words alone. Once, for as long as the app is open. */
export function followTitle(): () => void {
  return effect(() => {
    const title = [...page.value, signedIn().mission.name, 'Veedor'].join(' · ')
    document.title = wanted.value.title && unlooked.value > 0 ? `(${unlooked.value}) ${title}` : title
  })
}
