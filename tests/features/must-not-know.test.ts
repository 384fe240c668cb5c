import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportAuditCall } from '../../shared/audit.ts'
import { giveVerdictCall } from '../../shared/verification.ts'
import { endEmbargoes } from '../../server/features/embargo/actions.ts'
import { claim, judge, release, setRules, setUp, verdictOn, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { everythingFor } from '../support/sweep.ts'

// Each setting that keeps something from somebody, seen by the person who must not know: every payload, list, count, history, file, export, the socket and catching up. With it, that whoever may know
// finds it by the same reading, so that nothing is kept by the reading alone.

let house: TestHouse
let ana: Caller
let [carla, diego, elena]: Caller[] = []
let press: Caller
let lead: Caller
let seed = 41_000

beforeAll(async () => {
  house = await startHouse({ figures: { personCalls: 1_000_000 } })
  ana = await house.person('observer', { name: 'Ana Canaria', organisation: 'Network Canary' })
  ;[carla, diego, elena] = [await house.person('coordinator', { name: 'Carla', organisation: 'Network B' }), await house.person('coordinator', { name: 'Diego', organisation: 'Delegation C' }), await house.person('coordinator', { name: 'Elena', organisation: 'Network Canary' })]
  ;[press, lead] = [await house.person('press', { name: 'Paula' }), await house.person('lead', { name: 'Lidia', organisation: 'Delegation D' })]
  await setUp(house, lead)
})
afterAll(() => house.stop())

const someone = (caller: Caller | undefined): Caller => caller ?? house.nobody
/** What a person reads, and what they take out of the house, if they may. */
async function known(caller: Caller, ids: readonly string[]): Promise<string> {
  const texts = [await everythingFor(house, caller, ids)]
  if (caller.role === 'lead') for (const format of ['csv', 'jsonl'] as const) texts.push(await (await lead.fetch((await lead.call(exportAuditCall, { format })).reply.address)).text())
  return texts.join('\n')
}
const found = (text: string, secrets: readonly string[]) => secrets.filter((secret) => text.includes(secret))

describe('[R186] an open first verdict', () => {
  it.each([['two pairs of eyes', { eyes: 2 }], ['two pairs of eyes, of another organisation', { eyes: 2, otherOrganisation: true }], ['two pairs of eyes, and the releaser none of them', { eyes: 2, releaserNotVerifier: true }]] as const)('with %s: its words, reason and id are read by its giver alone, until the round is closed', async (_, rules) => {
    await setRules(lead, rules)
    const { id } = await file(house, ana)
    const verdict = verdictOn(house, id, { outcome: 'false', reasons: ['explained_by_rule'], words: `Canary verdict ${seed++}` })
    await claim(someone(carla), id)
    expect((await someone(carla).call(giveVerdictCall, verdict)).status).toBe(201)
    const secrets = [verdict.verdict, verdict.words]
    const ids = [id, verdict.verdict, someone(carla).id]
    expect(found(await known(someone(carla), ids), secrets)).toEqual(secrets)
    for (const viewer of [diego, elena, lead, press, ana].map(someone)) expect([viewer.role, viewer.id, found(await known(viewer, ids), secrets)]).toEqual([viewer.role, viewer.id, []])
    await judge(house, someone(diego), id, { outcome: 'false', reasons: ['hearsay'] })
    expect(found(await known(lead, ids), secrets)).toEqual(secrets)
    for (const viewer of [press, ana]) expect(found(await known(viewer, ids), secrets)).toEqual([])
  })
})

describe('[R186] an embargo', () => {
  it('keeps a picture from press until it ends: its id, texts and place in nothing that press can read; the observer reads of it nothing at all', async () => {
    await setRules(lead, { eyes: 1 })
    const until = new Date(Date.parse(house.clock.now()) + 20 * 60_000).toISOString()
    const { report, photo } = await verifiedPicture(house, ana, [someone(carla)], seed++, { station: 'CE-03', table: null })
    const id = await release(someone(diego), photo, { embargo: { until, statement: false }, alternatives: { es: 'Un canario en la mesa.', en: 'A canary on the table.' } })
    const [secrets, ids] = [[id, 'Un canario en la mesa', 'A canary on the table', 'San Miguel'], [id, report, photo]]
    expect(found(await known(press, ids), secrets)).toEqual([])
    expect(found(await known(ana, ids), secrets.slice(0, 3))).toEqual([])
    expect(found(await known(someone(carla), ids), secrets)).toEqual(secrets)
    house.clock.forward(21 * 60_000)
    await endEmbargoes(house.engine)
    expect(found(await known(press, ids), secrets)).toEqual(secrets)
  })
})

describe('[R186] press', () => {
  it('reads of a released picture neither who observed, nor the report, nor whoever of the desk had it, nor where and when more closely', async () => {
    await setRules(lead, { eyes: 1, releaserNotVerifier: true })
    const observedAt = '2027-02-28T19:17:43.219Z'
    const { report, photo } = await verifiedPicture(house, ana, [someone(carla)], seed++, { words: 'Canary words of the observer.', times: { observedAt, finishedAt: observedAt, zone: 'America/El_Salvador' }, position: { latitude: 13.5812, longitude: -89.2834, accuracyMetres: 4, ageSeconds: 1 } })
    const id = await release(someone(diego), photo)
    const secrets = ['Ana Canaria', ana.id, 'Network Canary', 'Canary words', 'CE-01', '77119', '13.58', '-89.28', '19:17', report, someone(carla).id, someone(diego).id]
    const text = await known(press, [id, report, photo, ana.id])
    expect(found(text, [id])).toEqual([id])
    expect(found(text, secrets)).toEqual([])
  })
})
