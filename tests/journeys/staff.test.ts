import { Secret, TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inviteCall } from '../../shared/people.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { openShell, desktop, faultsOf } from '../support/browser.ts'
import { verifiedPicture } from '../support/desk.ts'
import { joinAt, untilLive } from '../support/desk-pages.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, Clock, TestHouse } from '../support/house.ts'
import { openFor } from '../support/staff.ts'

// Staff sign in, in a real Chromium with a virtual authenticator: it holds real keys and signs as a phone's or a computer's own does.

let ahead = 0
const clock: Clock = { now: () => new Date(Date.now() + ahead).toISOString(), set: () => undefined, forward: (milliseconds) => { ahead += milliseconds } }
const minute = 60_000
const words = 'siete barcas en el lempa'

let house: TestHouse
let browser: Browser
let lead: Caller

beforeAll(async () => {
  ;[house, browser] = [await startHouse({ clock }), await openShell()]
  lead = await house.person('lead', { name: 'Lidia' })
  await openFor(house, lead)
})
afterAll(async () => {
  await browser.close()
  await house.stop()
})

const linkOf = async (role: 'coordinator' | 'press' | 'lead', name: string): Promise<string> => {
  const boss = await house.person('lead')
  const { reply } = await boss.call(inviteCall, { id: uuid7(Date.parse(house.clock.now())), name, role, organisation: 'Delegation B', language: 'en' })
  return `${house.address}${reply.link}`
}

type Desk = { context: BrowserContext; page: Page; faults: string[] }

/** A browser of somebody, whose device can hold passkeys. */
async function newDesk(options: { locale?: string } = {}): Promise<Desk> {
  const context = await browser.newContext({ ...desktop, locale: 'en-GB', ...options })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  return { context, page, faults: faultsOf(page) }
}

const codeFrom = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(house.clock.now()) })

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByText('You come back by “Sign in”').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

