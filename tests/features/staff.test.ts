import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leaveCall, meCall } from '../../shared/mission.ts'
import { retireCall } from '../../shared/people.ts'
import { beginPasskeyCall, beginSignInCall, makePasskeyCall, newRecoveryCodesCall, proposeTotpCall, removePasskeyCall, setPassphraseCall, signInByPasskeyCall, signInByRecoveryCall, signInWaysCall } from '../../shared/signin.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { newAuthenticator } from '../support/authenticator.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { codeOf, deviceCookie, givePasskey, givePassphrase, here, nextCode, openFor, passphrase, signInAt, signInWith, signedIn } from '../support/staff.ts'

let house: TestHouse
let lead: Caller
const mismatch = { problem: 'not_allowed', fields: [{ path: '', reason: 'no_match' }] }

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead', { name: 'Lidia' })
  await openFor(house, lead)
})
afterAll(() => house.stop())

describe('a passkey', () => {
  it('[R156] is made by who is signed in, and signs in from then on; its session is another one', async () => {
    const carla = await house.person('coordinator', { name: 'Carla' })
    const { key, made } = await givePasskey(house, carla, 'Carla')
    expect(made.status).toBe(201)
    expect(made.reply.recoveryCodes).toHaveLength(10)
    const answer = await signInWith(house, key)
    expect([answer.status, answer.reply.person.name]).toEqual([201, 'Carla'])
    const again = signedIn(house, answer)
    expect(again.cookie).not.toBe(carla.cookie)
    expect((await again.call(meCall, {})).reply.person.id).toBe(carla.id)
    const ways = (await again.call(signInWaysCall, {})).reply
    expect(ways).toMatchObject({ name: 'carla', passkeys: [{ here: true }], passphraseSince: null, recoveryCodesLeft: 10 })
    expect(ways.passkeys[0]?.lastUsedAt).not.toBeNull()
  })

  it('[R156] opens nothing with another origin, another host, an old or used challenge, one of another purpose, another key, or without the person', async () => {
    const carla = await house.person('coordinator')
    const { key } = await givePasskey(house, carla, 'carla-two')
    const asked = async () => (await house.nobody.call(beginSignInCall, {})).reply
    const problemOf = async (passkey: ReturnType<typeof key.use>) => (await house.nobody.call(signInByPasskeyCall, { passkey })).problem
    const before = house.engine.head().number
    const right = here(house)
    expect(await problemOf(key.use(await asked(), { ...right, origin: 'https://veedor.example.org' }))).toEqual(mismatch)
    expect(await problemOf(key.use(await asked(), { ...right, host: 'veedor.example.org' }))).toEqual(mismatch)
    expect(await problemOf(key.use(await asked(), { ...right, verified: false }))).toEqual(mismatch)
    expect(await problemOf(key.use(await asked(), { ...right, type: 'webauthn.create' }))).toEqual(mismatch)
    expect(await problemOf(key.use({ options: { challenge: 'AAAA' } }, right))).toEqual(mismatch)
    expect(await problemOf(key.use((await carla.call(beginPasskeyCall, { name: 'carla-two' })).reply, right))).toEqual(mismatch)
    expect(await problemOf({ ...newAuthenticator().use(await asked(), right), id: key.id, rawId: key.id })).toEqual(mismatch)
    expect(await problemOf(newAuthenticator().use(await asked(), right))).toEqual(mismatch)
    const old = await asked()
    house.clock.forward(5 * 60_000)
    expect(await problemOf(key.use(old, right))).toEqual(mismatch)
    expect(house.engine.head().number).toBe(before)
    const once = await asked()
    expect((await house.nobody.call(signInByPasskeyCall, { passkey: key.use(once, right) })).status).toBe(201)
    expect(await problemOf(key.use(once, right))).toEqual(mismatch)
  })

  it('is nobody else\'s: neither made from another\'s challenge, nor taken over, nor removed', async () => {
    const [carla, diego] = [await house.person('coordinator'), await house.person('coordinator')]
    const { key } = await givePasskey(house, carla, 'carla-three')
    const { reply } = await carla.call(beginPasskeyCall, { name: 'carla-three' })
    expect((await diego.call(makePasskeyCall, { name: 'diego', passkey: newAuthenticator().make(reply, here(house)) })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'passkey', reason: 'does_not_agree' }] })
    const own = (await diego.call(beginPasskeyCall, { name: 'diego' })).reply
    expect((await diego.call(makePasskeyCall, { name: 'diego', passkey: key.make(own, here(house)) })).problem).toEqual({ problem: 'conflict' })
    expect((await diego.call(makePasskeyCall, { name: 'carla-three', passkey: newAuthenticator().make((await diego.call(beginPasskeyCall, { name: 'diego' })).reply, here(house)) })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'name', reason: 'taken' }] })
    expect((await diego.call(removePasskeyCall, { id: key.id })).problem).toEqual({ problem: 'not_found' })
    expect((await carla.call(removePasskeyCall, { id: key.id })).problem).toBeNull()
    expect((await signInWith(house, key)).problem).toEqual(mismatch)
  })
})

