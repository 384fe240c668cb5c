import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plugCall, restartServerCall, setNetworkCall } from '../../shared/plug.ts'
import type { Statement } from '../../shared/reports.ts'
import type { House } from '../../server/house.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { openWithPlug } from '../../server/sample/house.ts'
import { atFirstStation, phonePicture, setUp } from '../support/desk.ts'
import { openBrowser, pageOf, patient } from '../support/browser.ts'
import { callerOf, defaultPack, startHouse, wallClock } from '../support/house.ts'
import type { Caller } from '../support/house.ts'
import { said } from '../support/phone-page.ts'
import { statementOf } from '../support/reports.ts'
import { axeFaults } from '../support/screen-checks.ts'

let folder: string
let house: House
let desk: Caller
let others: Caller[]
let observer: Caller
let stated: Statement
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-plug-'))
  const data = join(folder, 'data')
  const before = await startHouse({ folder: data, exercise: true, clock: wallClock })
  await setUp(before, await before.person('lead'))
  const [one, two, three] = [await before.person('coordinator'), await before.person('coordinator'), await before.person('coordinator')]
  const other = await before.person('observer')
  for (const name of ['Peter Example', 'Rachel Example']) await before.person('observer', { name })
  const owner = await before.person('observer', { name: 'Simon Example' })
  stated = await statementOf(before, owner)
  await before.stop()
  const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }
  house = await openWithPlug({ config: { port: 0, host: '127.0.0.1', dataFolder: data, publicAddress: null, tls: null }, log: quiet, pack: await defaultPack(), exercise: true })
  const as = ({ id, role, cookie }: Caller) => callerOf({ address: house.address }, { id, role, token: cookie.replace(/^veedor=/, '') })
  ;[desk, observer, others] = [as(one), as(other), [as(two), as(three)]]
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await house.close()
  await rm(folder, { recursive: true, force: true })
})

const counts = (page: Page) => page.locator('[data-count-of]').evaluateAll((found) => found.map((one) => `${one.getAttribute('data-count-of')} ${one.getAttribute('data-reports')} ${one.getAttribute('data-photos')}`))

async function pictureOf(number: number): Promise<string> {
  const path = join(folder, `IMG_${number}.jpg`)
  await writeFile(path, await phonePicture(number, [1600, 1200]))
  return path
}

/** Files a report with this picture on the phone beside the room. */
async function fileOn(page: Page, path: string): Promise<void> {
  const phone = page.frameLocator('iframe').frameLocator('iframe')
  const chooser = page.waitForEvent('filechooser')
  await phone.getByRole('button', { name: 'Gallery', exact: true }).click(patient)
  await (await chooser).setFiles(path)
  await phone.locator('[data-category]').first().click(patient)
  await phone.getByRole('button', { name: 'Save', exact: true }).click(patient)
}

