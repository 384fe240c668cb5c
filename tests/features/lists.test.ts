import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { binsOf, roomCountsCall } from '../../shared/counts.ts'
import { heldReportsCall } from '../../shared/live.ts'
import { mapWindowCall } from '../../shared/map.ts'
import { matches } from '../../shared/matches.ts'
import { listReportsCall, numberNamed, reportPointsCall } from '../../shared/reports.ts'
import type { ReportFilter, ReportLine } from '../../shared/reports.ts'
import { kindsOf } from '../../server/features/counts/actions.ts'
import { countHeld, countOfWords, countUpTo, pageByWords, pageOfReports } from '../../server/features/finding/store.ts'
import type { Place, Way } from '../../server/features/finding/store.ts'
import { claim, judge, setRules, setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'

// Lists, counts, filters and map against what anybody can see to be right: every row, looked at one by one. On reports made by chance, with a seed.

let house: TestHouse
let desk: Caller
let authors: Caller[]

const stations = ['CE-01', 'CE-02', 'CE-03', null] as const
const centres = { 'CE-01': [13.58, -89.28], 'CE-02': [13.6, -89.3], 'CE-03': [13.22, -88.13] } as const
const categories = ['counting.unfolded_ballots', 'voting.queue', 'access.denied'] as const
/** Metres from its station at which a phone was, to the north. */
const metresAway = [0, 90, 149, 151, 700, 999, 1001, 40_000] as const
const severities = ['critical', 'high', 'medium', 'low'] as const
const said = ['Papeletas sin doblez', 'Sin novedad', 'Cola larga, sin sombra', 'Łódź: sin tinta', ''] as const
const at = (minute: number) => new Date(Date.UTC(2027, 1, 28, 14, minute % 40)).toISOString()
const picture = (chance: number) => ({ sha256: chance.toString(16).padStart(64, '0'), sizeBytes: 10, how: 'phone_camera' as const, position: null, capturedAt: at(0) })

const metresADegree = (6_371_008.8 * Math.PI) / 180
const fileOne = (chance: number) => {
  const of = <Value,>(list: readonly Value[], step: number): Value => list[Math.floor(chance / step) % list.length] as Value
  const observedAt = at(Math.floor(chance / 7))
  const station = of(stations, 1)
  const [latitude, longitude] = centres[station ?? 'CE-01']
  return file(house, of(authors, 3), {
    station, category: of(categories, 5), severity: of(severities, 2), words: of(said, 11), position: chance % 3 ? { latitude: latitude + of(metresAway, 13) / metresADegree, longitude, accuracyMetres: 10, ageSeconds: 1 } : null,
    times: { observedAt, finishedAt: observedAt, zone: 'America/El_Salvador' }, photos: chance % 4 === 0 ? [picture(chance)] : [],
  })
}

beforeAll(async () => {
  house = await startHouse()
  const lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  desk = await house.person('coordinator')
  authors = [await house.person('observer'), await house.person('observer', { organisation: 'Network B' }), await house.person('observer', { organisation: 'Network C' })]
  codes = (await house.db.readers.selectFrom('people').select('organisation').distinct().where('role', '=', 'observer').orderBy('organisation').execute()).map((row) => row.organisation ?? '')
  for (const chance of fc.sample(fc.nat(9999), { seed: 278, numRuns: 90 })) {
    const { id } = await fileOne(chance)
    if (chance % 5 === 1) await judge(house, desk, id, { outcome: chance % 2 ? 'verified' : 'false' })
    if (chance % 5 === 2) await claim(desk, id)
    if (chance % 9 === 3) await house.engine.write({ kind: 'server' }, ({ record }) => record('report.set_aside', { type: 'report', id }, { set: { reports: [{ id, signed: 'fails' }] } }))
  }
})
afterAll(() => house.stop())

const some = <Value,>(values: readonly Value[]) => fc.oneof({ weight: 3, arbitrary: fc.constant<Value[]>([]) }, { weight: 1, arbitrary: fc.subarray([...values], { minLength: 1 }) })
const maybe = <Value,>(values: readonly Value[]) => fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) })
let codes: string[]
const Filter: fc.Arbitrary<Partial<ReportFilter>> = fc.record({
  status: some(['received', 'in_review', 'verified', 'false'] as const), category: some(['counting', 'voting.queue', 'access', 'count']), severity: some(severities), organisation: some([0, 1, 2] as const),
  signed: some(['unsigned', 'fails'] as const), distance: some(['near', 'apart', 'far', 'unknown'] as const), pictures: maybe(['with', 'without'] as const), department: maybe(['La Libertad', 'San Miguel']), station: maybe(['CE-01', 'CE-03']),
  from: maybe([at(3), at(12), at(20)]), until: maybe([at(15), at(30)]), words: maybe(['sin', 'dobl', 'larga sombra', 'Łó', 'R-12', 'nada de esto']),
}).map(({ organisation, ...rest }) => ({ ...rest, organisation: organisation.map((at) => codes[at] ?? '') }))

