import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { distanceOf, metresBetween } from '../../shared/distance.ts'
import { mapWindowCall } from '../../shared/map.ts'
import { wholeMap } from '../../shared/whole-map.ts'
import { changeReportCall, listReportsCall, reportPointsCall } from '../../shared/reports.ts'
import { claim, judge, setRules, setUp } from '../support/desk.ts'
import { checkDatabase } from '../../server/check.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { amend, file, giveStations } from '../support/reports.ts'
import { uuid7 } from '../../server/platform/ids.ts'

let house: TestHouse
let [lead, desk, ana]: Caller[] = []
const as = (caller: Caller | undefined): Caller => { if (!caller) throw new Error('nobody'); return caller }

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  desk = await house.person('coordinator')
  ana = await house.person('observer')
})
afterAll(() => house.stop())

const howFar = (station: { latitude: number; longitude: number } | undefined, { latitude, longitude }: { latitude: number | null; longitude: number | null }) =>
  distanceOf(!station || latitude === null || longitude === null ? null : Math.round(metresBetween(station, { latitude, longitude })))

/** What the tables themselves say, row by row. */
async function recounted() {
  const [reports, stations] = [await house.db.readers.selectFrom('reports').selectAll().execute(), new Map((await house.db.readers.selectFrom('stations').selectAll().execute()).map((one) => [one.code, one]))]
  const traits = reports.map((row) => {
    const station = stations.get(row.station ?? '')
    return {
      number: row.number, report: row.id, observedAt: row.observedAt, receivedAt: row.receivedAt, status: row.status, severity: row.severity, category: row.category, station: row.station, department: station?.department ?? row.department ?? '', author: row.author,
      signed: row.signed, pictures: row.photoCount > 0 ? 1 : 0, distance: howFar(station, row), latitude: station?.latitude ?? row.latitude, longitude: station?.longitude ?? row.longitude,
    }
  }).sort((one, other) => one.number - other.number)
  const kinds = new Map<string, number>()
  const [cells, numbers, times] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  const addSome = (to: Map<string, number>, some: number, ...key: unknown[]) => to.set(key.join(' '), (to.get(key.join(' ')) ?? 0) + some)
  const add = (to: Map<string, number>, ...key: unknown[]) => addSome(to, 1, ...key)
  for (const row of reports) {
    const station = stations.get(row.station ?? '')
    add(kinds, row.status, row.severity, row.category, station?.department ?? row.department ?? '', row.signed, row.photoCount > 0 ? 1 : 0, howFar(station, row))
    add(times, row.observedAt.slice(0, 16), row.status, row.severity)
    const [latitude, longitude] = [station?.latitude ?? row.latitude, station?.longitude ?? row.longitude]
    if (latitude === null || longitude === null) continue
    for (let level = 0; level < 6; level++) {
      const cell = [level, Math.floor(latitude / (2 / 4 ** level)), Math.floor(longitude / (2 / 4 ** level)), row.status, row.severity]
      add(cells, ...cell)
      addSome(numbers, row.number, ...cell)
    }
  }
  return { traits, kinds: [...kinds].sort(), cells: [...cells].sort(), numbers: [...numbers].sort(), times: [...times].sort() }
}

async function kept() {
  const db = house.db.readers
  const kinds = (await db.selectFrom('reportCounts').selectAll().where('count', '!=', 0).execute()).map((row): [string, number] => [[row.status, row.severity, row.category, row.department, row.signed, row.pictures, row.distance].join(' '), row.count])
  const onMap = await db.selectFrom('mapCounts').selectAll().where('count', '!=', 0).execute()
  const of = (what: 'count' | 'numbers') => onMap.map((row): [string, number] => [[row.level, row.cellY, row.cellX, row.status, row.severity].join(' '), Number(row[what])])
  const [cells, numbers] = [of('count'), of('numbers')]
  const times = (await db.selectFrom('timeCounts').selectAll().where('count', '!=', 0).execute()).map((row): [string, number] => [[row.minute, row.status, row.severity].join(' '), row.count])
  return { traits: await db.selectFrom('reportTraits').selectAll().orderBy('number').execute(), kinds: kinds.sort(), cells: cells.sort(), numbers: numbers.sort(), times: times.sort() }
}