/** Each time from now on that the panel says that something is lost or doubled, however short. */
async function badlySaid(page: Page): Promise<string[]> {
  const said: string[] = []
  page.on('console', (message) => void (message.text().startsWith('said badly: ') && said.push(message.text())))
  await page.evaluate(() => {
    let before = ''
    const look = () => {
      const now = document.querySelector('[data-plug=bad]')?.textContent ?? ''
      if (now && now !== before) console.debug(`said badly: ${now}`)
      before = now
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-plug'] })
  })
  return said
}

/** Keeps the phone's next picture from being confirmed until the database has answered the panel, and that answer from the panel until it may arrive. */
async function answeredLate(page: Page): Promise<{ asked: Promise<void>; arrive: () => Promise<void> }> {
  const [complete, plug] = ['**/api/photos/*/complete', '**/api/plug']
  let [tellAsked, letArrive] = [() => {}, () => {}]
  const [asked, mayArrive] = [new Promise<void>((done) => { tellAsked = done }), new Promise<void>((done) => { letArrive = done })]
  let isSent = false
  let isAsked = false
  await page.route(complete, async (route) => {
    isSent = true
    await asked
    await route.continue()
  })
  await page.route(plug, async (route) => {
    if (!isSent || isAsked) return route.continue()
    isAsked = true
    const { reply } = await desk.call(plugCall, {})
    tellAsked()
    await mayArrive
    // The panel may have given up on it by now.
    await route.fulfill({ json: reply }).catch(() => undefined)
  })
  return {
    asked,
    arrive: async () => {
      letArrive()
      await page.unroute(complete)
      await page.unroute(plug)
    },
  }
}

describe('[R264] the sample’s plug', () => {
  test('[R428] [R463] a report is filed while the network is cut and the server restarts: phone, database and map find together, nothing lost, nothing doubled, and at no moment said to be; what is lost or doubled is counted', async () => {
    const path = await pictureOf(1)
    const address = house.address.replace('//localhost', '//ana.localhost')
    const { page, context, faults } = await pageOf(browser, { address }, desk, { at: '/room/plug', permissions: ['geolocation'], geolocation: { ...atFirstStation, accuracy: 12 } })
    const phone = page.frameLocator('iframe').frameLocator('iframe')
    const sentence = page.locator('[data-plug]')
    const file = () => fileOn(page, path)
    await page.locator('[data-plug=agree]').waitFor(patient)
    await file()
    await expect.poll(() => counts(page), patient).toEqual(['phone 1 1', 'database 1 1', 'map 1 1'])
    await sentence.getByText('All three agree: 1 report, 1 picture.').waitFor(patient)
    await sentence.getByText('0 lost, 0 doubled').waitFor(patient)

    // The phone tells at once that headquarters confirmed its picture, and an answer of the database that was given before is still on its way.
    const badly = await badlySaid(page)
    const late = await answeredLate(page)
    await file()
    await late.asked
    await page.locator('[data-plug=on_the_way]').getByText(/The counts are coming together|The server does not answer/).waitFor(patient)
    await late.arrive()
    await sentence.getByText('All three agree: 2 reports, 2 pictures.').waitFor(patient)
    expect(badly).toEqual([])

    // What is lost is said to be.
    const { report: lost, receivedAt } = await house.db.readers.selectFrom('photos').select(['report', 'receivedAt']).where('receivedAt', 'is not', null).orderBy('report').limit(1).executeTakeFirstOrThrow()
    const receive = (at: string | null) => house.db.writer.updateTable('photos').set({ receivedAt: at }).where('report', '=', lost).execute()
    await receive(null)
    await page.locator('[data-plug=bad]').getByText('1 lost, 0 doubled').waitFor(patient)
    await receive(receivedAt)
    await page.locator('[data-plug=agree]').waitFor(patient)
    badly.length = 0

    await page.getByText('Cut', { exact: true }).first().click()
    await page.locator('[data-wire=cut]').waitFor(patient)
    await file()
    await sentence.getByText('On the way: 1 report and 1 picture.').waitFor(patient)
    expect(await counts(page)).toEqual(['phone 3 3', 'database 2 2', 'map 2 2'])

    expect(await axeFaults(page)).toEqual([])

    await page.getByText('Open', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Restart the server' }).click()
    await expect.poll(() => counts(page), patient).toEqual(['phone 3 3', 'database 3 3', 'map 3 3'])
    await sentence.getByText('0 lost, 0 doubled').waitFor(patient)
    await page.locator('[data-plug=agree]').waitFor(patient)
    expect(badly).toEqual([])

    // What is said of a report later changes none of the counts, and is on its way all the same.
    await phone.locator('[data-report]').first().click(patient)
    const { turns: { withdrawal }, wrong } = said.en.late.amend
    await phone.getByRole('button', { name: wrong, exact: true }).click(patient)
    await page.getByText('Cut', { exact: true }).first().click()
    await page.locator('[data-wire=cut]').waitFor(patient)
    await phone.getByLabel(withdrawal.why).fill('It was the table beside it.')
    await phone.getByRole('dialog').getByRole('button', { name: withdrawal.action, exact: true }).click(patient)
    await page.locator('[data-plug=on_the_way]').getByText('On the way: 1 correction, addition or withdrawal.').waitFor(patient)
    expect(await counts(page)).toEqual(['phone 3 3', 'database 3 3', 'map 3 3'])
    await page.getByText('Open', { exact: true }).first().click()
    await page.locator('[data-plug=agree]').waitFor(patient)

    // Were the same report there twice, the panel would say so: two of the same moment come from the phone's own page, under its session.
    const twice = [uuid7(Date.now()), uuid7(Date.now() + 1)].map((id) => ({ id, body: JSON.stringify({ statement: JSON.stringify({ ...stated, id }), sentAt: stated.times.finishedAt }) }))
    const answers = await phone.locator('body').evaluate((_, sent) => Promise.all(sent.map(async ({ id, body }) => (await fetch(`/api/reports/${id}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status)), twice)
    expect(answers).toEqual([201, 201])
    await page.locator('[data-plug=bad]').getByText('0 lost, 1 doubled').waitFor(patient)
    expect(faults).toEqual([])
    await context.close()
  })

  test('[R443] opened first while the network is cut it says why the phone is empty and counts nothing of it; the phone loads by itself when the network opens', async () => {
    expect((await desk.call(setNetworkCall, { network: 'cut' })).status).toBe(200)
    const { page, context, faults } = await pageOf(browser, { address: house.address.replace('//localhost', '//bea.localhost') }, desk, { at: '/room/plug' })
    const phone = page.locator('[data-count-of=phone]')
    await page.getByText('The phone could not open').waitFor(patient)
    await page.locator('[data-plug=on_the_way]').getByText('Waiting for the phone to say what it holds').waitFor(patient)
    expect([await phone.getAttribute('data-reports'), await page.getByText('0 lost').count()]).toEqual([null, 0])
    await page.getByText('Open', { exact: true }).first().click()
    await page.frameLocator('iframe').frameLocator('iframe').getByRole('button', { name: 'Gallery', exact: true }).waitFor(patient)
    await page.locator('[data-unopened]').waitFor({ ...patient, state: 'detached' })
    await expect.poll(() => phone.getAttribute('data-reports'), patient).not.toBeNull()
    expect(faults).toEqual([])
    await context.close()
  })

  test('[R445] each desk has a phone of its own, which no other desk and no loading anew signs out: what it holds is sent, and each panel counts its own alone; [R449] a phone that nobody is signed in on says so, and is signed in from there', async () => {
    const opened = (who: Caller | undefined, name: string) => pageOf(browser, { address: house.address.replace('//localhost', `//${name}.localhost`) }, who ?? desk, { at: '/room/plug', permissions: ['geolocation'], geolocation: { ...atFirstStation, accuracy: 12 } })
    const network = (page: Page, state: string) => page.getByText(state, { exact: true }).first().click()
    const agree = async (page: Page, said: string) => {
      await page.locator('[data-plug=agree]').getByText(said).waitFor(patient)
      await page.locator('[data-plug=agree]').getByText('0 lost, 0 doubled').waitFor(patient)
    }
    const path = await pictureOf(2)
    const { page: one, ...first } = await opened(others[0], 'carla')
    await agree(one, 'All three agree: 0 reports, 0 pictures.')
    // Its app is kept: it opens without a network from now on.
    await one.frameLocator('iframe').frameLocator('iframe').locator('body').evaluate(() => navigator.serviceWorker.ready.then(() => null))
    const badly = await badlySaid(one)
    await network(one, 'Cut')
    await one.locator('[data-wire=cut]').waitFor(patient)
    await fileOn(one, path)
    await one.locator('[data-plug]').getByText('On the way: 1 report and 1 picture.').waitFor(patient)

    // Another desk opens the panel meanwhile, and this one loads it anew.
    const { page: two, ...second } = await opened(others[1], 'diego')
    await two.locator('[data-unopened=cut]').waitFor(patient)
    await one.reload()
    await one.locator('[data-plug]').getByText('On the way: 1 report and 1 picture.').waitFor(patient)
    await network(two, 'Open')
    await agree(one, 'All three agree: 1 report, 1 picture.')
    await agree(two, 'All three agree: 0 reports, 0 pictures.')
    await second.context.close()

    // The same desk in another browser takes the phone over: this one hears of it when it sends.
    const { reply: { port, path: page } } = await (others[0] ?? desk).call(plugCall, {})
    expect((await fetch(`http://127.0.0.1:${port}${page}`)).status).toBe(200)
    await fileOn(one, path)
    await one.locator('[data-plug=out]').getByText('Nobody is signed in on this phone').waitFor(patient)
    await one.getByRole('button', { name: 'Sign the phone in' }).click()
    await agree(one, 'All three agree: 2 reports, 2 pictures.')
    expect([badly, first.faults, second.faults]).toEqual([[], [], []])
    await first.context.close()
  })

  test('is nobody’s but the desk’s', async () => {
    for (const call of [plugCall, restartServerCall]) expect((await observer.call(call, {})).problem).toEqual({ problem: 'not_allowed' })
    expect((await observer.call(setNetworkCall, { network: 'cut' })).problem).toEqual({ problem: 'not_allowed' })
    const { reply: { port, path } } = await desk.call(plugCall, {})
    const found = async (at: string) => (await fetch(`http://127.0.0.1:${port}${at}`)).status
    expect([await found(path), await found(`${path}../plug.ts`), await found('/plug/other/')]).toEqual([200, 404, 404])
  })

  test('is in no mission that is real', async () => {
    const real = await startHouse()
    const lead = await real.person('lead')
    expect((await lead.call(plugCall, {})).problem).toEqual({ problem: 'not_found' })
    expect((await lead.call(setNetworkCall, { network: 'cut' })).problem).toEqual({ problem: 'not_found' })
    expect((await lead.call(restartServerCall, {})).problem).toEqual({ problem: 'not_found' })
    expect((await fetch(`${real.address}/room/`)).headers.get('content-security-policy')).not.toContain('frame-src')
    await real.stop()
  })

  test('[R418] is asked for by no room: the sample says that it has one, and another exercise that it has none', async () => {
    const other = await startHouse({ exercise: true, clock: wallClock })
    await setUp(other, await other.person('lead'))
    const coordinator = await other.person('coordinator')
    const settings = async (at: { address: string }, who: Caller) => {
      const { page, context, faults } = await pageOf(browser, at, who, { at: '/api/me' })
      const asked: string[] = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await page.goto(`${at.address}/room/`)
      await page.locator('[data-state=live]').waitFor(patient)
      await page.getByRole('button', { name: 'Settings' }).click(patient)
      const has = await page.getByRole('menuitem', { name: 'Pull the plug' }).isVisible()
      expect([asked.includes('/api/plug'), faults]).toEqual([false, []])
      await context.close()
      return has
    }
    expect([await settings({ address: house.address.replace('//localhost', '//ana.localhost') }, desk), await settings(other, coordinator)]).toEqual([true, false])
    await other.stop()
  })
})
