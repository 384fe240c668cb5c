import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { setBasicsCall, setCheckingCall } from '../../shared/mission.ts'
import type { CheckingRules } from '../../shared/mission.ts'
import { photoId } from '../../shared/photos.ts'
import { noEmbargo, releaseCall, releaseProposalCall } from '../../shared/press.ts'
import type { Release } from '../../shared/press.ts'
import type { Statement } from '../../shared/reports.ts'
import { claimReportCall, giveVerdictCall } from '../../shared/verification.ts'
import type { GivenVerdict } from '../../shared/verification.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import type { Caller, TestHouse } from './house.ts'
import { noise } from './pictures.ts'
import { file, giveStations, hashOf, sendOriginal } from './reports.ts'

export const credit = 'Misión de prueba'

/** A phone's position in CE-01 of `setUp`. */
export const atFirstStation = { latitude: 13.5801, longitude: -89.28, accuracy: 12 }

/** A mission in El Salvador, in Spanish and English, with three stations in two municipalities; as its lead sets it up. */
export async function setUp(house: TestHouse, lead: Caller): Promise<void> {
  const days = ['2027-02-28']
  const { status } = await lead.call(setBasicsCall, { name: 'Misión de prueba', country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days, leadName: 'Lidia', organisation: 'Delegation A' })
  if (status !== 200) throw new Error('No mission')
  await giveStations(house, lead, ['CE-01,Escuela Canaria,La Libertad,La Libertad Este,Zaragoza,13.58,-89.28,77119', 'CE-02,Escuela Otra,La Libertad,La Libertad Este,Zaragoza,13.60,-89.30,77121', 'CE-03,Escuela Lejana,San Miguel,San Miguel Centro,Chirilagua,13.22,-88.13,77123'])
}

export async function setRules(lead: Caller, rules: Partial<CheckingRules>): Promise<void> {
  const { status } = await lead.call(setCheckingCall, { credit, rules: { eyes: 2, otherOrganisation: false, releaserNotVerifier: false, ...rules } })
  if (status !== 200) throw new Error('No rules')
}

export const claim = (coordinator: Caller, report: string) => coordinator.call(claimReportCall, { id: report })

export const verdictOn = (house: TestHouse, report: string, given: Partial<GivenVerdict> = {}): GivenVerdict =>
  ({ id: report, verdict: uuid7(Date.parse(house.clock.now())), outcome: 'verified', reasons: ['original_seen', 'place_agrees'], words: '', duplicateOf: null, ...given })

/** Claims, then gives a verdict. */
export async function judge(house: TestHouse, coordinator: Caller, report: string, given: Partial<GivenVerdict> = {}) {
  await claim(coordinator, report)
  return coordinator.call(giveVerdictCall, verdictOn(house, report, given))
}

/** A JPEG of its own kind for each seed, as a phone makes it: with a device and a position in its EXIF. */
export function phonePicture(seed: number, [width, height]: [number, number] = [400, 300]): Promise<Buffer> {
  const { data } = noise(width, height, seed)
  const exif = { IFD0: { Make: 'CanaryPhone', Model: 'Serial-77' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '13/1 34/1 48/1', GPSLongitudeRef: 'W', GPSLongitude: '89/1 16/1 48/1' } }
  return sharp(data, { raw: { width, height, channels: 3 } }).withExif(exif).jpeg({ quality: 85 }).toBuffer()
}

/** A filed report with one picture that was received and looked into. */
export async function reportWithPicture(house: TestHouse, author: Caller, seed: number, given: Partial<Statement> = {}): Promise<{ report: string; photo: string; bytes: Buffer }> {
  const bytes = await phonePicture(seed)
  const { id } = await file(house, author, { station: 'CE-01', table: '77119', ...given, pictures: [bytes] })
  const { status } = await sendOriginal(author, id, bytes)
  if (status !== 201) throw new Error('Not received')
  await house.picturesDone()
  return { report: id, photo: photoId(id, hashOf(bytes)), bytes }
}

/** The same, verified by these coordinators. */
export async function verifiedPicture(house: TestHouse, author: Caller, verifiers: Caller[], seed: number, given: Partial<Statement> = {}) {
  const made = await reportWithPicture(house, author, seed, given)
  for (const verifier of verifiers) if ((await judge(house, verifier, made.report)).status !== 201) throw new Error('Not verified')
  return made
}

/** What a coordinator would send to release a picture: the proposed captions, nothing covered. */
export async function releaseOf(coordinator: Caller, photo: string, given: Partial<Release> = {}): Promise<Release> {
  const { reply, problem } = await coordinator.call(releaseProposalCall, { id: photo })
  if (problem) throw new Error(`No proposal: ${JSON.stringify(problem)}`)
  return {
    id: randomUUID(), photo, covers: [], answers: { voterOrMinor: false, voteLinked: false, observer: false }, captions: reply.captions,
    alternatives: { es: 'Papeletas sobre una mesa.', en: 'Ballot papers on a table.' }, credit: reply.credit, keptWords: [], embargo: noEmbargo, ...given,
  }
}

/** Releases a picture and gives the release's id. */
export async function release(coordinator: Caller, photo: string, given: Partial<Release> = {}): Promise<string> {
  const sent = await releaseOf(coordinator, photo, given)
  const { status, reply } = await coordinator.call(releaseCall, sent)
  if (status !== 201) throw new Error(`Not released: ${JSON.stringify(reply)}`)
  return sent.id
}

/** A role that no contract gives to anybody yet, as a fact of the journal. */
export async function becomes(house: TestHouse, person: Caller, role: 'coordinator'): Promise<void> {
  await house.engine.write({ kind: 'operator' }, ({ record }) => record('person.role_changed', { type: 'person', id: person.id }, { set: { people: [{ id: person.id, role }] } }))
}