describe('[R300] [R307] [R401] counters of reports', () => {
  it('are what counting every report one by one gives, whatever was filed, judged, corrected, moved to another station or with its station', async () => {
    const stations = ['CE-01', 'CE-02', 'CE-03', null] as const
    for (const chance of fc.sample(fc.nat(9999), { seed: 300, numRuns: 25 })) {
      const { id } = await file(house, as(ana), { station: stations[chance % 4] ?? null, severity: (['critical', 'high', 'low'] as const)[chance % 3] ?? 'low', position: chance % 2 ? null : { latitude: 13.4 + chance / 1e5, longitude: -89, accuracyMetres: 9, ageSeconds: 1 } })
      if (chance % 5 === 1) await judge(house, as(desk), id, { outcome: 'verified' })
      if (chance % 5 === 2) await claim(as(desk), id)
      if (chance % 5 === 3) await as(desk).call(changeReportCall, { id, change: uuid7(Date.now()), station: stations[(chance + 1) % 3] ?? null, severity: 'medium' })
      if (chance % 3 === 2) expect((await amend(house, as(ana), id, { corrected: { observedAt: new Date(Date.UTC(2027, 1, 28, 9, chance % 60)).toISOString() } })).status).toBe(201)
      if (chance % 5 === 4) await as(desk).call(changeReportCall, { id, change: uuid7(Date.now()), station: null, department: 'Morazán' })
    }
    expect(await kept()).toEqual(await recounted())
    const [first] = await house.db.readers.selectFrom('stations').selectAll().where('code', '=', 'CE-01').execute()
    await giveStations(house, as(lead), [`CE-01,${first?.name ?? ''},San Miguel,San Miguel Centro,San Miguel,13.4801,-88.1802,90001`])
    expect(await kept()).toEqual(await recounted())
  })

  it('[R352] count by area what the points of the same filter and window are, one by one', async () => {
    const filters = fc.record({ status: fc.subarray(['received', 'in_review', 'verified'] as const), severity: fc.subarray(['critical', 'high', 'medium', 'low'] as const) })
    const windows = fc.oneof(fc.constant(wholeMap), fc.record({ south: fc.constantFrom(-1, 13, 13.42), west: fc.constantFrom(-91, -89.01, -88.2), north: fc.constantFrom(13.5, 14, 80), east: fc.constantFrom(-88.9, -88, 10), zoom: fc.integer({ min: 2, max: 18 }) }))
    for (const [filter, window] of fc.sample(fc.tuple(filters, windows), { seed: 352, numRuns: 30 })) {
      const [{ reply: map }, { reply: points }] = [await as(desk).call(mapWindowCall, { ...window, ...filter }), await as(desk).call(reportPointsCall, filter)]
      const placed = points.id.flatMap((_, at) => { const [latitude, longitude, severity, status] = [points.latitude[at] ?? null, points.longitude[at] ?? null, points.severity[at], points.status[at]]; return latitude === null || longitude === null ? [] : [{ latitude, longitude, severity, status }] })
      expect([map.total, map.placed]).toEqual([points.id.length, placed.length])
      // Whole cells: what lies in one that the window touches belongs to it.
      const cell = (degrees: number) => Math.floor(degrees / map.side)
      const within = placed.filter(({ latitude, longitude }) => cell(latitude) >= cell(window.south) && cell(latitude) <= cell(window.north) && cell(longitude) >= cell(window.west) && cell(longitude) <= cell(window.east))
      const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
      for (const severity of ['critical', 'high', 'medium', 'low'] as const) {
        const own = within.filter((point) => point.severity === severity)
        expect([sum(map[severity]), sum(map.open[severity])]).toEqual([own.length, own.filter((point) => point.status === 'received').length])
      }
    }
  })

  it('tell the list how many there are, and the map how many are in each cell of a window', async () => {
    const { reply: list } = await as(desk).call(listReportsCall, { severity: ['critical'], limit: 1 })
    const reports = await house.db.readers.selectFrom('reports').select(['severity', 'latitude', 'station', 'status']).execute()
    const critical = reports.filter((row) => row.severity === 'critical')
    expect([list.total, list.isMore, list.all]).toEqual([critical.length, false, reports.length])
    for (const zoom of [2, 9, 13, 18]) {
      const { reply: map } = await as(desk).call(mapWindowCall, { south: 12, west: -91, north: 15, east: -87, zoom, severity: ['critical'] })
      const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
      expect([sum(map.critical), sum(map.high), sum(map.open.critical)]).toEqual([critical.filter((row) => row.station !== null || row.latitude !== null).length, 0, critical.filter((row) => row.status === 'received' && (row.station !== null || row.latitude !== null)).length])
    }
    expect((await as(desk).call(mapWindowCall, { south: -80, west: -170, north: -79, east: -169, zoom: 4 })).reply.critical).toEqual([])
    expect((await as(ana).call(mapWindowCall, { south: 12, west: -91, north: 15, east: -87, zoom: 9 })).status).toBe(403)
  })
})

