import { describe, expect, it } from 'vitest'
import type { DeskPhoto } from '../../shared/photos.ts'
import { agreementOf } from '../../client/coordinator/report/agreement.ts'
import { fitScale, kept, mostZoom, panned, whole, zoomedAt } from '../../client/coordinator/report/view.ts'
import { standIn } from '../support/stand-in.ts'

standIn({ navigator: { languages: ['en'] } })
const { folded, left } = await import('../../client/coordinator/report/told.ts')
const { words: en } = await import('../../client/coordinator/words/report.en.ts')
const { words: es } = await import('../../client/coordinator/words/report.es.ts')

type Page = Parameters<typeof agreementOf>[0]

const observedAt = '2027-02-28T20:00:00.000Z'
const line = { station: 'CE-01', observedAt } as Page['line']
const photo = (given: Partial<DeskPhoto> = {}): DeskPhoto => ({
  id: 'p', sha256: 'a', sizeBytes: 1, how: 'in_app_camera', position: null, capturedAt: observedAt, state: 'ready', type: 'jpeg', width: 4, height: 3, receivedAt: observedAt, released: false, shows: true, says: null, previewUnlike: false, alike: [], copy: null, mayGiveCopy: false, ...given,
})
const page = (given: Partial<Page> = {}): Page => ({ atStation: true, position: null, distanceMetres: null, skewSeconds: 0, photos: [], signed: 'unsigned', channel: 'web', line, ...given })
const at = (distanceMetres: number, accuracyMetres: number, ageSeconds = 0) => ({ distanceMetres, position: { latitude: 13.7, longitude: -89.2, accuracyMetres, ageSeconds } })
const markOf = (what: string, given: Partial<Page>) => agreementOf(page(given)).find((one) => one.what === what)?.mark

describe('what agrees', () => {
  it.each([
    ['near, good position', at(38, 11), 'agrees'],
    ['at the edge of the yard', at(150, 0), 'agrees'],
    ['beyond it, within its accuracy', at(220, 80), 'agrees'],
    ['beyond it even with its accuracy', at(260, 80), 'differs'],
    ['near by a poor position', at(90, 800), 'unknown'],
    ['far by a poor position', at(5000, 800), 'differs'],
    ['near by an old position', at(20, 10, 1200), 'unknown'],
  ])('place: %s', (_, given, mark) => expect(markOf('place', given)).toBe(mark))

  it('says nothing of a place where there is no station, and that it cannot tell without a position or away from the place', () => {
    expect(agreementOf(page({ line: { ...line, station: null } })).map(({ what }) => what)).toEqual(['clock', 'signature'])
    expect(markOf('noPosition', {})).toBe('unknown')
    expect(markOf('elsewhere', { atStation: false, ...at(20, 5) })).toBe('unknown')
    expect(markOf('place', { atStation: false, ...at(20, 5) })).toBe(undefined)
  })

  it.each([[2, 'agrees'], [-60, 'agrees'], [61, 'differs'], [-4000, 'differs']])('clock: %d s', (skewSeconds, mark) => expect(markOf('clock', { skewSeconds })).toBe(mark))

  it.each([[0, undefined], [-2 * 86_400, undefined], [-4 * 86_400, 'differs'], [120, 'differs'], [366 * 86_400, 'differs']])('seen %d s after it was received, by our clock', (seconds, mark) => {
    const receivedAt = new Date(Date.parse(observedAt) - seconds * 1000).toISOString()
    expect(markOf('observed', { line: { ...line, receivedAt } })).toBe(mark)
    // A phone's clock that is off says nothing of when: the difference is known.
    expect(markOf('observed', { line: { ...line, receivedAt: new Date(Date.parse(receivedAt) - 7_200_000).toISOString() }, skewSeconds: 7_200 })).toBe(mark)
  })

  it('a position that is sure to 0 m is told', () => {
    expect([markOf('exact', at(20, 0)), markOf('exact', at(20, 1)), markOf('exact', {})]).toEqual(['differs', undefined, undefined])
  })

  it('pictures: time by the farthest, source and originals by all of them; only what there is data for', () => {
    const early = photo({ capturedAt: '2027-02-28T18:00:00.000Z' })
    expect(markOf('pictureTime', { photos: [photo()] })).toBe('agrees')
    expect(markOf('pictureTime', { photos: [photo(), early] })).toBe('differs')
    expect(markOf('pictureTime', { photos: [photo({ capturedAt: null })] })).toBe(undefined)
    expect(markOf('source', { photos: [photo()] })).toBe('agrees')
    expect(markOf('source', { photos: [photo(), photo({ how: 'gallery' })] })).toBe('unknown')
    expect(markOf('originals', { photos: [photo(), photo({ state: 'preview', receivedAt: null })] })).toBe('unknown')
    expect(markOf('originals', { photos: [photo({ state: 'unreadable' })] })).toBe('differs')
    expect(markOf('source', {})).toBe(undefined)
  })

  it.each(['phone', 'messenger', 'api'] as const)('[R330] nothing agrees with a phone where none sent it: %s', (channel) => {
    const pictures = { photos: [photo({ how: 'gallery' })], channel }
    expect(agreementOf(page(pictures)).map(({ what, mark }) => [what, mark])).toEqual([['noPosition', 'unknown'], ['pictureTime', 'agrees'], ['source', 'unknown'], ['originals', 'unknown'], ['signature', 'unknown']])
    expect(markOf('source', { photos: [photo()], channel })).toBe('unknown')
    for (const { cameBy, notByPhone, originalsGiven } of [en, es]) for (const told of [cameBy[channel], notByPhone[channel](1), notByPhone[channel](2), originalsGiven(1)]) expect(told).not.toMatch(/galler|galer/)
  })

  it('[R331] where nobody said whether they were there, nobody is told to have been elsewhere, and being far contradicts nothing', () => {
    expect(markOf('elsewhere', { atStation: null })).toBe(undefined)
    expect(markOf('unsaid', { atStation: null })).toBe('unknown')
    expect(markOf('place', { atStation: null, ...at(38, 11) })).toBe('agrees')
    expect(markOf('place', { atStation: null, ...at(5000, 10) })).toBe('unknown')
  })

  it('signature: cannot tell, agrees, fails', () => {
    expect([markOf('signature', {}), markOf('signature', { signed: 'signed' }), markOf('signature', { signed: 'fails' })]).toEqual(['unknown', 'agrees', 'differs'])
  })
})

