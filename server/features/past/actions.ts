import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { hasWords, inOrder, matches } from '../../../shared/matches.ts'
import { maxPoints, pastAtOnce } from '../../../shared/reports.ts'
import type { ReportLine, asOfCall, asOfLinesCall } from '../../../shared/reports.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Look } from '../../platform/journal/work.ts'
import { getMission } from '../mission/actions.ts'
import { pointsBetween } from '../finding/actions.ts'
import { countReports, wordsOfReport } from '../reports/actions.ts'
import { beginPast, columnsOf, pointOf, pointsFrom } from './rules.ts'
import type { Names, PastPoint } from './rules.ts'
import * as store from './store.ts'

/** So many reports are folded at once: what a moment takes in memory does not grow with the mission, and others are served in between. */
const foldedAtOnce = 500
/** So many are asked for at once that stand as they stood. */
const standingAtOnce = 50_000

/** What the room would have shown of a filter at a moment. A report of which no later fact speaks stands as it stood then; of the others the journal is folded up to it. */
export async function asOf({ asOf: at, ...filter }: InputOf<typeof asOfCall>, { tx, number }: Look): Promise<ReplyOf<typeof asOfCall>> {
  const [head, present] = [await store.factAt(tx, at), await countReports(tx)]
  if (!head) return { number, head: null, total: 0, all: 0, present, points: columnsOf([]), reports: [] }
  const [names, all, changed, { pack }] = [await namesOf(tx), await store.countAt(tx, head.number), await store.changedSince(tx, head.number), await getMission(tx)]
  const fits = (line: ReportLine) => matches(filter, line) && (!filter.words || hasWords(wordsOfReport(line, pack), line.number, filter.words))
  const points: PastPoint[] = []
  for (let first = 1; first <= present; first += standingAtOnce) {
    for (const point of pointsFrom(await pointsBetween(tx, filter, first, first + standingAtOnce - 1))) if (point.version <= head.number) points.push(point)
  }
  for (let from = 0; from < changed.length; from += foldedAtOnce) {
    for (const line of await linesAt(tx, changed.slice(from, from + foldedAtOnce), head.number, names)) if (fits(line)) points.push(pointOf(line))
  }
  points.sort(inOrder)
  const reports = await linesAt(tx, points.slice(0, pastAtOnce).map(({ id }) => id), head.number, names)
  return { number, head, total: points.length, all, present, points: columnsOf(points.slice(0, maxPoints)), reports: reports.sort(inOrder) }
}

export async function asOfLines({ asOf: at, ids }: InputOf<typeof asOfLinesCall>, { tx }: Look): Promise<ReplyOf<typeof asOfLinesCall>> {
  const head = await store.factAt(tx, at)
  return { reports: head ? (await linesAt(tx, ids, head.number, await namesOf(tx))).sort(inOrder) : [] }
}

async function namesOf(tx: Tx): Promise<Names> {
  const [people, stations] = [await store.people(tx), await store.stations(tx)]
  return { person: (id) => people.get(id), station: (code) => stations.get(code) }
}

/** Some reports as they were after a fact of the journal. */
async function linesAt(tx: Tx, ids: readonly string[], until: number, names: Names): Promise<ReportLine[]> {
  if (ids.length === 0) return []
  const past = beginPast()
  const versions = await store.versionsAt(tx, ids, until)
  for (const { body } of await store.factsOf(tx, ids, until)) past.take(body)
  return past.reports(ids).map((report) => past.line(report, versions.get(report.id) ?? 0, names))
}
