import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { hasWords, inOrder, matches } from '../../../shared/matches.ts'
import { mostPast } from '../../../shared/reports.ts'
import type { asOfCall } from '../../../shared/reports.ts'
import type { Look } from '../../platform/journal/work.ts'
import { getMission } from '../mission/actions.ts'
import { countReports, wordsOfReport } from '../reports/actions.ts'
import { beginPast } from './rules.ts'
import * as store from './store.ts'

const pageOfFacts = 1000

/** Folds the journal up to a moment and shows what the room would have shown of a filter then. */
export async function asOf({ asOf: at, ...filter }: InputOf<typeof asOfCall>, { tx, number }: Look): Promise<ReplyOf<typeof asOfCall>> {
  const [head, present] = [await store.factAt(tx, at), await countReports(tx)]
  if (!head) return { number, head: null, total: 0, all: 0, present, reports: [] }
  const past = beginPast()
  for (let after = 0; ;) {
    const page = await store.factsBetween(tx, after, head.number, pageOfFacts)
    for (const { body } of page) past.take(body)
    const last = page.at(-1)
    if (!last || page.length < pageOfFacts) break
    after = last.number
  }
  const [people, stations, versions, { pack }] = [await store.people(tx), await store.stations(tx), await store.versionsAt(tx, head.number), await getMission(tx)]
  const names = { person: (id: string) => people.get(id), station: (code: string) => stations.get(code) }
  const reports = past.reports()
  const fits = (line: ReplyOf<typeof asOfCall>['reports'][number]) => matches(filter, line) && (!filter.words || hasWords(wordsOfReport(line, pack), line.number, filter.words))
  const lines = reports.map((report) => past.line(report, versions.get(report.id) ?? 0, names)).filter(fits).sort(inOrder)
  return { number, head, total: lines.length, all: reports.length, present, reports: lines.slice(0, mostPast) }
}