describe('what a person did', () => {
  it.each([['English', en, / by /], ['Spanish', es, / por /]] as const)('is told in %s as a sentence that begins with the person, named or not', (_, { historyDone, doer }, passive) => {
    expect(Object.keys(historyDone).sort()).toEqual(['note.struck', 'note.written', 'notice.confirmed', 'person.quarantine_lifted', 'person.quarantined', 'photo.copy_given', 'photo.original_taken', 'photo.released', 'release.corrected', 'release.downloaded', 'release.embargo_changed', 'release.embargo_ended', 'release.retracted', 'release.use_taken_back', 'release.used', 'report.added_to', 'report.amendment_set_aside', 'report.changed', 'report.claimed', 'report.corrected', 'report.filed', 'report.handed_back', 'report.reopened', 'report.restored', 'report.seen', 'report.taken_up', 'report.withdrawn', 'verdict.first_given', 'verdict.given', 'verdict.second_given'])
    for (const who of ['Victoria Example', doer.person]) {
      for (const tell of Object.values(historyDone)) {
        expect(tell(who).startsWith(`${who} `)).toBe(true)
        expect(tell(who)).not.toMatch(passive)
      }
    }
  })
})

describe('[R333] history', () => {
  it('counts what is the same, and keeps apart what went out in another size', () => {
    const took = (number: number, size: string) => ({ number, at: observedAt, kind: 'release.downloaded', by: { kind: 'person' as const, id: 'p', name: 'Paula' }, changes: [{ field: 'size', from: null, to: size }] })
    expect(folded([took(1, 'web'), took(2, 'web'), took(3, 'full'), took(4, 'web')]).map(({ line, how }) => [line.number, how])).toEqual([[1, 2], [3, 1], [4, 1]])
  })
})

describe('what is left of a claim', () => {
  it.each([
    ['by the second', '2027-02-28T20:09:12.000Z', '9:12'],
    ['never more than a claim has, where this clock is behind', '2027-02-28T20:10:00.800Z', '10:00'],
    ['nothing once it ended', '2027-02-28T19:59:00.000Z', '0:00'],
  ])('%s', (_, until, told) => expect(left(until, new Date(observedAt))).toBe(told))
})

describe('a picture in its stage', () => {
  const picture = { width: 4000, height: 3000 }
  const stage = { width: 1000, height: 600 }

  it('shows all of it, also when it is turned', () => {
    expect(fitScale(picture, stage, 0)).toBe(0.2)
    expect(fitScale(picture, stage, 90)).toBe(0.15)
  })

  it('keeps what is under the pointer while it zooms', () => {
    const point = { x: 120, y: -40 }
    const near = zoomedAt(whole, 4, point, picture, stage, 0)
    expect(near.zoom).toBe(4)
    // The picture's point that was there at first, and is there now.
    expect((point.x - near.x) / near.zoom).toBeCloseTo(point.x)
    expect((point.y - near.y) / near.zoom).toBeCloseTo(point.y)
  })

  it('is never smaller than whole and never larger than four pixels for one', () => {
    expect(zoomedAt(whole, 0.01, { x: 0, y: 0 }, picture, stage, 0)).toEqual(whole)
    expect(zoomedAt(whole, 1e6, { x: 0, y: 0 }, picture, stage, 0).zoom).toBe(mostZoom(picture, stage, 0))
    expect(fitScale(picture, stage, 0) * mostZoom(picture, stage, 0)).toBe(4)
  })

  it('does not leave its stage, and lies in the middle of what it does not fill', () => {
    const near = zoomedAt(whole, 2, { x: 0, y: 0 }, picture, stage, 0)
    expect(panned(near, { x: 9999, y: -9999 }, picture, stage, 0)).toEqual({ zoom: 2, x: 300, y: -300 })
    expect(kept({ zoom: 1, x: 50, y: 50 }, picture, stage, 0)).toEqual(whole)
  })
})
