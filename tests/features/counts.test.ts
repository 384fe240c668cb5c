import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mapWindowCall } from '../../shared/map.ts'
import { changeReportCall, listReportsCall } from '../../shared/reports.ts'
import { claim, judge, setRules, setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file, giveStations } from '../support/reports.ts'
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

/** What the tables themselves say, row by row. */
async function recounted() {
  const [reports, stations] = [await house.db.readers.selectFrom('reports').selectAll().execute(), new Map((await house.db.readers.selectFrom('stations').selectAll().execute()).map((one) => [one.code, one]))]
  const kinds = new Map<string, number>()
  const cells = new Map<string, number>()
  const add = (to: Map<string, number>, ...key: unknown[]) => to.set(key.join(' '), (to.get(key.join(' ')) ?? 0) + 1)
  for (const row of reports) {
    const station = stations.get(row.station ?? '')
    add(kinds, row.status, row.severity, row.category, station?.department ?? row.department ?? '', row.signed, row.photoCount > 0 ? 1 : 0)
    const [latitude, longitude] = [station?.latitude ?? row.latitude, station?.longitude ?? row.longitude]
    if (latitude === null || longitude === null) continue
    for (let level = 0; level < 6; level++) add(cells, level, Math.floor(latitude / (2 / 4 ** level)), Math.floor(longitude / (2 / 4 ** level)), row.status, row.severity)
  }
  return { kinds: [...kinds].sort(), cells: [...cells].sort() }
}

async function kept() {
  const db = house.db.readers
  const kinds = (await db.selectFrom('reportCounts').selectAll().where('count', '!=', 0).execute()).map((row): [string, number] => [[row.status, row.severity, row.category, row.department, row.signed, row.pictures].join(' '), row.count])
  const cells = (await db.selectFrom('mapCounts').selectAll().where('count', '!=', 0).execute()).map((row): [string, number] => [[row.level, row.cellY, row.cellX, row.status, row.severity].join(' '), row.count])
  return { kinds: kinds.sort(), cells: cells.sort() }
}

describe('[R300] counters of reports', () => {
  it('are what counting every report one by one gives, whatever was filed, judged, moved to another station or with its station', async () => {
    const stations = ['CE-01', 'CE-02', 'CE-03', null] as const
    for (const chance of fc.sample(fc.nat(9999), { seed: 300, numRuns: 25 })) {
      const { id } = await file(house, as(ana), { station: stations[chance % 4] ?? null, severity: (['critical', 'high', 'low'] as const)[chance % 3] ?? 'low', position: chance % 2 ? null : { latitude: 13.4 + chance / 1e5, longitude: -89, accuracyMetres: 9, ageSeconds: 1 } })
      if (chance % 5 === 1) await judge(house, as(desk), id, { outcome: 'verified' })
      if (chance % 5 === 2) await claim(as(desk), id)
      if (chance % 5 === 3) await as(desk).call(changeReportCall, { id, change: uuid7(Date.now()), station: stations[(chance + 1) % 3] ?? null, severity: 'medium' })
      if (chance % 5 === 4) await as(desk).call(changeReportCall, { id, change: uuid7(Date.now()), station: null, department: 'Morazán' })
    }
    expect(await kept()).toEqual(await recounted())
    const [first] = await house.db.readers.selectFrom('stations').selectAll().where('code', '=', 'CE-01').execute()
    await giveStations(house, as(lead), [`CE-01,${first?.name ?? ''},San Miguel,San Miguel Centro,San Miguel,13.4801,-88.1802,90001`])
    expect(await kept()).toEqual(await recounted())
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
