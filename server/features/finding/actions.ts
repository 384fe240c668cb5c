import { mostCounted } from '../../../shared/reports.ts'
import type { ReportFilter } from '../../../shared/reports.ts'
import type { Looking } from '../../platform/journal/looking.ts'
import type { Tx } from '../../platform/database/open.ts'
import { countAtMost, countReports, isCounted, kindsOf } from '../counts/actions.ts'
import { namesAlone, traitsOf, walked, wayTo, wordsAlone } from './rules.ts'
import type { Known, Named } from './rules.ts'
import * as store from './store.ts'

/** A page of a filter's reports, newest observation first, after a place; with how many belong to it, and how many the mission has. */
export async function findReports(tx: Tx, filter: ReportFilter, { after, limit }: { after: store.Place | null; limit: number }) {
  const known = await knownOf(tx, filter)
  const way = await wayFor(tx, filter, limit, known)
  const places = way.by === 'order' && filter.words ? await store.pageByWords(tx, filter, after, limit, Math.max(shortest, 2 * walked(limit, wordsAlone(known)))) : await store.pageOfReports(tx, filter, way, after, limit)
  return { places, ...(await countOf(tx, filter, known)), all: known.all }
}

/** The shortest stretch of a list in which words are looked for. */
const shortest = 500

/** All of a filter's reports for the map, up to a number. */
export const pointsOf = async (tx: Tx, filter: ReportFilter, most: number) => store.selectPoints(tx, filter, await wayFor(tx, filter, most, await knownOf(tx, filter)), most)

/** The points of a filter's reports whose numbers are within a stretch: of so many at once as others can wait for. */
export const pointsBetween = (tx: Tx, filter: ReportFilter, first: number, last: number) => store.pointsBetween(tx, filter, first, last)

/** What the room says of a filter that the counters do not know, row by row: how many there are and have a place, the cells of a window of the map, each status and severity, the minutes in which they were observed. */
export const sumPlaced = async (tx: Tx, filter: ReportFilter) => store.sumPlaced(tx, filter, await wayForAll(tx, filter))
export const sumCells = async (tx: Tx, filter: ReportFilter, cells: store.Cells) => store.sumCells(tx, filter, await wayForAll(tx, filter), cells)
export const sumKinds = async (tx: Tx, filter: ReportFilter) => store.sumKinds(tx, filter, await wayForAll(tx, filter))
export const sumTimes = async (tx: Tx, filter: ReportFilter) => store.sumTimes(tx, filter, await wayForAll(tx, filter))

/** When the first of a filter's reports came; null where there is none. */
export const firstReceived = (tx: Tx, filter: ReportFilter): Promise<string | null> => store.firstReceived(tx, filter)

/** What a mark of the map says of these reports. */
export const marksOf = (tx: Tx, numbers: readonly number[]) => store.marksOf(tx, numbers)

/** For what screens hold: which reports belong to a filter, each with its version. */
export const reportMembers = (filter: ReportFilter) => (tx: Tx, ids: readonly string[] | null, most: number) => store.membersOf(tx, filter, ids, most)

async function wayForAll(tx: Tx, filter: ReportFilter): Promise<store.Way> {
  const known = await knownOf(tx, filter)
  return wayFor(tx, filter, known.all, known)
}

async function knownOf(tx: Tx, filter: ReportFilter): Promise<Known> {
  const all = await countReports(tx)
  const named: Named[] = []
  const { station, organisation, words } = filter
  if (station) named.push({ by: 'station', count: await store.countOfStation(tx, station, mostCounted + 1) })
  if (organisation.length > 0) named.push({ by: 'organisation', count: await store.countOfOrganisations(tx, organisation, mostCounted + 1) })
  if (words) named.push({ by: 'words', count: await store.countOfWords(tx, words, mostCounted + 1) })
  return { all, atMost: await countAtMost(tx, filter, all), named }
}

/** Few are made out by what they are, many by walking through the list. */
async function wayFor(tx: Tx, filter: ReportFilter, wanted: number, known: Known): Promise<store.Way> {
  const way = wayTo(wanted, known)
  if (way.by !== 'kinds') return way
  const kinds = await kindsOf(tx, filter)
  const looked = Object.values(kinds).reduce((product, values) => product * values.length, 1)
  return looked + known.atMost < walked(wanted, known) ? { by: 'kinds', kinds } : { by: 'order' }
}

/** How many belong to a filter: from the counters where they know all that it asks for, else one by one up to ten thousand. */
async function countOf(tx: Tx, filter: ReportFilter, known: Known): Promise<{ total: number; isMore: boolean }> {
  if (isCounted(filter)) return { total: known.atMost, isMore: false }
  const [one] = known.named
  if (one && namesAlone(filter, one)) return upTo(one.count)
  const held = known.named.length === 1 && one?.by === 'words' && one.count > mostCounted && known.atMost * heldLooked > known.all ? await store.countHeld(tx, filter, { among: heldLooked * mostCounted, most: mostCounted + 1 }) : 0
  return upTo(held > mostCounted ? held : await store.countUpTo(tx, filter, await wayFor(tx, filter, mostCounted + 1, known), mostCounted + 1))
}

/** Where one in so many meets the rest of a filter, those who hold its words are looked at until enough do. */
const heldLooked = 5

const upTo = (found: number) => ({ total: Math.min(found, mostCounted), isMore: found > mostCounted })

const reportsAtOnce = 1_000

/** Works out anew what each report is found by, and names what stands otherwise in its narrow row. */
export async function checkTraits(tx: Tx, { fault, told }: Looking): Promise<void> {
  const all = await countReports(tx)
  for (let [after, looked] = [Number.MIN_SAFE_INTEGER, 0]; ;) {
    told('what reports are found by', looked, all)
    const page = await store.placedAfter(tx, after, reportsAtOnce)
    const last = page.length < reportsAtOnce ? null : (page.at(-1)?.number ?? null)
    // A damaged page gives rows in no order, and asking for what follows would never end.
    if (last !== null && last <= after) return fault('reports', `cannot be read in order of their numbers: ${last} comes after ${after}`)
    const traits = new Map((await store.traitsBetween(tx, after, last)).map((row) => [row.number, row]))
    for (const report of page) {
      const [kept, expected] = [traits.get(report.number), traitsOf(report)]
      if (!kept) fault(`report_traits ${report.number}`, 'is missing: its report is there')
      else for (const [column, value] of Object.entries(expected)) if (kept[column as keyof typeof kept] !== value) fault(`report_traits ${report.number}`, `${column} is not what its report says`)
      traits.delete(report.number)
    }
    for (const number of traits.keys()) fault(`report_traits ${number}`, 'stands for no report')
    if (last === null) return
    after = last
    looked += page.length
  }
}