/** By the angle between two directions from the middle of the earth: another way than ours. */
function far(station: { latitude: number; longitude: number } | undefined, { latitude, longitude }: { latitude: number | null; longitude: number | null }): 'near' | 'apart' | 'far' | 'unknown' {
  if (!station || latitude === null || longitude === null) return 'unknown'
  const [[a, b, c], [x, y, z]] = [[station.latitude, station.longitude], [latitude, longitude]].map(([north = 0, east = 0]) => [Math.cos((north * Math.PI) / 180) * Math.cos((east * Math.PI) / 180), Math.cos((north * Math.PI) / 180) * Math.sin((east * Math.PI) / 180), Math.sin((north * Math.PI) / 180)]) as [[number, number, number], [number, number, number]]
  const metres = 6_371_008.8 * 2 * Math.asin(Math.hypot(a - x, b - y, c - z) / 2)
  return metres <= 150 ? 'near' : metres <= 1000 ? 'apart' : 'far'
}

/** Every row of the table, looked at one by one. */
async function obvious(filter: Partial<ReportFilter>): Promise<string[]> {
  const rows = await house.db.readers.selectFrom('reports').selectAll().execute()
  const people = new Map((await house.db.readers.selectFrom('people').selectAll().execute()).map((one) => [one.id, one]))
  const places = new Map((await house.db.readers.selectFrom('stations').selectAll().execute()).map((one) => [one.code, one]))
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const kept = new Map((await house.db.readers.selectFrom('reportWords').selectAll().execute()).map((one) => [one.report, plain(one.words).split(/[^\p{L}\p{N}]+/u)]))
  const isIn = (list: readonly string[] | undefined, value: string) => !list || list.length === 0 || list.includes(value)
  return rows.filter((row) => {
    if (!isIn(filter.status, row.status) || !isIn(filter.severity, row.severity) || !isIn(filter.signed, row.signed) || !isIn(filter.organisation, people.get(row.author)?.organisation ?? '')) return false
    if (filter.category?.length && !filter.category.some((code) => row.category === code || row.category.split('.')[0] === code)) return false
    if (filter.pictures && (row.photoCount > 0) !== (filter.pictures === 'with')) return false
    const place = row.station === null ? undefined : places.get(row.station)
    if (filter.distance?.length && !filter.distance.includes(far(place, row))) return false
    if (filter.department && (row.station ? places.get(row.station)?.department : row.department) !== filter.department) return false
    if (filter.station && row.station !== filter.station) return false
    if ((filter.from && Date.parse(row.observedAt) < Date.parse(filter.from)) || (filter.until && Date.parse(row.observedAt) > Date.parse(filter.until))) return false
    if (!filter.words) return true
    const named = /^R-(\d+)$/.exec(filter.words)
    return named ? row.number === Number(named[1]) : plain(filter.words).split(' ').every((term) => kept.get(row.id)?.some((word) => word.startsWith(term)))
  }).sort((one, other) => (one.observedAt === other.observedAt ? (one.id < other.id ? 1 : -1) : one.observedAt < other.observedAt ? 1 : -1)).map(({ id }) => id)
}