describe('a passphrase', () => {
  it('[R157] has eight characters or more and is none of the most used, nor one\'s name; nothing else is asked of it', async () => {
    const carla = await house.person('coordinator', { name: 'Guadalupe Ejemplo' })
    const { reply: { secret, address } } = await carla.call(proposeTotpCall, { name: 'lupita' })
    expect(new URL(address).searchParams.get('issuer')).toMatch(/^Veedor, \S/)
    const tried = async (words: string) => (await carla.call(setPassphraseCall, { name: 'lupita', passphrase: words, secret, code: codeOf(secret, house) })).problem?.fields ?? null
    expect(await tried('shortie')).toEqual([{ path: 'passphrase', reason: 'too_short' }])
    for (const words of ['password', 'Password1', 'qwertyuiop', '1234567890', 'guadalupe ejemplo', 'Guadalupe-Ejemplo 1', 'veedor2027']) expect([words, await tried(words)]).toEqual([words, [{ path: 'passphrase', reason: 'too_common' }]])
    expect((await carla.call(setPassphraseCall, { name: 'lupita', passphrase, secret, code: '000000' })).problem?.fields).toEqual([{ path: 'code', reason: 'not_this_code' }])
    expect(await tried('aaaa bbbb')).toBeNull()
    expect(await tried('ñandú y maíz 漢字')).toBeNull()
    const answer = await signInAt(house, 'LUPITA ', nextCode(secret, house), { words: 'n\u0303andu\u0301 y mai\u0301z 漢字' })
    expect(answer.status).toBe(201)
    expect((await carla.call(signInWaysCall, {})).reply).toMatchObject({ name: 'lupita', recoveryCodesLeft: 10 })
  })

  it('[R156] signs in together with a code of now, which is good once; the one before is gone with a new one', async () => {
    const carla = await house.person('press')
    const { secret } = await givePassphrase(house, carla, 'pia')
    expect((await signInAt(house, 'pia', codeOf(secret, house))).problem).toEqual(mismatch)
    const code = nextCode(secret, house)
    expect((await signInAt(house, 'pia', code)).status).toBe(201)
    expect((await signInAt(house, 'pia', code)).problem).toEqual(mismatch)
    house.clock.forward(-90_000)
    const old = codeOf(secret, house)
    house.clock.forward(90_000 + 60_000)
    expect((await signInAt(house, 'pia', old)).problem).toEqual(mismatch)
    const next = await givePassphrase(house, carla, 'pia', 'eight boats on the lempa')
    expect(next.recoveryCodes).toEqual([])
    expect((await signInAt(house, 'pia', nextCode(next.secret, house))).problem).toEqual(mismatch)
    expect((await signInAt(house, 'pia', nextCode(next.secret, house), { words: 'eight boats on the lempa' })).status).toBe(201)
    expect(await house.db.readers.selectFrom('passphraseSecrets').selectAll().where('totp', '=', secret).execute()).toEqual([])
  })

  it('[R159] an unknown account is answered to the byte as a known one, after the same work', async () => {
    const carla = await house.person('coordinator')
    const { secret } = await givePassphrase(house, carla, 'rosa')
    const { passphrases } = house.doors.secrets
    const bodies: string[] = []
    for (const [name, words] of [['nobody-here', passphrase], ['rosa', 'not the right one'], ['rosa', passphrase]] as const) {
      const before = passphrases.runs()
      const response = await house.nobody.fetch('/api/sign-in/passphrase', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name, passphrase: words, code: '000000' }) })
      bodies.push(`${response.status} ${[...response.headers.keys()].sort().join()} ${await response.text()}`)
      expect(passphrases.runs() - before).toBe(1)
    }
    expect(new Set(bodies).size).toBe(1)
    expect((await signInAt(house, 'rosa', nextCode(secret, house))).status).toBe(201)
  })

  it('[R160] is slowed from the sixth wrong guess from there, however many come at once; its owner gets in on a known device, and with a passkey', async () => {
    const carla = await house.person('coordinator')
    const { secret } = await givePassphrase(house, carla, 'sara')
    const { key } = await givePasskey(house, carla, 'sara')
    house.clock.forward(16 * 60_000)
    const known = deviceCookie(await signInAt(house, 'sara', nextCode(secret, house)))
    const before = house.doors.secrets.passphrases.runs()
    const guesses = await Promise.all(Array.from({ length: 200 }, () => signInAt(house, 'sara', '000000', { words: 'a wrong guess of it' })))
    expect(guesses.filter(({ problem }) => problem?.problem === 'not_allowed')).toHaveLength(5)
    expect(guesses.filter(({ problem }) => problem?.problem === 'slow_down')).toHaveLength(195)
    expect(guesses.find(({ status }) => status === 429)?.problem?.retryAfterSeconds).toBeGreaterThan(800)
    expect(house.doors.secrets.passphrases.runs() - before).toBe(5)
    // Also the right words, from where was guessed; not from the owner's own browser.
    expect((await signInAt(house, 'sara', nextCode(secret, house))).problem?.problem).toBe('slow_down')
    expect((await signInAt(house, 'sara', nextCode(secret, house), { headers: { Cookie: known } })).status).toBe(201)
    expect((await signInWith(house, key)).status).toBe(201)
    // A device that was somebody else's, or nobody's, is none.
    expect((await signInAt(house, 'sara', nextCode(secret, house), { headers: { Cookie: `veedor-device=${'x'.repeat(43)}` } })).problem?.problem).toBe('slow_down')
    // Nor does one person's trouble reach another at the same address.
    const tomas = await house.person('coordinator')
    const other = await givePassphrase(house, tomas, 'tomas')
    expect((await signInAt(house, 'tomas', nextCode(other.secret, house))).status).toBe(201)
    house.clock.forward(15 * 60_000)
    expect((await signInAt(house, 'sara', nextCode(secret, house))).status).toBe(201)
  })

  it('[R160] many names from one address are slowed too', async () => {
    house.clock.forward(16 * 60_000)
    const answers = await Promise.all(Array.from({ length: 53 }, (_, at) => house.nobody.call(signInByRecoveryCall, { name: `name-${at}`, recoveryCode: 'AAAA-BBBB-CCCC-DDDD' })))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(3)
    house.clock.forward(16 * 60_000)
  })

  it('[R166] leaves nothing of itself in the journal: no words, no hash, no secret of the app, no recovery code', async () => {
    const carla = await house.person('coordinator')
    const { secret, recoveryCodes } = await givePassphrase(house, carla, 'vera', 'a canary in the coal mine 77')
    const { hash } = await house.db.readers.selectFrom('passphraseSecrets').selectAll().where('totp', '=', secret).executeTakeFirstOrThrow()
    const bodies = JSON.stringify(await house.db.readers.selectFrom('journalBodies').select('body').execute())
    for (const canary of ['a canary in the coal mine 77', hash, secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) expect(bodies).not.toContain(canary)
    const everything = JSON.stringify(await Promise.all((['sessions', 'recoveryCodes', 'passphrases', 'passphraseSecrets'] as const).map((table) => house.db.readers.selectFrom(table).selectAll().execute())))
    for (const canary of ['a canary in the coal mine 77', ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) expect(everything).not.toContain(canary)
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  it('[R167] changed behind the journal\'s back opens nothing', async () => {
    const [carla, mallory] = [await house.person('coordinator'), await house.person('coordinator')]
    const [own, hers] = [await givePassphrase(house, carla, 'wanda'), await givePassphrase(house, mallory, 'mallory', 'words of another person')]
    const { hash } = await house.db.readers.selectFrom('passphraseSecrets').selectAll().where('totp', '=', hers.secret).executeTakeFirstOrThrow()
    await house.db.writer.updateTable('passphraseSecrets').set({ hash, totp: hers.secret }).where('totp', '=', own.secret).execute()
    expect((await signInAt(house, 'wanda', nextCode(hers.secret, house), { words: 'words of another person' })).problem).toEqual(mismatch)
    expect((await signInAt(house, 'mallory', nextCode(hers.secret, house), { words: 'words of another person' })).status).toBe(201)
  })
})

describe('a recovery code', () => {
  it('[R158] signs in once, also where two come at the same time; new ones end those before', async () => {
    const carla = await house.person('coordinator')
    const { recoveryCodes: [first = '', second = '', third = ''] } = await givePassphrase(house, carla, 'xenia')
    const use = (recoveryCode: string, name = 'xenia') => house.nobody.call(signInByRecoveryCall, { name, recoveryCode })
    expect((await use(first.toLowerCase().replaceAll('-', ' '))).status).toBe(201)
    expect((await use(first)).problem).toEqual(mismatch)
    expect((await Promise.all([use(second), use(second)])).map(({ status }) => status).sort()).toEqual([201, 403])
    expect((await use(third, 'nobody-here')).problem).toEqual(mismatch)
    expect((await carla.call(signInWaysCall, {})).reply.recoveryCodesLeft).toBe(8)
    const { reply } = await carla.call(newRecoveryCodesCall, {})
    expect(reply.recoveryCodes).toHaveLength(10)
    expect((await use(third)).problem).toEqual(mismatch)
    expect((await use(reply.recoveryCodes[0] ?? '')).status).toBe(201)
  })
})

describe('signing in', () => {
  it('[R162] an old cookie opens nothing after signing out, nor after a new sign-in in the same browser', async () => {
    const carla = await house.person('coordinator')
    const { key } = await givePasskey(house, carla, 'yara')
    const next = signedIn(house, await signInWith(house, key, carla))
    expect((await carla.call(meCall, {})).status).toBe(401)
    expect((await next.call(meCall, {})).status).toBe(200)
    await next.call(leaveCall, {})
    expect((await next.call(meCall, {})).status).toBe(401)
  })

  it('[R162] ends with the person: who is removed has no way in, whatever they hold', async () => {
    const carla = await house.person('coordinator')
    const { secret, recoveryCodes } = await givePassphrase(house, carla, 'zaida')
    const { key } = await givePasskey(house, carla, 'zaida')
    await (await house.person('lead')).call(retireCall, { id: carla.id })
    expect((await signInAt(house, 'zaida', nextCode(secret, house))).problem).toEqual(mismatch)
    expect((await signInWith(house, key)).problem).toEqual(mismatch)
    expect((await house.nobody.call(signInByRecoveryCall, { name: 'zaida', recoveryCode: recoveryCodes[0] ?? '' })).problem).toEqual(mismatch)
  })
})
