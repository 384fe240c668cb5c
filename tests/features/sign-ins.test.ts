import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import { meCall, setCheckingCall } from '../../shared/mission.ts'
import { changesCall } from '../../shared/live.ts'
import { inviteCall, joinCall, listPeopleCall, newLinkCall, retireCall } from '../../shared/people.ts'
import { takeOriginalCall } from '../../shared/photos.ts'
import { retractCall } from '../../shared/press.ts'
import { endMySignInCall, endSignInCall, endWaysCall, knowSignInCall, mySignInsCall, proveCall, beginProofCall, removePasskeyCall, signInByRecoveryCall, signInWaysCall, signInsOfCall, waysOfCall } from '../../shared/signin.ts'
import { endTokenCall } from '../../shared/tokens.ts'
import { cutAddresses } from '../../server/features/sessions/actions.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { credit, release, releaseOf, verifiedPicture } from '../support/desk.ts'
import { releaseCall } from '../../shared/press.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { listen, speaksOf } from '../support/sockets.ts'
import { deviceCookie, givePasskey, givePassphrase, here, nextCode, openFor, passphrase, signInAt, signInWith, signedIn } from '../support/staff.ts'

let house: TestHouse
let lead: Caller
const minute = 60_000
const due = { problem: 'not_allowed', fields: [{ path: 'session', reason: 'needs_proof' }] }
const invitation = () => ({ id: randomUUID(), name: 'Nadia', role: 'observer' as const, organisation: 'Delegation A', language: 'es' })

beforeAll(async () => {
  house = await startHouse()
  await openFor(house, await house.person('lead'))
})
beforeEach(async () => { lead = await house.person('lead', { name: 'Lidia' }) })
afterAll(() => house.stop())

describe('fresh proof', () => {
  it('[R161] is asked before people, settings and release where the last is fifteen minutes old; nothing is done before it, and the same call goes through after', async () => {
    const { key } = await givePasskey(house, lead, `lead-${lead.id.slice(-6)}`)
    house.clock.forward(15 * minute)
    const before = house.engine.head().number
    const asked = invitation()
    expect((await lead.call(inviteCall, asked)).problem).toEqual(due)
    expect((await lead.call(setCheckingCall, { credit, rules: { eyes: 2, otherOrganisation: false, releaserNotVerifier: false } })).problem).toEqual(due)
    expect((await lead.call(retireCall, { id: lead.id })).problem).toEqual(due)
    expect((await lead.call(endTokenCall, { id: lead.id })).problem).toEqual(due)
    expect(house.engine.head().number).toBe(before)
    expect((await lead.call(listPeopleCall, {})).status).toBe(200)
    const { reply } = await lead.call(beginProofCall, {})
    expect((await lead.call(proveCall, { passkey: key.use(reply, here(house)) })).problem).toBeNull()
    expect((await lead.call(inviteCall, asked)).status).toBe(201)
    house.clock.forward(14 * minute)
    expect((await lead.call(inviteCall, invitation())).status).toBe(201)
    house.clock.forward(minute)
    expect((await lead.call(inviteCall, invitation())).problem).toEqual(due)
  })

  it('[R161] stands before a release and before an original that is taken out, and not before taking a release back', async () => {
    const [judge, ana] = [await house.person('coordinator'), await house.person('observer')]
    const { photo } = await verifiedPicture(house, ana, [judge], 7001)
    const out = await release(judge, (await verifiedPicture(house, ana, [judge], 7002)).photo)
    const { secret } = await givePassphrase(house, judge, `judge-${judge.id.slice(-6)}`)
    const sent = await releaseOf(judge, photo)
    house.clock.forward(15 * minute)
    const before = house.engine.head().number
    expect((await judge.call(releaseCall, sent)).problem).toEqual(due)
    expect((await judge.call(takeOriginalCall, { id: photo })).problem).toEqual(due)
    expect(house.engine.head().number).toBe(before)
    expect((await judge.fetch(`/api/photos/${photo}/image?size=thumb`)).status).toBe(200)
    expect((await judge.call(retractCall, { id: out, reason: 'Wrong place' })).problem).toBeNull()
    expect((await judge.call(proveCall, { passphrase: { passphrase: 'something else', code: nextCode(secret, house) } })).problem).toEqual({ problem: 'not_allowed', fields: [{ path: '', reason: 'no_match' }] })
    expect((await judge.call(proveCall, { passphrase: { passphrase, code: nextCode(secret, house) } })).problem).toBeNull()
    expect((await judge.call(releaseCall, sent)).status).toBe(201)
    expect((await judge.call(takeOriginalCall, { id: photo })).status).toBe(200)
  })

  it('[R161] is given by the person alone: not by another\'s passkey, not by a challenge of another purpose, and no more than ten times wrongly', async () => {
    const [carla, diego] = [await house.person('coordinator'), await house.person('coordinator')]
    const { key } = await givePasskey(house, carla, `carla-${carla.id.slice(-6)}`)
    const other = await givePasskey(house, diego, `diego-${diego.id.slice(-6)}`)
    const ask = async () => (await carla.call(beginProofCall, {})).reply
    expect((await carla.call(proveCall, { passkey: other.key.use(await ask(), here(house)) })).status).toBe(403)
    expect((await carla.call(proveCall, { passkey: key.use((await diego.call(beginProofCall, {})).reply, here(house)) })).status).toBe(403)
    expect((await carla.call(proveCall, {})).status).toBe(403)
    const wrong = await Promise.all(Array.from({ length: 20 }, () => carla.call(proveCall, { recoveryCode: 'AAAABBBBCCCCDDDD' })))
    expect(wrong.filter(({ status }) => status === 429)).toHaveLength(13)
  })

  it('[R168] is asked of nobody while the mission is being set up; whoever has no way to sign in makes one first, and in an exercise is not asked', async () => {
    house.clock.forward(20 * minute)
    expect((await lead.call(inviteCall, invitation())).problem).toEqual(due)
    // The first way is made from the session alone, and is a proof.
    const { set } = await givePassphrase(house, lead, `first-${lead.id.slice(-6)}`)
    expect(set.problem).toBeNull()
    expect((await lead.call(inviteCall, invitation())).status).toBe(201)
    // From then on it takes one to change any.
    house.clock.forward(20 * minute)
    expect((await givePassphrase(house, lead, `first-${lead.id.slice(-6)}`)).set.problem).toEqual(due)
    expect((await givePasskey(house, lead, `first-${lead.id.slice(-6)}`)).made.problem).toEqual(due)

    for (const [exercise, open] of [[false, false], [true, true]] as const) {
      const other = await startHouse({ exercise })
      try {
        const first = await other.person('lead')
        if (open) await openFor(other, first)
        other.clock.forward(20 * minute)
        expect((await first.call(inviteCall, invitation())).status).toBe(201)
        if (exercise) {
          await givePasskey(other, first, 'first')
          other.clock.forward(20 * minute)
          expect((await first.call(inviteCall, invitation())).problem).toEqual(due)
        }
      } finally {
        await other.stop()
      }
    }
  })
})

