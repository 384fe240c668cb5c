import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apart, diameterOf } from '../../client/coordinator/room/map/apart.ts'
import { Clusters, type MapPoint } from '../../client/coordinator/room/map/clusters.ts'
import { type Box, countOf, nearestZoom, severities } from '../../client/coordinator/room/map/mark.ts'
import { ReportStatus } from '../../shared/verification.ts'

const world: Box = [-90, -180, 90, 180]

/** Points as a night brings them: many in the same centres, some anywhere, some nowhere. */
const somePoints = fc.array(
  fc.record({
    place: fc.oneof(
      fc.constantFrom([13.58, -89.28] as const, [13.5801, -89.2802] as const, [13.7, -89.2] as const, [-8.55, 125.56] as const),
      fc.tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true })),
      fc.constant(null),
    ),
    severity: fc.constantFrom(...severities),
    status: fc.constantFrom(...ReportStatus.options),
  }),
  { maxLength: 60 },
).map((list) => list.map(({ place, severity, status }, at): MapPoint => ({ id: `${at}`, latitude: place?.[0] ?? null, longitude: place?.[1] ?? null, severity, status })))

const clustersOf = (points: readonly MapPoint[]): Clusters => {
  const clusters = new Clusters()
  clusters.replace(points)
  return clusters
}