async function paged(filter: Partial<ReportFilter>, limit: number, between: () => Promise<unknown> = () => Promise.resolve()): Promise<{ lines: ReportLine[]; total: number }> {
  const lines: ReportLine[] = []
  for (let after: string | undefined; ;) {
    const { reply } = await desk.call(listReportsCall, { ...filter, limit, ...(after ? { after } : {}) })
    lines.push(...reply.reports)
    if (reply.next === null) return { lines, total: reply.total }
    after = reply.next
    await between()
  }
}

async function pages(page: (after: Place | null) => Promise<Place[]>): Promise<Place[]> {
  const found: Place[] = []
  for (let next: Place[] = await page(null); next.length > 0; next = await page(found.at(-1) ?? null)) found.push(...next)
  return found
}

describe('lists, counts, filters and map', () => {
  it('[R278] [R315] [lesson 41] are for any filter and any page what looking at every row one by one says: none missed, none twice, in order', async () => {
    await fc.assert(fc.asyncProperty(Filter, fc.constantFrom(1, 7, 100), async (filter, limit) => {
      const expected = await obvious(filter)
      const { lines, total } = await paged(filter, Math.max(limit, Math.ceil(expected.length / 12)))
      expect([lines.map(({ id }) => id), total]).toEqual([expected, expected.length])
      const { reply: points } = await desk.call(reportPointsCall, filter)
      expect(points.id).toEqual(expected)
      expect((await desk.call(heldReportsCall, { since: house.engine.head().number, ...filter })).reply.held?.count).toBe(expected.length)
      // The room judges by itself what comes: by the same meaning, all but the search for words.
      const { words: _words, ...judged } = filter
      const whole: ReportFilter = { status: [], category: [], severity: [], organisation: [], signed: [], distance: [], ...judged }
      expect((await paged({}, 500)).lines.filter((line) => matches(whole, line)).map(({ id }) => id)).toEqual(await obvious(judged))
    }), { seed: 2781, numRuns: 60 })
  })

  it('[R306] [R379] are the same by whichever way the database comes to them', async () => {
    const db = house.db.readers
    await fc.assert(fc.asyncProperty(Filter, fc.integer({ min: 1, max: 9 }), async (some, limit) => {
      const filter: ReportFilter = { status: [], category: [], severity: [], organisation: [], signed: [], distance: [], ...some }
      const expected = await obvious(filter)
      await db.transaction().execute(async (tx) => {
        const ways: Way[] = [{ by: 'order' }, { by: 'kinds', kinds: await kindsOf(tx, filter) }, { by: 'these', of: 'station' }, { by: 'these', of: 'organisation' }, { by: 'these', of: 'words' }]
        for (const way of ways) {
          expect((await pages((place) => pageOfReports(tx, filter, way, place, limit))).map(({ id }) => id)).toEqual(expected)
          expect([await countUpTo(tx, filter, way, 1000), await countUpTo(tx, filter, way, 3)]).toEqual([expected.length, Math.min(expected.length, 3)])
        }
        if (filter.words) {
          const all = (await obvious({ words: filter.words })).length
          for (const most of [1, 3, 1000]) expect(await countOfWords(tx, filter.words, most)).toBe(Math.min(all, most))
          if (numberNamed(filter.words) === null) expect(expected.length).toBeGreaterThanOrEqual(await countHeld(tx, filter, { among: 1000, most: 1000 }))
          if (filter.words === 'sin') for (const most of [3, 1000]) expect(await countHeld(tx, filter, { among: 1000, most })).toBe(Math.min(expected.length, most))
        }
        if (filter.words && numberNamed(filter.words) === null) for (const stretch of [2, 40]) expect((await pages((place) => pageByWords(tx, filter, place, limit, stretch))).map(({ id }) => id)).toEqual(expected)
      })
    }), { seed: 306, numRuns: 40 })
  })

  it('[R398] [R399] are counted for any filter by area, and by what waits and when, as looking at every row one by one says, and who is alone in an area is named', async () => {
    const window = { south: 13.2, west: -89.3, north: 13.6, east: -88.1 }
    await fc.assert(fc.asyncProperty(Filter, fc.integer({ min: 4, max: 20 }), fc.boolean(), async (filter, zoom, isWhole) => {
      const expected = await obvious(filter)
      const rows = (await paged(filter, 500)).lines
      expect(rows.map(({ id }) => id)).toEqual(expected)
      const { reply: map } = await desk.call(mapWindowCall, { ...(isWhole ? { south: -90, west: -180, north: 90, east: 180 } : window), zoom, ...filter })
      const placed = rows.flatMap((line) => (line.latitude === null || line.longitude === null ? [] : [{ ...line, latitude: line.latitude, longitude: line.longitude }]))
      expect([map.total, map.placed]).toEqual([rows.length, placed.length])
      const cell = (degrees: number) => Math.floor(degrees / map.side)
      const within = placed.filter(({ latitude, longitude }) => isWhole || (cell(latitude) >= cell(window.south) && cell(latitude) <= cell(window.north) && cell(longitude) >= cell(window.west) && cell(longitude) <= cell(window.east)))
      const areas = new Map<string, typeof within>()
      for (const line of within) areas.set(`${cell(line.latitude)} ${cell(line.longitude)}`, [...(areas.get(`${cell(line.latitude)} ${cell(line.longitude)}`) ?? []), line])
      const told = map.south.map((south, at) => [`${south / map.side} ${(map.west[at] ?? 0) / map.side}`, ...severities.map((severity) => map[severity][at]), ...severities.map((severity) => map.open[severity][at])])
      const counted = [...areas].map(([area, lines]) => [area, ...severities.map((one) => lines.filter(({ severity }) => severity === one).length), ...severities.map((one) => lines.filter(({ severity, status }) => severity === one && status === 'received').length)])
      const order = (one: unknown[], other: unknown[]) => (String(one[0]) < String(other[0]) ? -1 : 1)
      expect(told.sort(order)).toEqual(counted.sort(order))
      const alone = [...areas.values()].flatMap((lines) => (lines.length === 1 && lines[0] ? [[lines[0].id, lines[0].category, lines[0].status]] : []))
      expect(map.lone.id.map((id, at) => [id, map.lone.category[at], map.lone.status[at]]).sort(order)).toEqual(alone.sort(order))

      const { reply: counts } = await desk.call(roomCountsCall, filter)
      const notLooked = rows.filter(({ status }) => status === 'received')
      expect(counts.queue).toEqual({
        total: rows.length, notLooked: notLooked.length, oldestReceivedAt: notLooked.map(({ receivedAt }) => receivedAt).sort()[0] ?? null, inReview: rows.filter(({ status }) => status === 'in_review').length,
        critical: rows.filter(({ status, severity }) => severity === 'critical' && (status === 'received' || status === 'in_review')).length,
      })
      const { from: _from, until: _until, ...atAnyTime } = filter
      const seen = (await paged(atAnyTime, 500)).lines
      expect(counts.times).toEqual(binsOf(seen.map(({ observedAt, severity, status }) => ({ at: Date.parse(observedAt), severity, status, count: 1 }))))
    }), { seed: 398, numRuns: 60 })
    expect((await authors[0]?.call(roomCountsCall, {}))?.problem).toEqual({ problem: 'not_allowed' })
  })

  it('[R278] [lesson 36] while reports arrive between the pages, those that were there come once each, and none twice', async () => {
    await fc.assert(fc.asyncProperty(Filter, fc.integer({ min: 3, max: 9 }), fc.nat(9999), async ({ status: _status, ...filter }, limit, chance) => {
      const before = await obvious(filter)
      let turn = chance
      const { lines } = await paged(filter, limit, () => ((turn += 613) % 3 ? Promise.resolve() : fileOne(turn)))
      const ids = lines.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(before.filter((id) => !ids.includes(id))).toEqual([])
    }), { seed: 2782, numRuns: 12 })
  })
})
