import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { amendReportCall } from '../../shared/amendments.ts'
import { exportAuditCall } from '../../shared/audit.ts'
import { amendForCall, fileForCall } from '../../shared/filing.ts'
import { importDelegationCall, previewDelegationCall } from '../../shared/delegation.ts'
import { screenFaultCall } from '../../shared/live.ts'
import { registerKeyCall } from '../../shared/keys.ts'
import { beginSetUpCall, closeMissionCall, leaveCall, openMissionCall, reopenMissionCall, setBasicsCall, setCheckingCall, skipRegisterCall } from '../../shared/mission.ts'
import { changeRoleCall, endAccessCall, inviteCall, joinCall, makeTransferCall, newCardsCall, newLinkCall, retireCall, takeBackCall } from '../../shared/people.ts'
import { completePhotoCall, giveCopyCall, photoId, sendPreviewCall, takeOriginalCall } from '../../shared/photos.ts'
import { strikeNoteCall, writeNoteCall } from '../../shared/notes.ts'
import { confirmNoticeCall, noticesCall } from '../../shared/notices.ts'
import { correctCall, downloadCall, endEmbargoCall, releaseCall, retractCall, setEmbargoCall, statementOutCall, takeBackUseCall, useCall } from '../../shared/press.ts'
import { changeReportCall, fileReportCall, seeReportCall } from '../../shared/reports.ts'
import { importRegisterCall, previewRegisterCall } from '../../shared/stations.ts'
import {
  beginPasskeyCall, beginProofCall, beginSignInCall, endMySignInCall, endSignInCall, endWaysCall, knowSignInCall, makePasskeyCall, mySignInsCall, newRecoveryCodesCall, proposeTotpCall, proveCall, removePasskeyCall, setPassphraseCall,
  signInByPasskeyCall, signInByRecoveryCall,
} from '../../shared/signin.ts'
import { endTokenCall, fileByTokenCall, makeTokenCall } from '../../shared/tokens.ts'
import { liftQuarantineCall, quarantineCall } from '../../shared/quarantine.ts'
import { claimReportCall, giveVerdictCall, handBackReportCall, reopenCall, takeUpReportCall } from '../../shared/verification.ts'
import { openSetUp } from '../../server/features/mission/actions.ts'
import { claim, credit, phonePicture, release, releaseOf, reportWithPicture, setUp, verdictOn, verifiedPicture } from '../support/desk.ts'
import { carryAmendmentCall, carryReportCall } from '../../shared/sealed.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { brokenHeic } from '../support/hostile.ts'
import { startHouse } from '../support/house.ts'
import type { Answer, Caller, TestHouse } from '../support/house.ts'
import { makePhoneKey, registeredKey } from '../support/phone-key.ts'
import { amendmentOf, beginUpload, file, hashOf, sendOriginal, sendPiece, statementOf } from '../support/reports.ts'
import { newAuthenticator } from '../support/authenticator.ts'
import { codeOf, givePasskey, givePassphrase, here, nextCode, passphrase, signInAt, signInWith, signedIn } from '../support/staff.ts'

// Networks repeat what they carry and people press twice: each call that writes is sent twice, byte for byte the same. One without its line here fails.

let house: TestHouse
/** Where nothing was begun. */
let fresh: TestHouse
let lead: Caller
let desk: Caller
let ana: Caller
let press: Caller
let seed = 9000

const rules = { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } as const

beforeAll(async () => {
  ;[house, fresh] = [await startHouse(), await startHouse()]
  lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await lead.call(setCheckingCall, { credit, rules })
  ;[desk, ana, press] = [await house.person('coordinator'), await house.person('observer'), await house.person('press')]
})
afterAll(() => Promise.all([house.stop(), fresh.stop()]))

type Sends = () => Promise<Answer<unknown>>
/** What the second sending is answered and does: the same as the first and nothing more; once more, where each is a fact of its own; refused as this problem, which may be a fact too; or answered that less was left to do, in so many facts. */
type Second = 'the same' | 'once more' | { problem: string; facts: number } | { counts: number }
type Line = { prepare: () => Promise<Sends>; second: Second; at?: () => TestHouse }