describe('what the map draws', () => {
  it('sums to the points that have a place at every zoom, by severity and by what nobody looked at, and the others are counted', () => {
    fc.assert(fc.property(somePoints, (points) => {
      const clusters = clustersOf(points)
      const placed = points.filter((point) => point.latitude !== null)
      expect(clusters.counts()).toEqual({ placed: placed.length, without: points.length - placed.length })
      for (let zoom = 0; zoom <= nearestZoom; zoom += 1) {
        const marks = clusters.view(world, zoom)
        expect(marks.reduce((sum, mark) => sum + countOf(mark), 0)).toBe(placed.length)
        expect(clusters.drawn(zoom)).toBe(placed.length)
        for (const severity of severities) {
          const drawn = marks.reduce((sum, mark) => sum + (mark.kind === 'group' ? mark.sums[severity] : Number(mark.severity === severity)), 0)
          expect(drawn).toBe(placed.filter((point) => point.severity === severity).length)
        }
        const open = marks.reduce((sum, mark) => sum + (mark.kind === 'group' ? mark.sums.open : Number(mark.status === 'received')), 0)
        expect(open).toBe(placed.filter((point) => point.status === 'received').length)
      }
    }), { numRuns: 40 })
  })

  it('[lesson 36] has of six thousand reports at a few hundred places each in one mark alone, at every zoom and window by window', () => {
    const places = Array.from({ length: 300 }, (_, at): [number, number] => [13.2 + (at % 20) * 0.061, -90 + Math.floor(at / 20) * 0.157])
    const points = Array.from({ length: 6000 }, (_, at): MapPoint => {
      const [latitude, longitude] = places[(at * 7919) % 300] ?? [0, 0]
      return { id: `${at}`, latitude, longitude, severity: severities[at % 4] ?? 'low', status: at % 3 ? 'received' : 'verified' }
    })
    const clusters = clustersOf(points)
    // What comes again is the same report, not another one.
    clusters.change(points.slice(0, 500), [])
    for (let zoom = 2; zoom <= nearestZoom; zoom += 1) {
      const marks = clusters.view(world, zoom)
      expect([marks.reduce((sum, mark) => sum + countOf(mark), 0), marks.length <= places.length]).toEqual([points.length, true])
    }
    for (const [latitude, longitude] of places.filter((_, at) => at % 60 === 0)) expect(clusters.view([latitude - 0.01, longitude - 0.01, latitude + 0.01, longitude + 0.01], nearestZoom).reduce((sum, mark) => sum + countOf(mark), 0)).toBe(20)
  })

  it('[R413] [lesson 42] counts as in sight the reports that are, wherever the mark that they are drawn in stands', () => {
    const boxes = fc.tuple(fc.double({ min: 13.4, max: 13.75, noNaN: true }), fc.double({ min: -89.4, max: -89.1, noNaN: true }), fc.double({ min: 0, max: 0.4, noNaN: true })).map(([south, west, size]): Box => [south, west, south + size, west + size])
    fc.assert(fc.property(somePoints, boxes, (points, box) => {
      const [south, west, north, east] = box
      expect(clustersOf(points).inside(box)).toBe(points.filter(({ latitude, longitude }) => latitude !== null && longitude !== null && latitude >= south && latitude <= north && longitude >= west && longitude <= east).length)
    }))
  })

  it('is the same whether points came at once or one after the other, moved and left', () => {
    fc.assert(fc.property(somePoints, somePoints, (before, after) => {
      const grown = clustersOf(before)
      const left = before.filter((point) => after.every((other) => other.id !== point.id)).map((point) => point.id)
      for (const point of after) grown.change([point], [])
      grown.change([], left)
      const whole = clustersOf(after)
      expect(grown.counts()).toEqual(whole.counts())
      for (const zoom of [3, 8, 13, nearestZoom]) {
        const told = (clusters: Clusters) => clusters.view(world, zoom).reduce((sum, mark) => sum + countOf(mark), 0)
        expect(told(grown)).toBe(told(whole))
      }
    }))
  })

  it('[lesson 40] shows the reports of one centre as one group that opens, also nearest', () => {
    const points = Array.from({ length: 14 }, (_, at): MapPoint => ({ id: `${at}`, latitude: 13.58, longitude: -89.28, severity: at === 0 ? 'critical' : 'low', status: at < 3 ? 'received' : 'verified' }))
    for (const zoom of [2, 9, nearestZoom]) {
      expect(clustersOf(points).view(world, zoom)).toMatchObject([{ kind: 'group', count: 14, isLast: true, box: [13.58, -89.28, 13.58, -89.28], sums: { critical: 1, low: 13, open: 3, openWorst: 'critical' } }])
    }
  })

  it('[R396] lays no mark over another, at any zoom and in any window, and loses none by it', () => {
    const pixels = (latitude: number, longitude: number, zoom: number) => {
      const angle = (latitude * Math.PI) / 180
      return [(256 * 2 ** zoom * (longitude + 180)) / 360, (256 * 2 ** zoom * (1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI)) / 2] as const
    }
    const many = fc.array(fc.record({ north: fc.nat(400), east: fc.nat(400), count: fc.constantFrom(1, 1, 3, 40, 300) }), { minLength: 20, maxLength: 90 })
    fc.assert(fc.property(many, fc.double({ min: 5, max: 18, noNaN: true }), (places, zoom) => {
      const step = 8 / 2 ** zoom
      const points = places.flatMap(({ north, east, count }, place) => Array.from({ length: count }, (_, at): MapPoint => ({ id: `${place}.${at}`, latitude: 13 + north * step, longitude: -89 + east * step, severity: severities[place % 4] ?? 'low', status: at % 2 ? 'received' : 'verified' })))
      const marks = clustersOf(points).view(world, zoom)
      const stand = marks.map((mark) => ({ at: pixels(mark.latitude, mark.longitude, zoom), wide: diameterOf(mark) }))
      for (const [place, one] of stand.entries()) for (const other of stand.slice(place + 1)) expect(Math.hypot(one.at[0] - other.at[0], one.at[1] - other.at[1])).toBeGreaterThanOrEqual((one.wide + other.wide) / 2)
      expect(marks.reduce((sum, mark) => sum + countOf(mark), 0)).toBe(points.length)
      expect(marks.reduce((sum, mark) => sum + (mark.kind === 'group' ? mark.sums.open : Number(mark.status === 'received')), 0)).toBe(points.filter(({ status }) => status === 'received').length)
      expect(apart(marks, zoom)).toHaveLength(marks.length)
    }), { seed: 396, numRuns: 40 })
  })

  it('opens as a list what getting nearer would not take apart: two places within a step of each other', () => {
    const points: MapPoint[] = [{ id: 'a', latitude: 13.58, longitude: -89.28, severity: 'high', status: 'received' }, { id: 'b', latitude: 13.58001, longitude: -89.28001, severity: 'low', status: 'false' }]
    expect(clustersOf(points).view(world, nearestZoom)).toMatchObject([{ kind: 'group', count: 2, isLast: true }])
    expect(clustersOf(points).view(world, 5)).toMatchObject([{ kind: 'group', count: 2, isLast: true }])
  })

  it('takes a group apart that getting nearer does take apart, and marks a lone report with its own mark', () => {
    const points: MapPoint[] = [{ id: 'a', latitude: 13.58, longitude: -89.28, severity: 'high', status: 'received' }, { id: 'b', latitude: 13.7, longitude: -89.2, severity: 'low', status: 'false' }]
    expect(clustersOf(points).view(world, 5)).toMatchObject([{ kind: 'group', count: 2, isLast: false, sums: { openWorst: 'high' } }])
    expect(clustersOf(points).view(world, 14).map((mark) => mark.kind === 'report' && [mark.id, mark.severity, mark.status])).toEqual(expect.arrayContaining([['a', 'high', 'received'], ['b', 'low', 'false']]))
  })
})
