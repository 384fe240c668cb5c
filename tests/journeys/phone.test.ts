import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { joinCall, newLinkCall } from '../../shared/people.ts'
import { listReportsCall } from '../../shared/reports.ts'
import { faultsOf, openBrowser, patient, phone as phoneSize, signIn } from '../support/browser.ts'
import { atFirstStation, phonePicture, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { pickFrom } from '../support/kept-phone.ts'
import { hashOf } from '../support/reports.ts'

const built = resolve(import.meta.dirname, '../../dist/client')

let browser: Browser
let folder = ''
let house: TestHouse
let lead: Caller
let observer: Caller
let context: BrowserContext
let page: Page
let faults: string[]

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-phone-'))
  await cp(built, join(folder, 'client'), { recursive: true })
  house = await startHouse({ folder: join(folder, 'data'), client: join(folder, 'client'), clock: wallClock })
  lead = await house.person('lead')
  await setUp(house, lead)
  observer = await house.person('observer', { name: 'Ana Paz', language: 'es' })
})
afterEach(async () => {
  await context?.close()
  await house.stop()
  await rm(folder, { recursive: true, force: true })
  expect(faults).toEqual([])
})

/** Opens the app as this person's phone. Where calls are tampered with on the way, no worker may stand in between. */
async function openAs(caller: Caller | null, options: BrowserContextOptions = { serviceWorkers: 'block' }): Promise<void> {
  context = await browser.newContext({ ...phoneSize, locale: 'es-SV', permissions: ['geolocation'], geolocation: atFirstStation, ...options })
  if (caller) await signIn(context, house, caller)
  page = await context.newPage()
  faults = faultsOf(page)
  await page.goto(`${house.address}/observer/`)
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const delivery = (kind: string) => page.locator(`[data-delivery=${kind}]`).waitFor(patient)

async function picture(seed: number): Promise<{ path: string; sha256: string; bytes: Buffer }> {
  const bytes = await phonePicture(seed, [900, 700])
  const path = join(folder, `IMG_${seed}.jpg`)
  await writeFile(path, bytes)
  return { path, bytes, sha256: hashOf(bytes) }
}

/** Files a report about the first category that is offered. */
async function report({ files = [], words = '' }: { files?: string[]; words?: string } = {}): Promise<void> {
  if (files.length > 0) await pickFrom(page, 'Cámara', files)
  else await button('Sin foto').tap()
  await page.locator('[data-category]').first().tap()
  if (words) await page.getByLabel('Palabras').fill(words)
  await button('Guardar').tap()
  await button('Sin foto').waitFor()
}

const filed = async () => (await lead.call(listReportsCall, {})).reply.reports
const tokenFor = async (person: Caller) => (await lead.call(newLinkCall, { id: person.id })).reply.link

async function joinIn(link: string): Promise<void> {
  await page.getByLabel('Enlace').fill(link)
  await button('Continuar').tap()
  await button('Unirme a la misión').tap()
  await button('Sin foto').waitFor()
}

/** Opens a link of one's own in the browser, as from a message, and joins there. */
async function joinBeside(person: Caller): Promise<void> {
  await page.goto('about:blank')
  await page.goto(new URL(await tokenFor(person), house.address).href)
  await button('Unirme a la misión').tap()
  await page.waitForURL('**/observer/**')
}

describe('the phone, where nothing goes as planned', () => {
  test('[R100] [lesson 25] with camera and position refused a report is saved all the same, and the phone says how to allow them', async () => {
    await openAs(observer, { serviceWorkers: 'block', permissions: [] })
    const session = await context.newCDPSession(page)
    await session.send('Browser.setPermission', { permission: { name: 'geolocation' }, setting: 'denied', origin: house.address })
    await page.reload()
    const chooser = page.waitForEvent('filechooser')
    await button('Cámara').tap()
    await chooser
    await page.locator('input[data-way=phone_camera]').dispatchEvent('cancel')
    await page.getByText('No llegó ninguna foto de la cámara').waitFor()
    await page.getByRole('button', { name: 'Posición no permitida' }).tap()
    await page.getByText('Este teléfono no puede usar su posición').waitFor()
    expect(await page.getByText('Para permitirla').count()).toBe(1)
    await page.locator('[data-category]').first().tap()
    await button('Guardar').tap()
    await delivery('delivered')
    expect(await filed()).toMatchObject([{ station: null, placedBy: 'none', photoCount: 0 }])
  })

  test('[R101] [lesson 9] an answer that is not ours is no answer', async () => {
    await openAs(observer)
    let answers = 0
    await context.route('**/api/reports/*', async (route) => {
      answers += 1
      await (answers <= 2 ? route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Acepte las condiciones</html>' }) : route.continue())
    })
    await report()
    await delivery('silent')
    await delivery('delivered')
    expect(answers).toBeGreaterThan(2)
    expect(await filed()).toHaveLength(1)
  })

  test('[R9] [lesson 24] an original that was altered on its way stays on the phone and is sent again from its beginning', async () => {
    await openAs(observer)
    const { path, sha256, bytes } = await picture(1)
    const refused: string[] = []
    page.on('response', (response) => void (/\/complete$/.test(response.url()) && response.status() >= 400 && response.text().then((text) => refused.push(text))))
    let altered = false
    await context.route('**/api/uploads/*', async (route) => {
      const sent = route.request().postDataBuffer()
      if (route.request().method() !== 'PATCH' || altered || !sent) return route.continue()
      altered = true
      sent[1000] = (sent[1000] ?? 0) ^ 1
      await route.continue({ postData: sent })
    })
    await report({ files: [path] })
    await delivery('delivered')
    expect(refused.join()).toContain('hash_differs')
    expect((await readFile(house.files.originals.path(sha256))).equals(bytes)).toBe(true)
  })

  test('[R102] what headquarters refuses is told beside its field, mended and sent', async () => {
    await openAs(observer)
    await context.route('**/api/reports/*', (route) => route.fulfill({ status: 400, contentType: 'application/json', body: JSON.stringify({ problem: 'invalid_input', fields: [{ path: 'words', reason: 'too_long' }] }) }), { times: 1 })
    const { path, sha256 } = await picture(2)
    await report({ files: [path], words: 'Demasiadas palabras' })
    await delivery('attention')
    await page.locator('[data-report]').tap()
    await page.getByText('Corríjalo y guarde de nuevo').waitFor()
    await button('Corregir').tap()
    await page.getByText('Es demasiado largo.').waitFor()
    await page.getByLabel('Palabras').fill('Pocas')
    await expect.poll(() => page.getByText('Es demasiado largo.').count()).toBe(0)
    await button('Guardar').tap()
    await delivery('delivered')
    expect(await filed()).toMatchObject([{ words: 'Pocas', photoCount: 1 }])
    expect(await house.files.originals.has(sha256)).toBe(true)
  })
})

describe('the phone’s session', () => {
  test('[R103] a session that has ended keeps everything, and sends it once its owner has joined again', async () => {
    await openAs(observer)
    await button('Cámara').waitFor()
    // Another phone joins with a link of the same person.
    await house.nobody.call(joinCall, { token: (await tokenFor(observer)).split('#')[1] ?? '' })
    const { path, sha256 } = await picture(3)
    await report({ files: [path] })
    await delivery('ended')
    expect(await page.locator('[data-delivery]').textContent()).toContain('1 informe y 1 foto en este teléfono')
    expect(await filed()).toEqual([])
    await page.reload()
    await delivery('ended')
    await button('Unirme de nuevo').tap()
    await joinIn(await tokenFor(observer))
    await delivery('delivered')
    expect(await house.files.originals.has(sha256)).toBe(true)
  })

  test('[R104] whoever signs out leaves what is unsent on the phone, and nobody else sends it', async () => {
    await openAs(observer)
    const other = await house.person('observer', { name: 'Beto Luna', language: 'es' })
    await context.route('**/api/reports/*', (route) => route.abort())
    await report({ words: 'De Ana' })
    await delivery('silent')
    await button('Menú').tap()
    await button('Cerrar sesión').tap()
    await page.getByText('1 informe sin entregar todavía. Lo no entregado queda en este teléfono').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar sesión' }).tap()
    await page.getByText('En este teléfono hay 1 informe de Ana Paz por enviar').waitFor()

    await joinIn(await tokenFor(other))
    await page.getByText('Solo Ana Paz puede enviarlo').waitFor()
    await context.unroute('**/api/reports/*')
    await report({ words: 'De Beto' })
    await delivery('delivered')
    expect((await filed()).map(({ words, author }) => [words, author.name])).toEqual([['De Beto', 'Beto Luna']])

    await button('Menú').tap()
    await button('Cerrar sesión').tap()
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar sesión' }).tap()
    await joinIn(await tokenFor(observer))
    await delivery('delivered')
    expect((await filed()).map(({ words, author }) => [words, author.name]).sort()).toEqual([['De Ana', 'Ana Paz'], ['De Beto', 'Beto Luna']])
    expect(await page.locator('[data-report]').count()).toBe(1)
  })

  test('[R104] [lesson 12] where a session has ended, a link that is opened beside the app brings the phone back, and a new phone of the same person shows what is there; what was answered before stays to the letter', async () => {
    const stated = async () => new Map((await house.db.readers.selectFrom('reports').select(['id', 'statement']).execute()).map(({ id, statement }) => [id, statement]))
    const words = async () => (await filed()).map((one) => [one.words, one.author.name]).sort()
    await openAs(observer)
    await report({ words: 'Antes' })
    await delivery('delivered')
    const before = await stated()
    await context.clearCookies()
    await report({ words: 'Sin sesión' })
    await delivery('ended')
    await joinBeside(observer)
    await delivery('delivered')
    expect(await words()).toEqual([['Antes', 'Ana Paz'], ['Sin sesión', 'Ana Paz']])
    expect(new URL(page.url()).search).toBe('')

    await context.close()
    await openAs(null)
    await joinBeside(observer)
    await expect.poll(() => page.locator('[data-report]').count(), patient).toBe(2)
    await report({ words: 'Teléfono nuevo' })
    await delivery('delivered')
    expect(await words()).toEqual([['Antes', 'Ana Paz'], ['Sin sesión', 'Ana Paz'], ['Teléfono nuevo', 'Ana Paz']])
    const after = await stated()
    for (const [id, statement] of before) expect(after.get(id)).toBe(statement)
  })

  test('[R104] whoever joins beside the app has the phone: nothing of another is shown or sent, and it goes once they are back', async () => {
    await openAs(observer)
    const other = await house.person('observer', { name: 'Beto Luna', language: 'es' })
    await context.route('**/api/reports/*', (route) => route.abort())
    await report({ words: 'De Ana' })
    await delivery('silent')
    await button('Sin foto').tap()
    await page.getByLabel('Palabras').fill('Borrador de Ana')
    await button('Cerrar').tap()
    await page.locator('[data-draft]').getByText('Borrador de Ana').waitFor()
    const refused: string[] = []
    context.on('response', (response) => { if (response.status() === 403) refused.push(response.url()) })

    await joinBeside(other)
    await page.getByText('En este teléfono espera 1 informe de Ana Paz').first().waitFor()
    // Before, her phone may send it of its own accord.
    await context.unroute('**/api/reports/*')
    expect(await page.getByText('Borrador de Ana').count()).toBe(0)
    await report({ words: 'De Beto' })
    await delivery('delivered')
    expect((await filed()).map(({ words, author }) => [words, author.name])).toEqual([['De Beto', 'Beto Luna']])
    expect(refused).toEqual([])

    await joinBeside(observer)
    await page.locator('[data-draft]').getByText('Borrador de Ana').waitFor()
    await expect.poll(async () => (await filed()).map(({ words }) => words).sort(), patient).toEqual(['De Ana', 'De Beto'])
    expect(refused).toEqual([])
  })

  test('[R104] what another page’s session is refused for is not held against the report', async () => {
    await openAs(observer)
    const other = await house.person('observer', { name: 'Beto Luna', language: 'es' })
    await report({ words: 'Antes' })
    await delivery('delivered')
    // Somebody joins in another tab while this one is open.
    await context.route('**/api/my/reports', (route) => route.abort())
    await context.clearCookies()
    await signIn(context, house, other)
    const refused = page.waitForResponse((response) => response.status() === 403)
    await report({ words: 'De Ana' })
    await refused
    await context.unroute('**/api/my/reports')
    // It would look again by itself, later.
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText('En este teléfono espera 1 informe de Ana Paz').first().waitFor(patient)
    await joinBeside(observer)
    await delivery('delivered')
    expect((await filed()).map(({ words, author }) => [words, author.name]).sort()).toEqual([['Antes', 'Ana Paz'], ['De Ana', 'Ana Paz']])
  })

  test('[R105] in Safari on an iPhone the home screen comes before joining', async () => {
    await openAs(null, { serviceWorkers: 'block', userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1' })
    await page.getByText('Primero, a la pantalla de inicio').waitFor()
    expect(await page.getByRole('listitem').allTextContents()).toEqual(['1Toque Compartir', '2Elija Agregar a inicio', '3Ábrala ahí y pegue su enlace'])
    expect(await page.getByLabel('Enlace').count()).toBe(0)
  })
})

describe('the phone’s app', () => {
  const buildOf = () => page.locator('meta[name=build]').getAttribute('content')

  test('[R106] a newer version comes whole, waits while a report is open, and starts when it is closed', async () => {
    await openAs(observer, {})
    await button('Sin foto').waitFor()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, patient)
    const before = (await buildOf()) ?? ''
    await button('Sin foto').tap()
    await page.getByLabel('Palabras').fill('A medias')

    const next = 'abcdefabcdef'
    for (const name of ['index.html', 'sw.js']) {
      const file = join(folder, 'client/observer', name)
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll(before, next))
    }
    const waits = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/observer/')
      await registration?.update()
      const fresh = registration?.installing ?? registration?.waiting
      if (fresh?.state === 'installing') await new Promise((done) => fresh.addEventListener('statechange', done, { once: true }))
      return { state: fresh?.state, caches: (await caches.keys()).length }
    })
    expect(waits).toEqual({ state: 'installed', caches: 2 })
    expect(await buildOf()).toBe(before)
    await page.reload()
    expect(await buildOf()).toBe(before)
    expect(await page.getByLabel('Palabras').inputValue()).toBe('A medias')
    await button('Cerrar').tap()
    await expect.poll(buildOf, patient).toBe(next)
    await page.locator('[data-draft]').waitFor()
  })

  test('[R107] where the browser refuses what keeps reports safe, the phone says so and takes none', async () => {
    await openAs(null)
    // The same pages over plain http from an address on the network.
    await context.route('http://192.168.77.7/**', async (route) => {
      const answer = await house.nobody.fetch(new URL(route.request().url()).pathname)
      await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) })
    })
    await page.goto('http://192.168.77.7/observer/')
    await page.getByText('Desde aquí no es seguro informar').waitFor()
    expect(await page.getByText('adb reverse tcp:80 tcp:80').count()).toBe(1)
    expect(await page.getByRole('button').count()).toBe(0)
  })
})