const file_ = (text: string) => ({ file: { bytes: Buffer.from(text), name: 'register.csv' } })
const csv = 'station_code,station_name,department,municipality,district,latitude,longitude,table\r\nCE-09,Escuela Nueva,La Libertad,La Libertad Este,Zaragoza,13.58,-89.28,77199'
const picture = () => phonePicture(seed++)
const linkFor = async (): Promise<string> => (await lead.call(inviteCall, { id: randomUUID(), name: 'Nadia', role: 'observer', organisation: 'Delegation A', language: 'es' })).reply.link.split('#')[1] ?? ''
const received = () => reportWithPicture(house, ana, seed++)
const verified = () => verifiedPicture(house, ana, [desk], seed++)

/** In this order: set-up comes before the mission is open, everything else after. */
const lines: Record<string, Line> = {
  beginSetUp: { second: { problem: 'not_found', facts: 1 }, at: () => fresh, prepare: async () => {
    const token = (await fresh.engine.write({ kind: 'server' }, openSetUp)) ?? ''
    return () => fresh.nobody.call(beginSetUpCall, { token })
  } },
  setBasics: { second: 'the same', prepare: async () => () => lead.call(setBasicsCall, { name: 'Misión de prueba', country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days: ['2027-02-28'], leadName: 'Lidia', organisation: 'Delegation A' }) },
  setChecking: { second: 'the same', prepare: async () => () => lead.call(setCheckingCall, { credit, rules }) },
  skipRegister: { second: 'the same', prepare: async () => () => lead.call(skipRegisterCall, {}) },
  openMission: { second: 'the same', prepare: async () => () => lead.call(openMissionCall, { rules }) },
  leave: { second: { problem: 'not_signed_in', facts: 0 }, prepare: async () => {
    const someone = await house.person('press')
    return () => someone.call(leaveCall, {})
  } },
  previewRegister: { second: 'the same', prepare: async () => () => lead.call(previewRegisterCall, {}, file_(csv)) },
  importRegister: { second: 'the same', prepare: async () => {
    const { reply } = await lead.call(previewRegisterCall, {}, file_(csv))
    return () => lead.call(importRegisterCall, { upload: reply.upload, right: reply.right, wrong: reply.wrong })
  } },
  screenFault: { second: 'the same', prepare: async () => {
    const fault = { id: randomUUID(), screen: 'room' as const, number: 1, held: 2, shown: 1 }
    return () => desk.call(screenFaultCall, fault)
  } },
  // An invitation is one; its link is new each time, since it is shown once.
  invite: { second: 'once more', prepare: async () => {
    const id = randomUUID()
    return () => lead.call(inviteCall, { id, name: 'Nadia', role: 'observer', organisation: 'Delegation A', language: 'es' })
  } },
  newLink: { second: 'once more', prepare: async () => {
    const { id } = await house.person('observer')
    return () => lead.call(newLinkCall, { id })
  } },
  retire: { second: 'the same', prepare: async () => {
    const { id } = await house.person('observer')
    return () => lead.call(retireCall, { id })
  } },
  // Taken back once; a link is new each time, since it is shown once.
  takeBack: { second: 'once more', prepare: async () => {
    const { id } = await house.person('observer')
    await lead.call(retireCall, { id })
    return () => lead.call(takeBackCall, { id })
  } },
  fileFor: { second: 'the same', prepare: async () => {
    const [id, bytes] = [uuid7(Date.parse(house.clock.now())), await picture()]
    const told = { id, author: ana.id, channel: 'phone' as const, category: 'voting.queue', severity: 'medium' as const, station: null, table: null, atStation: true, observedAt: house.clock.now(), words: 'A queue.', language: 'en' }
    return () => desk.call(fileForCall, told, { photos: [bytes] })
  } },
  quarantine: { second: 'the same', prepare: async () => {
    const { id } = await house.person('observer')
    return () => desk.call(quarantineCall, { id, reason: 'Pictures of another place' })
  } },
  writeNote: { second: 'the same', prepare: async () => {
    const { report } = await received()
    const note = randomUUID()
    return () => desk.call(writeNoteCall, { id: report, note, words: 'Ask the centre head again' })
  } },
  strikeNote: { second: 'the same', prepare: async () => {
    const [{ report }, note] = [await received(), randomUUID()]
    await desk.call(writeNoteCall, { id: report, note, words: 'Ask the centre head again' })
    return () => desk.call(strikeNoteCall, { id: report, note })
  } },
  liftQuarantine: { second: 'the same', prepare: async () => {
    const { id } = await house.person('observer')
    await desk.call(quarantineCall, { id, reason: 'Pictures of another place' })
    return () => desk.call(liftQuarantineCall, { id, reason: 'It was another' })
  } },
  carryReport: { second: 'the same', prepare: async () => {
    const bea = await house.person('observer')
    const [key, bytes] = [await registeredKey(bea), await picture()]
    const statement = JSON.stringify(await statementOf(house, bea, { pictures: [bytes] }))
    const carried = { id: (JSON.parse(statement) as { id: string }).id, statement, signature: key.sign(statement), sentAt: house.clock.now() }
    return () => desk.call(carryReportCall, carried, { photos: [bytes] })
  } },
  carryAmendment: { second: 'the same', prepare: async () => {
    const bea = await house.person('observer')
    const [key, { id }, bytes] = [await registeredKey(bea), await file(house, bea), await picture()]
    const sent = await amendmentOf(house, bea, id, { type: 'addition', pictures: [bytes] })
    const carried = { ...sent, signature: key.sign(sent.statement) }
    return () => desk.call(carryAmendmentCall, carried, { photos: [bytes] })
  } },
  amendFor: { second: 'the same', prepare: async () => {
    const [{ report }, bytes] = [await verified(), await picture()]
    const told = { id: uuid7(Date.parse(house.clock.now())), report, channel: 'messenger' as const, type: 'addition' as const, toldAt: house.clock.now(), words: 'There were two more.', language: 'en' as const }
    return () => desk.call(amendForCall, told, { photos: [bytes] })
  } },
  takeUpReport: { second: 'the same', prepare: async () => {
    const { id } = await file(house, ana)
    await house.engine.write({ kind: 'server' }, (work) => work.record('report.set_aside', { type: 'report', id }, { set: { reports: [{ id, status: 'set_aside', setAsideFor: 'replaced_phone' }] } }))
    return () => desk.call(takeUpReportCall, { id, reason: 'Called back' })
  } },
  newCards: { second: 'once more', prepare: async () => {
    const { id } = await house.person('observer')
    return () => lead.call(newCardsCall, { ids: [id] })
  } },
  makeTransfer: { second: 'once more', prepare: async () => {
    const observer = await house.person('observer')
    return () => observer.call(makeTransferCall, {})
  } },
  endAccess: { second: 'the same', prepare: async () => {
    const { id } = await house.person('observer')
    return () => lead.call(endAccessCall, { id })
  } },
  changeRole: { second: 'the same', prepare: async () => {
    const { id } = await house.person('press')
    return () => lead.call(changeRoleCall, { id, role: 'observer' })
  } },
  previewDelegation: { second: 'the same', prepare: async () => () => lead.call(previewDelegationCall, {}, file_('name,organisation\r\nRosa Luz,Red B')) },
  // Everyone of it is here already.
  importDelegation: { second: { problem: 'conflict', facts: 0 }, prepare: async () => {
    const { reply } = await lead.call(previewDelegationCall, {}, file_('name,organisation\r\nRosa Luz,Red B'))
    return () => lead.call(importDelegationCall, { upload: reply.upload, right: reply.right, wrong: reply.wrong })
  } },
  // A link that is used again may be in other hands: its lead reads so.
  join: { second: { problem: 'not_found', facts: 1 }, prepare: async () => {
    const token = await linkFor()
    return () => house.nobody.call(joinCall, { token })
  } },
  registerKey: { second: 'the same', prepare: async () => {
    const [someone, { publicKey }] = [await house.person('observer'), makePhoneKey()]
    return () => someone.call(registerKeyCall, { publicKey })
  } },
  fileReport: { second: 'the same', prepare: async () => {
    const statement = await statementOf(house, ana)
    return () => ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })
  } },
  amendReport: { second: 'the same', prepare: async () => {
    const { report } = await verified()
    const sent = await amendmentOf(house, ana, report)
    return () => ana.call(amendReportCall, sent)
  } },
  sendPreview: { second: 'the same', prepare: async () => {
    const bytes = await picture()
    const { id } = await file(house, ana, { pictures: [bytes] })
    return () => ana.call(sendPreviewCall, { id: photoId(id, hashOf(bytes)) }, { bytes })
  } },
  completePhoto: { second: 'the same', prepare: async () => {
    const bytes = await picture()
    const { id } = await file(house, ana, { pictures: [bytes] })
    const photo = photoId(id, hashOf(bytes))
    const { upload } = await beginUpload(ana, photo, bytes.length)
    await sendPiece(ana, upload, 0, bytes)
    return () => ana.call(completePhotoCall, { id: photo, upload })
  } },
  giveCopy: { second: 'the same', prepare: async () => {
    const heic = brokenHeic(8_700)
    const { id } = await file(house, ana, { pictures: [heic] })
    await sendOriginal(ana, id, heic)
    const bytes = await picture()
    return () => desk.call(giveCopyCall, { id: photoId(id, hashOf(heic)) }, { file: { bytes, name: 'copy.jpg' } })
  } },
  takeOriginal: { second: 'once more', prepare: async () => {
    const { photo } = await received()
    return () => desk.call(takeOriginalCall, { id: photo })
  } },
  seeReport: { second: 'the same', prepare: async () => {
    const { id } = await file(house, ana)
    return () => desk.call(seeReportCall, { id })
  } },
  changeReport: { second: 'the same', prepare: async () => {
    const { id } = await file(house, ana)
    const change = randomUUID()
    return () => desk.call(changeReportCall, { id, change, category: 'voting.queue' })
  } },
  claimReport: { second: 'the same', prepare: async () => {
    const { report } = await received()
    return () => desk.call(claimReportCall, { id: report })
  } },
  handBackReport: { second: 'the same', prepare: async () => {
    const { report } = await received()
    await claim(desk, report)
    return () => desk.call(handBackReportCall, { id: report })
  } },
  giveVerdict: { second: 'the same', prepare: async () => {
    const { report } = await received()
    await claim(desk, report)
    const verdict = verdictOn(house, report)
    return () => desk.call(giveVerdictCall, verdict)
  } },
  reopen: { second: 'the same', prepare: async () => {
    const { report } = await verified()
    return () => desk.call(reopenCall, { id: report, round: 1, reason: 'The place is doubted.' })
  } },
  release: { second: 'the same', prepare: async () => {
    const sent = await releaseOf(desk, (await verified()).photo)
    return () => desk.call(releaseCall, sent)
  } },
  retract: { second: 'the same', prepare: async () => {
    const id = await release(desk, (await verified()).photo)
    return () => desk.call(retractCall, { id, reason: 'Wrong place' })
  } },
  makePasskey: { second: { problem: 'invalid_input', facts: 0 }, prepare: async () => {
    const carla = await house.person('coordinator')
    const passkey = newAuthenticator().make((await carla.call(beginPasskeyCall, { name: 'carla' })).reply, here(house))
    return () => carla.call(makePasskeyCall, { name: 'carla', passkey })
  } },
  removePasskey: { second: 'the same', prepare: async () => {
    const diego = await house.person('coordinator')
    const { key } = await givePasskey(house, diego, 'diego')
    return () => diego.call(removePasskeyCall, { id: key.id })
  } },
  // Another passphrase in place of the first, which is the same; its recovery codes were shown already.
  setPassphrase: { second: 'once more', prepare: async () => {
    const emma = await house.person('coordinator')
    const { reply: { secret } } = await emma.call(proposeTotpCall, { name: 'emma' })
    const code = codeOf(secret, house)
    return () => emma.call(setPassphraseCall, { name: 'emma', passphrase, secret, code })
  } },
  newRecoveryCodes: { second: 'once more', prepare: async () => {
    const fatima = await house.person('coordinator')
    return () => fatima.call(newRecoveryCodesCall, {})
  } },
  signInByPasskey: { second: { problem: 'not_allowed', facts: 0 }, prepare: async () => {
    const { key } = await givePasskey(house, await house.person('coordinator'), 'gloria')
    const passkey = key.use((await house.nobody.call(beginSignInCall, {})).reply, here(house))
    return () => house.nobody.call(signInByPasskeyCall, { passkey })
  } },
  signInByPassphrase: { second: { problem: 'not_allowed', facts: 0 }, prepare: async () => {
    const { secret } = await givePassphrase(house, await house.person('coordinator'), 'hector')
    const code = nextCode(secret, house)
    return () => signInAt(house, 'hector', code)
  } },
  signInByRecovery: { second: { problem: 'not_allowed', facts: 0 }, prepare: async () => {
    const { recoveryCodes: [recoveryCode = ''] } = await givePassphrase(house, await house.person('coordinator'), 'ines')
    return () => house.nobody.call(signInByRecoveryCall, { name: 'ines', recoveryCode })
  } },
  prove: { second: { problem: 'not_allowed', facts: 0 }, prepare: async () => {
    const julia = await house.person('coordinator')
    const { key } = await givePasskey(house, julia, 'julia')
    const passkey = key.use((await julia.call(beginProofCall, {})).reply, here(house))
    return () => julia.call(proveCall, { passkey })
  } },
  endMySignIn: { second: 'the same', prepare: async () => {
    const karla = await house.person('coordinator')
    const { key } = await givePasskey(house, karla, 'karla')
    const { reply } = await signedIn(house, await signInWith(house, key)).call(mySignInsCall, {})
    const id = reply.signIns.find((one) => one.here)?.id ?? ''
    return () => karla.call(endMySignInCall, { id })
  } },
  endSignIn: { second: 'the same', prepare: async () => {
    const luz = await house.person('coordinator')
    const session = (await luz.call(mySignInsCall, {})).reply.signIns[0]?.id ?? ''
    return () => lead.call(endSignInCall, { id: luz.id, session })
  } },
  endWays: { second: 'the same', prepare: async () => {
    const nora = await house.person('coordinator')
    await givePasskey(house, nora, 'nora')
    return () => lead.call(endWaysCall, { id: nora.id, passkey: null })
  } },
  knowSignIn: { second: 'the same', prepare: async () => {
    const mara = await house.person('coordinator')
    const id = (await mara.call(mySignInsCall, {})).reply.signIns[0]?.id ?? ''
    return () => mara.call(knowSignInCall, { id })
  } },
  makeToken: { second: 'once more', prepare: async () => {
    const sent = { id: uuid7(Date.parse(house.clock.now())), name: 'Hotline', owner: ana.id, contracts: ['fileByToken' as const], until: '2027-03-20T00:00:00.000Z' }
    return () => lead.call(makeTokenCall, sent)
  } },
  endToken: { second: 'the same', prepare: async () => {
    const { reply } = await lead.call(makeTokenCall, { id: uuid7(Date.parse(house.clock.now())), name: 'Hotline', owner: ana.id, contracts: ['fileByToken'], until: '2027-03-20T00:00:00.000Z' })
    return () => lead.call(endTokenCall, { id: reply.token.id })
  } },
  fileByToken: { second: 'the same', prepare: async () => {
    const { reply } = await lead.call(makeTokenCall, { id: uuid7(Date.parse(house.clock.now())), name: 'Hotline', owner: ana.id, contracts: ['fileByToken'], until: '2027-03-20T00:00:00.000Z' })
    const bytes = await picture()
    const report = { id: uuid7(Date.parse(house.clock.now())), category: 'voting.queue', severity: 'medium' as const, observedAt: house.clock.now(), words: 'A queue.', language: 'en' }
    return () => house.nobody.call(fileByTokenCall, report, { photos: [bytes], headers: { Authorization: `Bearer ${reply.text}` } })
  } },
  download: { second: 'once more', prepare: async () => {
    const id = await release(desk, (await verified()).photo)
    return () => press.call(downloadCall, { id, size: 'web' })
  } },
  correct: { second: 'the same', prepare: async () => {
    const { photo } = await verified()
    const { captions, alternatives, credit: line } = await releaseOf(desk, photo)
    const id = await release(desk, photo)
    return () => desk.call(correctCall, { id, of: 1, captions, alternatives: { ...alternatives, en: 'Ballots on a table.' }, credit: line, keptWords: [], wrong: 'The text for who does not see it.', right: 'Ballots lie on a table.' })
  } },
  use: { second: 'the same', prepare: async () => {
    const [id, use] = [await release(desk, (await verified()).photo), randomUUID()]
    return () => press.call(useCall, { id, use, place: 'Front page', link: 'https://paper.example/1', words: '' })
  } },
  takeBackUse: { second: 'the same', prepare: async () => {
    const [id, use] = [await release(desk, (await verified()).photo), randomUUID()]
    await press.call(useCall, { id, use, place: 'Front page', link: null, words: '' })
    return () => press.call(takeBackUseCall, { id, use })
  } },
  setEmbargo: { second: 'the same', prepare: async () => () => lead.call(setEmbargoCall, { until: null, statement: true }) },
  endEmbargo: { second: 'the same', prepare: async () => {
    const id = await release(desk, (await verified()).photo)
    return () => desk.call(endEmbargoCall, { id })
  } },
  // The second time nothing waits for it any more.
  statementOut: { second: { counts: 0 }, prepare: async () => () => lead.call(statementOutCall, {}) },
  // Each time it leaves the house is a fact of its own.
  exportAudit: { second: 'once more', prepare: async () => () => lead.call(exportAuditCall, { format: 'csv', group: 'verdict' }) },
  confirmNotice: { second: 'the same', prepare: async () => {
    const id = await release(desk, (await verified()).photo)
    await press.call(downloadCall, { id, size: 'web' })
    await desk.call(retractCall, { id, reason: 'A face can be seen' })
    const notice = (await press.call(noticesCall, {})).reply.notices.at(-1)?.id ?? ''
    return () => press.call(confirmNoticeCall, { id: notice })
  } },
  // Last: with the mission its observers are out.
  closeMission: { second: 'the same', prepare: async () => () => lead.call(closeMissionCall, { name: 'Misión de prueba' }) },
  reopenMission: { second: 'the same', prepare: async () => () => lead.call(reopenMissionCall, {}) },
}

/** The hour of the server is no part of what was asked for. */
const timeless = (reply: unknown) => (typeof reply === 'object' && reply !== null ? { ...reply, serverTime: null } : reply)

it('[R111] each call that writes has its line', () => {
  expect(Object.keys(lines).sort()).toEqual(house.doors.contracts.filter(({ kind }) => kind === 'writes').map(({ name }) => name).sort())
})

it.each(Object.entries(lines))('[R111] %s, sent twice', async (_, { prepare, second, at = () => house }) => {
  const { engine, picturesDone } = at()
  const send = await prepare()
  await picturesDone()
  const first = await send()
  expect(first.problem).toBeNull()
  await picturesDone()
  const { number } = engine.head()
  const again = await send()
  await picturesDone()
  const moved = engine.head().number - number
  if (typeof second === 'object' && 'counts' in second) return expect([again.status, moved]).toEqual([first.status, second.counts])
  if (second === 'once more') expect([again.status, again.problem, moved]).toEqual([first.status, null, 1])
  else if (second === 'the same') expect([again.status, timeless(again.reply), moved]).toEqual([first.status, timeless(first.reply), 0])
  else expect([again.problem?.problem, moved]).toEqual([second.problem, second.facts])
})