it('[R385] verify works counters, narrow rows and words out anew: it is content with all of the above, and names each that was spoiled', async () => {
  const db = house.db.writer
  const look = async () => (await checkDatabase(house.db.readers)).faults.map(({ where, what }) => `${where}: ${what}`)
  expect(await look()).toEqual([])
  const numbers = (await db.selectFrom('reports').select('number').where('status', '!=', 'verified').orderBy('number').execute()).map(({ number }) => number)
  const [author, gone, unsaid, other, twice] = numbers
  if (author === undefined || gone === undefined || unsaid === undefined || other === undefined || twice === undefined) throw new Error('there are too few reports')
  await db.updateTable('reportTraits').set({ author: 'somebody' }).where('number', '=', author).execute()
  const stray = await db.selectFrom('reportTraits').selectAll().where('number', '=', author).executeTakeFirstOrThrow()
  await db.insertInto('reportTraits').values({ ...stray, number: 9001, latitude: null, longitude: null }).execute()
  await db.deleteFrom('reportTraits').where('number', '=', gone).execute()
  const words = await db.selectFrom('reportWords').select(['rowid', 'report', 'words']).where('rowid', '=', twice).executeTakeFirstOrThrow()
  await db.deleteFrom('reportWords').where('rowid', 'in', [unsaid, other]).execute()
  await db.insertInto('reportWords').values([{ rowid: other, report: words.report, words: words.words }, { ...words, rowid: 9002 }]).execute()
  const kind = await db.selectFrom('reportCounts').selectAll().where('count', '>', 0).where('status', '=', 'verified').executeTakeFirstOrThrow()
  await db.updateTable('reportCounts').set({ count: kind.count + 3 }).where((eb) => eb.and([eb('status', '=', kind.status), eb('severity', '=', kind.severity), eb('category', '=', kind.category), eb('department', '=', kind.department), eb('signed', '=', kind.signed), eb('pictures', '=', kind.pictures), eb('distance', '=', kind.distance)])).execute()
  const cells = await db.selectFrom('mapCounts').selectAll().where('level', '=', 3).where('count', '>', 0).where('status', '=', 'verified').execute()
  const cell = cells[0]
  if (!cell) throw new Error('nothing stands on the map')
  const where = (of: typeof cell) => db.updateTable('mapCounts').where('level', '=', of.level).where('cellY', '=', of.cellY).where('cellX', '=', of.cellX).where('status', '=', of.status).where('severity', '=', of.severity)
  await where(cell).set({ count: cell.count + 1 }).execute()
  const middle = await db.selectFrom('mapCounts').selectAll().where('level', '=', 1).where('count', '>', 0).where('status', '=', 'verified').executeTakeFirstOrThrow()
  await where(middle).set({ latitudes: middle.latitudes + 1 }).execute()
  const time = await db.selectFrom('timeCounts').selectAll().where('count', '>', 0).where('status', '=', 'verified').executeTakeFirstOrThrow()
  await db.updateTable('timeCounts').set({ count: time.count + 2 }).where('minute', '=', time.minute).where('status', '=', time.status).where('severity', '=', time.severity).execute()

  const found = await look()
  expect(found).toEqual(expect.arrayContaining([
    `report_traits ${author}: author is not what its report says`, 'report_traits 9001: stands for no report', `report_traits ${gone}: is missing: its report is there`,
    `report_words ${unsaid}: is missing: its report is there`, `report_words ${other}: is not what its report says`, 'report_words 9002: stands for no report',
    `report_counts ${Object.values({ ...kind, count: undefined }).filter((value) => value !== undefined).join(' ')}: counts ${kind.count + 3}, and there are ${kind.count}`,
    `map_counts 3 ${cell.cellY} ${cell.cellX} ${cell.status} ${cell.severity}: counts ${cell.count + 1}, and there are ${cell.count}`,
    `map_counts 1 ${middle.cellY} ${middle.cellX} ${middle.status} ${middle.severity}: is right, and its middle or the sum of its numbers is not that of its reports`,
    `time_counts ${time.minute} ${time.status} ${time.severity}: counts ${time.count + 2}, and there are ${time.count}`,
  ]))
  // The narrow row that is gone is missing in what is counted, too, once in each level of the map where its report has a place; else nothing more is named.
  expect(found.filter((line) => line.startsWith('report_')).length).toBeLessThanOrEqual(8)
})