describe('staff', () => {
  it('[R156] a passkey is made after joining, and lets its person in again; the release asks for it once more, and goes on by itself', async () => {
    const { context, page, faults } = await newDesk()
    await joinAt(page, await linkOf('coordinator', 'Carla Ejemplo'), 'Join the mission')
    await page.getByRole('heading', { name: 'How you will sign in' }).waitFor()
    expect(await page.getByLabel('Sign-in name').inputValue()).toBe('carla')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    expect(await page.getByRole('region', { name: 'Your recovery codes' }).locator('code').count()).toBe(10)
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('10 recovery codes left').waitFor()
    await page.getByRole('link', { name: 'Go on' }).click()
    await untilLive(page)

    await signOut(page)
    await page.getByRole('button', { name: 'With a passkey' }).click()
    await untilLive(page)

    const ana = await house.person('observer')
    const judge = await house.person('coordinator')
    const { report, photo } = await verifiedPicture(house, ana, [judge], 88_001)
    clock.forward(16 * minute)
    await page.goto(`${house.address}/room/reports/${report}/release/${photo.slice(37)}`)
    for (const question of ['Is a voter or a minor recognisable?', 'Could a vote be linked to a person?', 'Could the observer be recognised?']) await page.getByRole('group', { name: question }).getByText('No', { exact: true }).click()
    await page.getByLabel('Alternative text, Spanish').fill('Papeletas sobre una mesa.')
    await page.getByLabel('Alternative text, English').fill('Ballot papers on a table.')
    await page.getByRole('button', { name: 'Release to press' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Release to press' }).click()
    const dialog = page.getByRole('dialog', { name: 'Show that it is you' })
    await dialog.waitFor()
    expect(await house.db.readers.selectFrom('releases').select('id').where('report', '=', report).execute()).toEqual([])
    await dialog.getByRole('button', { name: 'With a passkey' }).click()
    await page.getByRole('heading', { name: 'Released to press' }).waitFor()
    expect(await house.db.readers.selectFrom('releases').select('id').where('report', '=', report).execute()).toHaveLength(1)
    expect(faults).toEqual([])
    await context.close()
  })

  it('[R156] a passphrase with an app, by keys alone; a wrong guess says so and nothing more', async () => {
    const { context, page, faults } = await newDesk()
    await joinAt(page, await linkOf('press', 'Pía Ejemplo'), 'Join the mission')
    await page.getByRole('button', { name: 'Passphrase and app' }).click()
    const form = page.getByRole('form', { name: 'Passphrase and app' })
    await form.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
    const secret = (await form.getByText(/^Secret:/).innerText()).replace('Secret:', '').replace(/\s/g, '')
    await form.getByLabel('Passphrase').fill('password')
    await form.getByLabel('Code of your app').fill(codeFrom(secret))
    await page.keyboard.press('Enter')
    await form.getByText('This is easily guessed.').waitFor()
    await form.getByLabel('Passphrase').fill(words)
    await form.getByLabel('Code of your app').fill(codeFrom(secret))
    await page.keyboard.press('Enter')
    const codes = page.getByRole('region', { name: 'Your recovery codes' }).locator('code')
    await codes.first().waitFor()
    const recovery = await codes.first().innerText()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('link', { name: 'Go on' }).click()
    await untilLive(page)

    await signOut(page)
    await page.getByRole('button', { name: 'With a passphrase' }).click()
    const signIn = async (passphrase: string, code: string) => {
      await page.getByLabel('Sign-in name').fill('pia')
      await page.getByLabel('Passphrase').fill(passphrase)
      await page.getByLabel('Code of your app').fill(code)
      await page.keyboard.press('Enter')
    }
    await signIn('otra frase cualquiera', codeFrom(secret))
    await page.getByText('Name, passphrase or code is not right.').waitFor()
    clock.forward(31_000)
    await signIn(words, codeFrom(secret))
    await untilLive(page)

    await signOut(page)
    await page.getByRole('button', { name: 'With a recovery code' }).click()
    await page.getByLabel('Sign-in name').fill('pia')
    await page.getByLabel('Recovery code').fill(recovery)
    await page.keyboard.press('Enter')
    await untilLive(page)
    expect(faults).toEqual([])
    await context.close()
  })

  it('[R163] one\'s own sign-ins are listed; ending one closes its open page in the same moment, and a new one is told', async () => {
    const { context, page, faults } = await newDesk()
    await joinAt(page, await linkOf('lead', 'Delia Ejemplo'), 'Join the mission')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).waitFor()
    const recovery = await page.getByRole('region', { name: 'Your recovery codes' }).locator('code').first().innerText()

    const other = await newDesk()
    await other.page.goto(`${house.address}/signin?to=${encodeURIComponent('/room/')}`)
    await other.page.getByRole('button', { name: 'With a recovery code' }).click()
    await other.page.getByLabel('Sign-in name').fill('delia')
    await other.page.getByLabel('Recovery code').fill(recovery)
    await other.page.keyboard.press('Enter')
    await untilLive(other.page)

    await page.goto(`${house.address}/room/`)
    await page.getByText('New sign-in in your name: Chrome · Linux').waitFor()
    await page.goto(`${house.address}/signin/mine`)
    const line = page.locator('[data-sign-in]').filter({ hasText: 'new' })
    await line.getByRole('button', { name: 'End' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click()
    await other.page.getByText('Your session has ended').first().waitFor()
    await page.getByText('It has ended.').waitFor()
    expect(await page.locator('[data-sign-in]').count()).toBe(1)
    expect([...faults, ...other.faults]).toEqual([])
    await other.context.close()
    await context.close()
  })

  it('[R147] [R148] beside a name the browser proposes its passkey, which signs in when it is chosen; a browser that cannot is asked for nothing', async () => {
    const { context, page, faults } = await newDesk()
    await joinAt(page, await linkOf('press', 'Hilda Ejemplo'), 'Join the mission')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('link', { name: 'Go on' }).click()
    await untilLive(page)
    await signOut(page)
    // The virtual device chooses at once what a person would choose from the list below the name.
    await page.getByRole('button', { name: 'With a passphrase' }).click()
    await untilLive(page)

    // The same menu leads to one's own sign-ins.
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('menuitem', { name: 'Your sign-ins' }).click()
    await page.locator('[data-sign-in]').first().waitFor()
    await page.getByRole('link', { name: 'Go on' }).click()
    await untilLive(page)

    await page.addInitScript(() => Reflect.deleteProperty(PublicKeyCredential, 'isConditionalMediationAvailable'))
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await signOut(page)
    await page.getByRole('button', { name: 'With a passphrase' }).click()
    await page.getByLabel('Sign-in name').fill('hilda')
    await page.getByRole('button', { name: 'With a passkey' }).click()
    expect(asked).not.toContain('/api/sign-in/begin')
    await page.getByRole('button', { name: 'With a passkey' }).click()
    await untilLive(page)
    expect(asked).toContain('/api/sign-in/begin')
    expect(faults).toEqual([])
    await context.close()
  })

  it('[R146] a lead ends the lost passkey of another: what is signed in closes, the key opens nothing, and the person reads of it', async () => {
    const { context, page, faults } = await newDesk()
    await joinAt(page, await linkOf('coordinator', 'Fátima Ejemplo'), 'Join the mission')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    const recovery = await page.getByRole('region', { name: 'Your recovery codes' }).locator('code').first().innerText()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('link', { name: 'Go on' }).click()
    await untilLive(page)

    const boss = await newDesk()
    await joinAt(boss.page, await linkOf('lead', 'Gloria Ejemplo'), 'Join the mission')
    await boss.page.getByRole('button', { name: 'Make a passkey' }).click()
    await boss.page.getByRole('button', { name: 'I have kept them' }).click()
    await boss.page.goto(`${house.address}/room/people`)
    await boss.page.getByRole('button', { name: 'What to do with Fátima Ejemplo' }).click()
    await boss.page.getByRole('menuitem', { name: 'Sign-ins and passkeys' }).click()
    await boss.page.getByRole('button', { name: 'End this passkey' }).click()
    await boss.page.getByRole('dialog', { name: 'End this passkey of Fátima Ejemplo?' }).getByRole('button', { name: 'End this passkey' }).click()
    await boss.page.getByText('Ended. Fátima Ejemplo is signed out everywhere.').waitFor()
    await boss.page.getByText('Nowhere at the moment.').waitFor()

    await page.getByText('Your session has ended').first().waitFor()
    await page.goto(`${house.address}/signin?to=${encodeURIComponent('/room/')}`)
    await page.getByRole('button', { name: 'With a passkey' }).click()
    await page.getByText('Name, passphrase or code is not right.').waitFor()
    await page.getByRole('button', { name: 'With a recovery code' }).click()
    await page.getByLabel('Sign-in name').fill('fatima')
    await page.getByLabel('Recovery code').fill(recovery)
    await page.keyboard.press('Enter')
    await untilLive(page)
    await page.getByText('A passkey of yours was ended by Gloria Ejemplo').waitFor()
    await page.getByRole('button', { name: 'I know' }).click()
    await page.getByText('A passkey of yours was ended').waitFor({ state: 'detached' })
    expect([...faults, ...boss.faults]).toEqual([])
    await boss.context.close()
    await context.close()
  })

  it('[R156] passkeys work at the sample\'s own hosts, each host for itself', async () => {
    const { context, page } = await newDesk()
    const at = (address: string) => address.replace('//localhost', '//delia.localhost').replace('//127.0.0.1', '//delia.localhost')
    await joinAt(page, at(await linkOf('coordinator', 'Elena Ejemplo')), 'Join the mission')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('link', { name: 'Go on' }).click()
    await untilLive(page)
    await signOut(page)
    await page.getByRole('button', { name: 'With a passkey' }).click()
    await untilLive(page)
    await page.goto(`${house.address}/signin`)
    await page.getByRole('button', { name: 'With a passkey' }).click()
    await page.getByText('The browser did not finish it').waitFor()
    await context.close()
  })
})
