import { describe, expect, it } from 'vitest'
import { foundIn, instantOf } from '../../client/coordinator/report/found.ts'

type Photo = Parameters<typeof foundIn>[0]

const zone = 'America/El_Salvador'
const says = { takenAt: '2027-02-28T14:00:00', utcOffset: '-06:00', position: { latitude: 13.58, longitude: -89.28 }, device: 'Ejemplo Uno', software: '18.5' }
const photo = (given: Partial<NonNullable<Photo['says']>> = {}, phone: Partial<Photo> = {}): Photo =>
  ({ says: { ...says, ...given }, capturedAt: '2027-02-28T20:01:00.000Z', position: { latitude: 13.58, longitude: -89.28, accuracyMetres: 10, ageSeconds: 1 }, ...phone })
type Report = Parameters<typeof foundIn>[1]
const report = (given: Partial<Report> = {}): Report => ({ zone, atStation: null, position: null, stationPosition: null, line: { observedAt: '2027-02-28T20:10:00.000Z' }, ...given })
const lineOf = (what: string, one: Photo, given: Partial<Report> = {}) => foundIn(one, report(given)).find((line) => line.what === what)
const markOf = (what: string, one: Photo, where = zone) => lineOf(what, one, { zone: where })?.mark

describe('[R202] what a file says beside what the phone said', () => {
  it('is nothing where it says nothing, or was not looked into', () => {
    expect(foundIn({ says: null, capturedAt: null, position: null }, report())).toEqual([])
    expect(foundIn(photo({ takenAt: null, utcOffset: null, position: null, device: null, software: null }), report())).toEqual([])
  })

  it.each([
    ['by its own offset', photo(), zone, 'agrees'],
    ['by the phone’s zone, where it names no offset', photo({ utcOffset: null }), zone, 'agrees'],
    ['in another zone', photo({ utcOffset: null }), 'Europe/Madrid', 'differs'],
    ['six minutes apart', photo({ takenAt: '2027-02-28T13:55:00' }), zone, 'differs'],
    ['years apart', photo({ takenAt: '2024-02-04T09:12:40' }), zone, 'differs'],
    ['not said by the file', photo({ takenAt: null }), zone, 'unknown'],
    ['not said by the phone, near what was seen', photo({}, { capturedAt: null }), zone, 'agrees'],
    ['not said by the phone, years from what was seen', photo({ takenAt: '2024-02-04T09:12:40' }, { capturedAt: null }), zone, 'differs'],
  ])('time: %s', (_, one, where, mark) => expect(markOf('time', one, where)).toBe(mark))

  it.each([
    ['the same', photo(), 'agrees'],
    ['250 m away', photo({ position: { latitude: 13.58225, longitude: -89.28 } }), 'agrees'],
    ['600 m away: a phone may know an old place', photo({ position: { latitude: 13.5854, longitude: -89.28 } }), 'unknown'],
    ['110 km away', photo({ position: { latitude: 13.5, longitude: -88.2 } }), 'differs'],
    ['not said by the file', photo({ position: null }), 'unknown'],
    ['not said by the phone', photo({}, { position: null }), 'unknown'],
  ])('place: %s', (_, one, mark) => expect(markOf('place', one)).toBe(mark))

  it.each([
    ['where the report was', { position: { latitude: 13.58, longitude: -89.28, accuracyMetres: 10, ageSeconds: 0 } }, 'agrees', 'report'],
    ['an ocean from where the report was', { position: { latitude: 48.85, longitude: 2.35, accuracyMetres: 10, ageSeconds: 0 } }, 'differs', 'report'],
    ['at the station where the author says they were', { atStation: true, stationPosition: { latitude: 13.58, longitude: -89.28 } }, 'agrees', 'station'],
    ['far from that station', { atStation: true, stationPosition: { latitude: 13.9, longitude: -89.28 } }, 'differs', 'station'],
    ['far from a station where nobody says they were', { stationPosition: { latitude: 13.9, longitude: -89.28 } }, 'unknown', 'station'],
  ] as const)('[R330] place of a picture without a phone’s own: %s', (_, given, mark, against) => expect(lineOf('place', photo({}, { position: null, capturedAt: null }), given)).toMatchObject({ mark, against }))

  it.each([
    ['a device', photo(), 'agrees'],
    ['an editor', photo({ software: 'Adobe Photoshop 26.1' }), 'differs'],
    ['an editor without a device', photo({ device: null, software: 'Snapseed 2.0' }), 'differs'],
    ['nothing', photo({ device: null, software: null }), 'unknown'],
  ])('made with: %s', (_, one, mark) => expect(markOf('made', one)).toBe(mark))

  it('a clock of a zone is read on the days when it changes too', () => {
    expect(instantOf('2027-03-28T03:30:00', null, 'Europe/Madrid')).toBe('2027-03-28T01:30:00.000Z')
    expect(instantOf('2027-03-28T01:30:00', null, 'Europe/Madrid')).toBe('2027-03-28T00:30:00.000Z')
    expect(instantOf('2027-02-28T14:00:00', '+05:30', zone)).toBe('2027-02-28T08:30:00.000Z')
  })
})
