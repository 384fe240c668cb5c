import type { AuditFact, ExportFormat, auditCall, auditFileCall, chainHeadCall, exportAuditCall } from '../../../shared/audit.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { Problem } from '../../../shared/problem.ts'
import { numberNamed, reportNumber } from '../../../shared/reports.ts'
import { blindFacts } from '../../../shared/verification.ts'
import type { Tx } from '../../platform/database/open.ts'
import { writeCsv } from '../../platform/files/csv.ts'
import type { FileOut } from '../../platform/http/serve.ts'
import type { Look, Work } from '../../platform/journal/work.ts'
import { getMission } from '../mission/actions.ts'
import { tellExport } from '../notices/actions.ts'
import { beginningsOf, csvHead, csvRow, openExportTickets, readFact } from './rules.ts'
import type { StoredFact } from './rules.ts'
import * as store from './store.ts'

/** What the head of a chain is as a line and as words; given from outside, since the words' library is the platform's. */
export type Anchoring = { line: (head: { number: number; chain: string }) => string; words: (chain: string, language: 'en' | 'es') => string[] }

type Asked = Omit<InputOf<typeof auditCall>, 'before' | 'limit'>

async function filterOf({ group, person, thing, from, until }: Asked, viewer: string, tx: Tx): Promise<store.FactFilter> {
  const number = thing === undefined || thing === '' ? null : numberNamed(thing)
  const named = number === null ? thing || undefined : ((await store.findReportByNumber(tx, number))?.id ?? 'nothing')
  return { ...(group ? beginningsOf(group) : { begins: [], isOther: false }), person, viewer, thing: named, from, until, blind: blindFacts }
}

async function describe(rows: readonly StoredFact[], viewer: string, tx: Tx): Promise<AuditFact[]> {
  const read = rows.map((row) => ({ row, ...readFact(row, viewer) }))
  const [things, names] = [await store.thingsOf(tx, rows.map(({ number }) => number)), await store.namesOf(tx, [...new Set(read.flatMap(({ by }) => by.id ?? []))])]
  return read.map(({ row, by, said }) => ({
    number: row.number, at: row.at, kind: row.kind, by: { ...by, name: by.id === null ? null : (names.get(by.id) ?? null) }, said,
    things: things.filter((one) => one.number === row.number).map(({ type, id, reportNumber: number, name }) => ({ type, id, label: number === null ? name : reportNumber(number) })),
  }))
}

/** The journal in lines, newest first. */
export async function listFacts({ before, limit, ...asked }: InputOf<typeof auditCall>, { tx, actor, number }: Look): Promise<ReplyOf<typeof auditCall>> {
  const page = await store.pageOfFacts(tx, await filterOf(asked, actor.id, tx), before ?? null, limit + 1)
  const shown = page.slice(0, limit)
  return { number, facts: await describe(shown, actor.id, tx), next: page.length > limit ? (shown.at(-1)?.number ?? null) : null }
}

/** The chain's head, to be kept where nobody of this house can reach it. */
export const chainHead = (anchoring: Anchoring) => async (_: unknown, { tx }: Look): Promise<ReplyOf<typeof chainHeadCall>> => {
  const [head, mission] = [await store.findHead(tx), await getMission(tx)]
  if (!head) throw new Error('A mission without a first fact')
  return { mission: mission.id, ...head, words: { en: anchoring.words(head.chain, 'en'), es: anchoring.words(head.chain, 'es') }, anchor: anchoring.line(head) }
}

type Export = { asked: Asked; format: ExportFormat; person: string; upTo: number }
const pageOfExport = 500

/** Exports of the journal: each a fact, told to every other coordinator; its address is good for a minute, for one person. */
export function openExports() {
  const tickets = openExportTickets<Export>()
  return {
    async start({ format, ...asked }: InputOf<typeof exportAuditCall>, work: Work): Promise<ReplyOf<typeof exportAuditCall>> {
      const { tx, actor, now, record, newToken } = work
      const mission = await getMission(tx)
      const asks = Object.values(asked).filter((value) => value !== undefined && value !== '')
      const what = [format.toUpperCase(), ...asks].join(', ')
      const { put, touches } = await tellExport(format === 'csv' && asks.length > 0 ? 'csv_part' : format, work)
      const upTo = (await store.findHead(tx))?.number ?? 0
      await record('audit.exported', { type: 'mission', id: mission.id }, { put }, { touches, told: { what } })
      const ticket = Buffer.from(newToken(), 'base64url').toString('hex')
      tickets.give(ticket, actor.id, { asked, format, person: actor.id, upTo }, now)
      return { address: `/api/audit/exports/${ticket}`, fileName: fileName(format, now) }
    },
    async find({ ticket }: InputOf<typeof auditFileCall>, { tx, actor, now }: Look): Promise<FileOut> {
      const found = tickets.find(ticket, actor.id, now)
      if (!found) throw new Problem('not_found')
      const text = found.format === 'csv' ? await csvOf(found, tx) : await linesOf(found, tx)
      return { from: { text }, type: found.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8', attachment: fileName(found.format, now) }
    },
  }
}

const fileName = (format: ExportFormat, now: string): string => `veedor-journal-${now.slice(0, 10)}.${format}`

async function csvOf({ asked, person, upTo }: Export, tx: Tx): Promise<string> {
  const filter = await filterOf(asked, person, tx)
  const rows: string[][] = [csvHead]
  for (let before: number | null = upTo + 1; before !== null;) {
    const page: Awaited<ReturnType<typeof store.pageOfFacts>> = await store.pageOfFacts(tx, filter, before, pageOfExport)
    const facts = await describe(page, person, tx)
    rows.push(...facts.map((fact, at) => csvRow(fact, page[at]?.chain ?? '')))
    before = page.length < pageOfExport ? null : (page.at(-1)?.number ?? null)
  }
  return writeCsv(rows, ',')
}

/** One object a line, oldest first: with number, kind, time and commitment anybody recomputes leaf and chain, whose beginning is SHA-256 of the mission's id. Bodies stay in the house: they hold hashes of links and words that not everybody may read. */
async function linesOf({ person, upTo }: Export, tx: Tx): Promise<string> {
  const { id } = await getMission(tx)
  const lines = [JSON.stringify({ veedor: 'journal', v: 1, mission: id })]
  for (let after = 0; after < upTo;) {
    const page = (await store.chainAfter(tx, after, pageOfExport)).filter(({ number }) => number <= upTo)
    if (page.length === 0) break
    const facts = await describe(page, person, tx)
    page.forEach(({ number, kind, at, commitment, leaf, chain }, index) => {
      const { by, things, said } = facts[index] ?? { by: null, things: [], said: [] }
      lines.push(JSON.stringify({ number, kind, at, commitment, leaf, chain, by, things, said }))
    })
    after = page.at(-1)?.number ?? upTo
  }
  return `${lines.join('\n')}\n`
}
