import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, Clusters, type MapPoint, countOf, nearestZoom, severities } from '../../client/coordinator/room/map/clusters.ts'
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