describe('sign-ins', () => {
  const chrome = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36'

  it('[R163] are listed with device, place and last use, to oneself and to leads; the address is cut to its network after a day', async () => {
    const carla = await house.person('coordinator')
    const { recoveryCodes: [code = ''] } = await givePassphrase(house, carla, `carla-${carla.id.slice(-6)}`)
    const answer = await house.nobody.call(signInByRecoveryCall, { name: `carla-${carla.id.slice(-6)}`, recoveryCode: code }, { headers: { 'User-Agent': chrome } })
    const phone = signedIn(house, answer)
    const mine = (await phone.call(mySignInsCall, {})).reply.signIns
    expect(mine.map(({ device, here }) => [device, here])).toEqual([['Chrome · Android', true], ['', false]])
    expect(mine[0]?.address).toBe('127.0.0.1')
    expect((await lead.call(signInsOfCall, { id: carla.id })).reply.signIns.map(({ id, here }) => [id, here])).toEqual(mine.map(({ id }) => [id, false]))
    expect((await lead.call(signInsOfCall, { id: randomUUID() })).problem).toEqual({ problem: 'not_found' })
    house.clock.forward(24 * 60 * minute)
    await house.engine.write({ kind: 'clock' }, cutAddresses)
    expect(await house.db.readers.selectFrom('sessions').select('address').where('id', '=', mine[0]?.id ?? '').execute()).toEqual([{ address: '127.0.0.0/24' }])
    expect(await house.db.readers.selectFrom('sessions').select('address').where('address', '=', '127.0.0.1').execute()).toEqual([])
  })

  it('[R163] are ended one by one, by oneself and by leads, and the sockets in the same call; never another\'s, nor under another\'s name', async () => {
    const [carla, diego] = [await house.person('coordinator'), await house.person('coordinator')]
    const { key } = await givePasskey(house, carla, `carla-${carla.id.slice(-6)}`)
    const second = signedIn(house, await signInWith(house, key))
    const third = signedIn(house, await signInWith(house, key))
    const idOf = async (caller: Caller) => (await caller.call(mySignInsCall, {})).reply.signIns.find(({ here }) => here)?.id ?? ''
    const [firstId, secondId, thirdId] = [await idOf(carla), await idOf(second), await idOf(third)]
    const [one, two] = [await listen(house, second), await listen(house, third)]
    expect((await diego.call(endMySignInCall, { id: secondId })).problem).toEqual({ problem: 'not_found' })
    expect((await lead.call(endSignInCall, { id: diego.id, session: secondId })).problem).toEqual({ problem: 'not_found' })
    expect((await carla.call(endMySignInCall, { id: secondId })).problem).toBeNull()
    await one.untilEnded()
    expect((await second.call(meCall, {})).status).toBe(401)
    expect((await lead.call(endSignInCall, { id: carla.id, session: thirdId })).problem).toBeNull()
    await two.untilEnded()
    expect((await third.call(meCall, {})).status).toBe(401)
    expect((await carla.call(mySignInsCall, {})).reply.signIns.map(({ id }) => id)).toEqual([firstId])
  })

  it('[R146] a lead ends a lost passkey of another, and wherever that person is signed in; the others sign in as before, and both the leads and the person are told', async () => {
    const [carla, other] = [await house.person('coordinator', { name: 'Carla Ejemplo' }), await house.person('lead')]
    const { key: lost } = await givePasskey(house, carla, `carla-${carla.id.slice(-6)}`)
    const { key: kept } = await givePasskey(house, carla, `carla-${carla.id.slice(-6)}`)
    const found = signedIn(house, await signInWith(house, lost))
    const room = await listen(house, found)
    expect((await lead.call(waysOfCall, { id: carla.id })).reply).toMatchObject({ passkeys: [{ id: lost.id, here: true }, { id: kept.id }], passphraseSince: null, recoveryCodesLeft: 10 })
    const before = house.engine.head().number
    expect((await lead.call(endWaysCall, { id: carla.id, passkey: lost.id })).problem).toBeNull()
    await room.untilEnded()
    for (const caller of [found, carla]) expect((await caller.call(meCall, {})).status).toBe(401)
    expect((await signInWith(house, lost)).problem).toEqual({ problem: 'not_allowed', fields: [{ path: '', reason: 'no_match' }] })
    const back = signedIn(house, await signInWith(house, kept))
    const told = (await back.call(signInWaysCall, {})).reply
    expect([told.passkeys.map(({ id }) => id), told.ended]).toEqual([[kept.id], { what: 'passkey', by: 'Lidia', at: expect.any(String) as string }])
    const { things } = (await other.call(changesCall, { since: before })).reply
    expect(things.filter(({ kind }) => kind === 'notice')).toMatchObject([{ what: 'passkey_ended', id: carla.id, name: 'Carla Ejemplo', by: { id: lead.id, name: 'Lidia' } }])
    // Who is told of another's is not told of their own, and nobody is told for ever.
    expect((await other.call(signInWaysCall, {})).reply.ended).toBeNull()
    house.clock.forward(30 * 24 * 60 * minute)
    expect((await signedIn(house, await signInWith(house, kept)).call(signInWaysCall, {})).reply.ended).toBeNull()
  })

  it('[R146] or all that another signs in with, the passphrase\'s secrets too; from then on only a link lets them in', async () => {
    const carla = await house.person('press')
    const name = `carla-${carla.id.slice(-6)}`
    const { secret, recoveryCodes: [code = ''] } = await givePassphrase(house, carla, name)
    const { key } = await givePasskey(house, carla, name)
    expect((await lead.call(endWaysCall, { id: carla.id, passkey: null })).problem).toBeNull()
    const refused = { problem: 'not_allowed', fields: [{ path: '', reason: 'no_match' }] }
    expect((await signInWith(house, key)).problem).toEqual(refused)
    expect((await signInAt(house, name, nextCode(secret, house))).problem).toEqual(refused)
    expect((await house.nobody.call(signInByRecoveryCall, { name, recoveryCode: code })).problem).toEqual(refused)
    expect(await house.db.readers.selectFrom('passphraseSecrets').selectAll().where('totp', '=', secret).execute()).toEqual([])
    expect((await lead.call(waysOfCall, { id: carla.id })).reply).toEqual({ name, passkeys: [], passphraseSince: null, recoveryCodesLeft: 0 })
    const { reply: { link } } = await lead.call(newLinkCall, { id: carla.id })
    const back = signedIn(house, await house.nobody.call(joinCall, { token: link.split('#')[1] ?? '' }))
    expect((await back.call(signInWaysCall, {})).reply).toMatchObject({ passkeys: [], ended: { what: 'all', by: 'Lidia' } })
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  it('[R146] never one\'s own, another\'s under a wrong name, without fresh proof, or by who is no lead: nothing is done', async () => {
    const [carla, diego] = [await house.person('coordinator'), await house.person('coordinator')]
    const { key } = await givePasskey(house, carla, `carla-${carla.id.slice(-6)}`)
    const { key: own } = await givePasskey(house, lead, `lead-${lead.id.slice(-6)}`)
    const before = house.engine.head().number
    expect((await lead.call(endWaysCall, { id: lead.id, passkey: own.id })).problem).toEqual({ problem: 'not_allowed' })
    expect((await lead.call(endWaysCall, { id: diego.id, passkey: key.id })).problem).toEqual({ problem: 'not_found' })
    expect((await lead.call(endWaysCall, { id: carla.id, passkey: 'AAAA' })).problem).toEqual({ problem: 'not_found' })
    for (const caller of [diego, carla]) {
      expect((await caller.call(endWaysCall, { id: carla.id, passkey: null })).problem).toEqual({ problem: 'not_allowed' })
      expect((await caller.call(waysOfCall, { id: carla.id })).problem).toEqual({ problem: 'not_allowed' })
    }
    house.clock.forward(15 * minute)
    expect((await lead.call(endWaysCall, { id: carla.id, passkey: key.id })).problem).toEqual(due)
    expect(house.engine.head().number).toBe(before)
    expect((await signInWith(house, key)).status).toBe(201)
  })

  it('[R163] leads see who of the staff could not come back', async () => {
    const [carla, ana] = [await house.person('coordinator'), await house.person('observer')]
    const seen = async (id: string) => (await lead.call(listPeopleCall, {})).reply.people.find((one) => one.id === id)?.hasSignIn
    expect([await seen(carla.id), await seen(ana.id)]).toEqual([false, null])
    const { key } = await givePasskey(house, carla, `carla-${carla.id.slice(-6)}`)
    expect(await seen(carla.id)).toBe(true)
    await carla.call(removePasskeyCall, { id: key.id })
    expect(await seen(carla.id)).toBe(false)
  })

  it('[R164] from another browser than before are told as new, until the person says that it was them', async () => {
    const carla = await house.person('coordinator')
    const { key } = await givePasskey(house, carla, `carla-${carla.id.slice(-6)}`)
    const first = await signInWith(house, key)
    const own = signedIn(house, first)
    const isNew = async () => (await own.call(mySignInsCall, {})).reply.signIns.filter(({ newDevice }) => newDevice).map(({ id }) => id)
    expect(await isNew()).toEqual([])
    await house.nobody.call(meCall, {})
    const { secret } = await givePassphrase(house, own, `carla-${carla.id.slice(-6)}`)
    await signInAt(house, `carla-${carla.id.slice(-6)}`, nextCode(secret, house), { headers: { Cookie: deviceCookie(first) } })
    expect(await isNew()).toEqual([])
    await signInWith(house, key)
    const [found = ''] = await isNew()
    expect(found).not.toBe('')
    expect((await (await house.person('coordinator')).call(knowSignInCall, { id: found })).problem).toEqual({ problem: 'not_found' })
    expect((await own.call(knowSignInCall, { id: found })).problem).toBeNull()
    expect(await isNew()).toEqual([])
  })

  it('[R165] an open socket alone is a sign of life: a shift of sixteen hours with nothing touched is not signed out; eighteen hours end it, and the socket', async () => {
    const [carla, away] = [await house.person('coordinator'), await house.person('coordinator')]
    const room = await listen(house, carla)
    const quarters = async (count: number) => {
      for (let quarter = 0; quarter < count; quarter += 1) {
        house.clock.forward(15 * minute)
        await house.hub.lookAround()
        await house.engine.idle()
      }
    }
    await quarters(16 * 4)
    expect(room.socket.connected).toBe(true)
    expect((await away.call(meCall, {})).status).toBe(401)
    // Not only open: it is told what comes.
    const { id } = await file(house, await house.person('observer'))
    await room.until(speaksOf(id))
    expect((await carla.call(meCall, {})).status).toBe(200)
    await quarters(2 * 4)
    await room.untilEnded()
    expect((await carla.call(meCall, {})).status).toBe(401)
  })

  it('[R165] a shift of sixteen hours on an open screen is not signed out, an hour without any sign is', async () => {
    const [carla, away] = [await house.person('coordinator'), await house.person('coordinator')]
    for (let quarters = 0; quarters < 16 * 4; quarters += 1) {
      house.clock.forward(15 * minute)
      // A call is a sign of life, as an open socket is; it is written down beside the request.
      expect((await carla.call(meCall, {})).status).toBe(200)
      await house.engine.idle()
    }
    expect((await away.call(meCall, {})).status).toBe(401)
    expect((await carla.call(mySignInsCall, {})).reply.signIns).toHaveLength(1)
    house.clock.forward(2 * 60 * minute)
    expect((await carla.call(meCall, {})).status).toBe(401)
  })
})
