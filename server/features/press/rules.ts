import type { Texts } from '../../../shared/basics.ts'
import { flaggedIn, fold } from '../../../shared/pack.ts'
import type { Pack } from '../../../shared/pack.ts'
import { personNumber } from '../../../shared/people.ts'
import type { Answers, Cover, Precision } from '../../../shared/press.ts'
import { refuse } from '../../../shared/problem.ts'
import type { FieldProblem, Problem } from '../../../shared/problem.ts'
import { namesIt, tellingIn } from '../../../shared/telling.ts'

/** Fewer observers than this in a municipality and hour could be told apart: then only department and half-day leave. */
export const enoughObservers = 5

/** The hour of the zone's clock that holds an instant: what the clock shows, and where that hour begins and ends. */
export function hourOf(instant: string, zone: string): { day: string; hour: number; from: string; until: string } {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(new Date(instant))
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  const at = Date.parse(instant)
  // Zones are off UTC by whole minutes today, so milliseconds are the same everywhere.
  const from = at - Number(part('minute')) * 60_000 - Number(part('second')) * 1000 - (((at % 1000) + 1000) % 1000)
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')), from: new Date(from).toISOString(), until: new Date(from + 3_600_000).toISOString() }
}

type Place = { municipality: string | null; department: string; country: string }

/**
 * The one precision that leaves, decided once at release: municipality and hour, or department and half-day when fewer than five distinct observers reported from that
 * municipality in that hour, or when no municipality is known.
 */
export function precisionOf({ municipality, department, country }: Place, { day, hour }: { day: string; hour: number }, observers: number): Precision {
  if (municipality === null || observers < enoughObservers) return { level: 'department_halfday', department, country, day, half: hour < 12 ? 'morning' : 'afternoon' }
  return { level: 'municipality_hour', municipality, department, country, day, hour }
}

/** Local day or hour for the file, as precise as the release. */
export const dateCreated = (precision: Precision): string => (precision.level === 'municipality_hour' ? `${precision.day}T${String(precision.hour).padStart(2, '0')}` : precision.day)

type Wording = { pack: Pack; languages: readonly string[]; credit: string }
type Stated = { answers: Answers; captions: Texts; alternatives: Texts; credit: string; covers: readonly Cover[]; keptWords: readonly string[] }

/**
 * What in a release its author must still mend: answers that block, texts missing in a language of the mission, flagged words nobody chose to keep, names and clock times that
 * the precision withholds, covers beyond the picture.
 */
export function faultsOf({ answers, captions, alternatives, credit, covers, keptWords }: Stated, mission: Wording, picture: { width: number; height: number; withheld: readonly string[]; proposed: Texts }): FieldProblem[] {
  const { languages } = mission
  const blocking = Object.entries(answers).filter(([, yes]) => yes).map(([name]) => ({ path: `answers.${name}`, reason: 'blocks_release' as const }))
  const kept = keptWords.map(fold)
  const tells = (text: string) => tellingIn(text, picture.withheld, picture.proposed).length > 0
  const texts = Object.entries({ captions, alternatives }).flatMap(([field, given]): FieldProblem[] => [
    ...languages.filter((language) => !given[language]).map((language) => ({ path: `${field}.${language}`, reason: 'required' as const })),
    ...Object.keys(given).filter((language) => !languages.includes(language)).map((language) => ({ path: `${field}.${language}`, reason: 'not_in_list' as const })),
    ...languages.filter((language) => tells(given[language] ?? '')).map((language) => ({ path: `${field}.${language}`, reason: 'does_not_agree' as const })),
    ...languages.filter((language) => flaggedWords(mission, language, given[language] ?? '').some((word) => !kept.includes(word))).map((language) => ({ path: `${field}.${language}`, reason: 'blocks_release' as const })),
  ])
  const outside = covers.flatMap((cover, index) => (cover.left + cover.width > picture.width || cover.top + cover.height > picture.height ? [{ path: `covers.${index}`, reason: 'does_not_agree' as const }] : []))
  return [...blocking, ...texts, ...(tells(credit) ? [{ path: 'credit', reason: 'does_not_agree' as const }] : []), ...outside]
}

/** Shorter codes of a station or table are found in any text, as numbers. */
const shortestTellingCode = 4

type Telling = { stationName: string | null; district: string | null; municipality: string | null; stationCode: string | null; tableCode: string | null; authorName: string; authorNumber: number | null; authorOrganisation: string | null }

/**
 * What would tell the place more closely than the proposed captions do, or who observed: names and codes of station and table, the observer's name, number and organisation.
 * What those captions hold anyhow, in the mission's own name for instance, is none of it.
 */
export function withheldNames({ stationName, district, municipality, stationCode, tableCode, authorName, authorNumber, authorOrganisation }: Telling, proposed: Texts): string[] {
  const codes = [stationCode, tableCode].filter((code) => code !== null && code.length >= shortestTellingCode)
  const number = authorNumber === null ? null : personNumber(authorNumber)
  const known = [stationName, district, municipality, ...codes, authorName, number, authorOrganisation].flatMap((name) => name || [])
  return known.filter((name) => !Object.values(proposed).some((text) => namesIt(text, name)))
}

/** The flagged words that stand in the texts of a release, folded, each once: kept knowingly, or the release is refused. */
export const keptIn = (mission: Wording, texts: readonly Texts[]): string[] =>
  [...new Set(texts.flatMap((given) => mission.languages.flatMap((language) => flaggedWords(mission, language, given[language] ?? ''))))]

/** The mission's own name says nothing of what is seen: a flagged word in it, as in 'Misión de prueba', is none. */
const flaggedWords = ({ pack, credit }: Wording, language: string, text: string): string[] => flaggedIn(pack, language, text.replaceAll(credit, '')).map((found) => fold(found.text))

/** Only what the child has decoded can be covered and made anew; a HEIC that it cannot waits for its decoded copy. */
export function whyNotPicture(photo: { state: string; width: number | null; height: number | null }): Problem | null {
  if (photo.state === 'unreadable') return refuse('photo', 'wrong_kind', 'conflict')
  return photo.state === 'ready' && photo.width !== null && photo.height !== null ? null : refuse('photo', 'not_yet', 'conflict')
}

/** Names by which a release is found, from the narrowest to the widest. */
export const placesOf = (precision: Precision): string[] => (precision.level === 'municipality_hour' ? [precision.municipality, precision.department] : [precision.department])

export const searchedWords = (captions: Texts, alternatives: Texts, precision: Precision): string => fold([...Object.values(captions), ...Object.values(alternatives), ...placesOf(precision)].join(' '))

/** Texts as they are kept: without space around them. */
export const trimmed = (texts: Texts): Texts => Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, text.trim()]))

const ticketMilliseconds = 60_000
type Ticket = { person: string; release: string; size: 'web' | 'full'; until: number }

/** Tickets, each good for a minute and for one person. */
export function openTickets() {
  const tickets = new Map<string, Ticket>()
  return {
    give(token: string, ticket: Omit<Ticket, 'until'>, now: string): void {
      for (const [key, { until }] of tickets) if (until <= Date.parse(now)) tickets.delete(key)
      tickets.set(token, { ...ticket, until: Date.parse(now) + ticketMilliseconds })
    },
    find(token: string, person: string, now: string): Ticket | null {
      const ticket = tickets.get(token)
      return ticket && ticket.person === person && ticket.until > Date.parse(now) ? ticket : null
    },
  }
}
