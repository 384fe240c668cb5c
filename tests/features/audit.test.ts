import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCall, chainHeadCall, exportAuditCall } from '../../shared/audit.ts'
import { noticesCall } from '../../shared/notices.ts'
import { retractCall, useCall } from '../../shared/press.ts'
import { anchorsIn } from '../../server/platform/journal/anchor.ts'
import { claim, judge, release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'

let house: TestHouse
let ana: Caller
let carla: Caller
let diego: Caller
let press: Caller
let lead: Caller

beforeAll(async () => {
  house = await startHouse()
  ana = await house.person('observer', { name: 'Ana' })
  ;[carla, diego] = [await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator', { name: '=Diego()' })]
  ;[press, lead] = [await house.person('press', { name: 'Paula' }), await house.person('lead', { name: 'Lidia' })]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(() => house.stop())

const facts = async (input: object = {}, caller = lead) => (await caller.call(auditCall, input)).reply.facts
const head = async () => (await lead.call(chainHeadCall, {})).reply

describe('[R182] the audit page', () => {
  it('lists the journal for leads alone, newest first, page by page, without losing or repeating one', async () => {
    const { number } = house.engine.head()
    const numbers: number[] = []
    for (let before: number | undefined; ;) {
      const { reply } = await lead.call(auditCall, { limit: 7, ...(before ? { before } : {}) })
      numbers.push(...reply.facts.map((fact) => fact.number))
      if (reply.next === null) break
      before = reply.next
    }
    expect(numbers).toEqual(Array.from({ length: number }, (_, at) => number - at))
    for (const other of [ana, carla, press]) for (const call of [auditCall, chainHeadCall]) expect((await other.call(call, {})).problem).toEqual({ problem: 'not_allowed' })
  })

  it('is filtered by kind, person, thing and time', async () => {
    const { report, photo } = await verifiedPicture(house, ana, [carla], 31_000)
    const { number } = await house.db.readers.selectFrom('reports').select('number').where('id', '=', report).executeTakeFirstOrThrow()
    const id = await release(diego, photo)
    expect((await (await house.person('press')).call(useCall, { id, use: randomUUID(), place: 'Front page', link: 'https://paper.example/1', words: '' })).status).toBe(201)
    expect((await facts({ group: 'release' }))[0]).toMatchObject({ kind: 'release.used', said: [{ field: 'place', value: 'Front page' }, { field: 'link', value: 'https://paper.example/1' }] })
    const from = house.clock.now()
    await lead.call(retractCall, { id, reason: 'A face can be seen.' })
    const [last] = await facts({ group: 'release' })
    expect(last).toMatchObject({ kind: 'release.retracted', by: { name: 'Lidia' }, said: [{ field: 'retractedReason', value: 'A face can be seen.' }] })
    expect(last?.things).toContainEqual({ type: 'report', id: report, label: `R-${number}` })
    const ofReport = await facts({ thing: `r-${number}` })
    expect(ofReport.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['report.filed', 'report.claimed', 'verdict.given', 'photo.released', 'release.retracted']))
    expect(await facts({ thing: id })).toEqual(ofReport.filter(({ things }) => things.some((thing) => thing.id === id)))
    expect(new Set((await facts({ person: carla.id })).map(({ kind }) => kind))).toEqual(new Set(['verdict.given', 'report.claimed', 'person.joined', 'person.invited']))
    expect((await facts({ from })).map(({ kind }) => kind)).toEqual(['release.retracted'])
    expect((await facts({ until: from })).map(({ kind }) => kind)).not.toContain('release.retracted')
    expect(await facts({ thing: 'R-99999' })).toEqual([])
    expect((await facts({ group: 'other' })).map(({ kind }) => kind)).toEqual([])
  })

  it('[R39] [R332] hides an open first verdict, also from who filters for its giver, and says a closed one whole', async () => {
    await setRules(lead, { eyes: 2 })
    const { id } = await file(house, ana)
    await judge(house, carla, id, { outcome: 'false', reasons: ['hearsay'], words: 'Canary words' })
    const [first] = await facts({ group: 'verdict' })
    expect(first).toMatchObject({ kind: 'verdict.first_given', by: { id: null, name: null }, said: [] })
    expect((await facts({ person: carla.id, group: 'verdict' })).map(({ kind }) => kind)).not.toContain('verdict.first_given')
    for (const format of ['csv', 'jsonl'] as const) {
      const text = await exported({ format, group: 'verdict' })
      expect(text.split('\n').filter((line) => line.includes('verdict.first_given')).join()).not.toMatch(/Carla|hearsay|false|Canary/)
    }
    await judge(house, diego, id, { outcome: 'false', reasons: ['hearsay', 'unclear'] })
    const [decided, opened] = await facts({ group: 'verdict' })
    expect(opened).toMatchObject({ kind: 'verdict.first_given', by: { name: 'Carla' }, said: [{ field: 'outcome', value: 'false' }, { field: 'reasons', value: 'hearsay' }, { field: 'verdictWords', value: 'Canary words' }] })
    expect(decided?.said.slice(0, 2)).toEqual([{ field: 'outcome', value: 'false' }, { field: 'reasons', value: 'hearsay, unclear' }])
    expect((await facts({ person: carla.id, group: 'verdict' })).map(({ kind }) => kind)).toContain('verdict.first_given')
    await setRules(lead, { eyes: 1 })
  })
})

async function exported(input: Parameters<typeof lead.call<typeof exportAuditCall>>[1]): Promise<string> {
  const { reply } = await lead.call(exportAuditCall, input)
  return (await lead.fetch(reply.address)).text()
}

describe('[R183] an export', () => {
  it('is a fact that every other coordinator is told; its address is good for a minute, for one person', async () => {
    const { reply } = await lead.call(exportAuditCall, { format: 'csv', group: 'report' })
    expect((await facts())[0]).toMatchObject({ kind: 'audit.exported', by: { name: 'Lidia' }, said: [{ field: 'what', value: 'CSV, report' }] })
    for (const caller of [carla, diego]) expect((await caller.call(noticesCall, {})).reply.notices.at(-1)).toMatchObject({ kind: 'exported', by: 'Lidia', reason: 'csv_part' })
    for (const caller of [lead, press]) expect((await caller.call(noticesCall, {})).reply.notices).toEqual([])
    expect((await lead.fetch(reply.address)).headers.get('content-disposition')).toContain(reply.fileName)
    const other = await house.person('lead')
    expect((await other.fetch(reply.address)).status).toBe(404)
    for (const caller of [carla, press, ana]) expect((await caller.fetch(reply.address)).status).toBe(403)
    house.clock.forward(60_000)
    expect((await lead.fetch(reply.address)).status).toBe(404)
  })

  it('[R74] defuses formulas', async () => {
    const { id } = await file(house, ana)
    await claim(diego, id)
    const line = (await exported({ format: 'csv', group: 'report' })).split('\r\n').find((one) => one.includes('report.claimed') && one.includes('Diego'))
    expect(line).toContain("\"'=Diego()\"")
  })

  it('lets anybody recompute every leaf and the chain, from the mission’s id to the head', async () => {
    const { mission, number, chain } = await head()
    const [first = '', ...rest] = (await exported({ format: 'jsonl' })).trim().split('\n')
    const hash = (...parts: (string | Buffer)[]) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest()
    expect(JSON.parse(first)).toEqual({ veedor: 'journal', v: 1, mission })
    let last = hash(mission)
    const lines = rest.map((line) => JSON.parse(line) as { number: number; kind: string; at: string; commitment: string; leaf: string; chain: string })
    for (const line of lines) {
      const leaf = hash(JSON.stringify([line.number, line.kind, line.at, line.commitment]))
      last = hash(last, leaf)
      expect([line.leaf, line.chain]).toEqual([leaf.toString('hex'), last.toString('hex')])
    }
    expect([lines[number - 1]?.chain, lines.at(-1)?.kind]).toEqual([chain, 'audit.exported'])
    // No body leaves with it: bodies hold hashes of links and cookies.
    expect(rest.join()).not.toContain('tokenHash')
    expect(anchorsIn(rest.join('\n'))).toHaveLength(lines.length)
  })
})

describe('[R184] the head', () => {
  it('is said as a line and as 24 words in both languages, of which each gives the hash again', async () => {
    const { number, chain, words, anchor } = await head()
    expect([words.en.length, words.es.length]).toEqual([24, 24])
    expect(words.en).not.toEqual(words.es)
    for (const text of [anchor, `> Veedor words ${number} ${words.en.join(' ')}`, `veedor words ${number}\n${words.es.join('\n')}`]) expect(anchorsIn(text)).toEqual([{ number, chain }])
  })
})
