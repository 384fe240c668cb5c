import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReaders } from '../../server/platform/database/open.ts'
import { desktop, faultsOf, openBrowser } from '../support/browser.ts'
import { joinAt } from '../support/desk-pages.ts'
import { missionName, register, setUpLink } from '../support/mission.ts'
import { startServer } from '../support/process.ts'
import type { Running } from '../support/process.ts'

let folder = ''
let server: Running
let browser: Browser
let context: BrowserContext
let page: Page
let link = ''
const links: string[] = []
const faults: string[][] = []
const patient = { timeout: 60_000 }

let stoppedAt: string | null = null
/** One part of the set-up; what comes after one that failed is not walked. */
const part = (title: string, walk: () => Promise<void>) => test(title, async () => {
  if (stoppedAt !== null) throw new Error(`The set-up had stopped at: ${stoppedAt}`)
  stoppedAt = title
  await walk()
  stoppedAt = null
})

/** Lines that spreadsheets make: no minus sign, a municipality nearly right, a table twice. */
const wrong = [
  'SS-02,Escuela El Roble,San Salvador,San Salvador Centro,San Salvador,13.71,89.21,00301',
  'SS-03,Escuela La Ceiba,San Salvador,San Salvador Centr,San Salvador,13.72,-89.22,00302',
  'SM-02,Escuela El Amate,San Miguel,San Miguel Centro,San Miguel,13.47,-88.17,00901',
]

async function openLanguage(locale: 'es-SV' | 'en-GB'): Promise<void> {
  context = await browser.newContext({ ...desktop, locale, ...(context ? { storageState: { cookies: await context.cookies(), origins: [] } } : {}) })
  context.setDefaultTimeout(60_000)
  page = await context.newPage()
  faults.push(faultsOf(page))
}

const heading = (name: string) => page.getByRole('heading', { name, exact: true })
/** The words beside a field, as a reader of the screen hears them with it. */
const beside = (name: string | RegExp) => page.getByLabel(name).evaluate((field) => (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' '))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-set-up-'))
  browser = await openBrowser()
  server = await startServer({ folder })
  link = await setUpLink(server)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('set-up of a new mission', () => {
  part('[R69] the link of a first start opens two doors, once', async () => {
    await openLanguage('es-SV')
    await page.goto(link)
    await heading('¿Qué quiere abrir?').waitFor()
    await page.getByRole('button', { name: 'Abrir el ejemplo' }).waitFor()

    const stranger = await browser.newContext({ ...desktop, locale: 'es-SV' })
    const other = await stranger.newPage()
    await other.goto(link)
    await other.getByRole('heading', { name: 'Este enlace ya no sirve' }).waitFor()
    await other.goto(`${server.address}/setup`)
    await other.getByText('No ha iniciado sesión').first().waitFor()
    await stranger.close()

    await page.getByRole('button', { name: 'Preparar una misión' }).click()
    await heading('Su misión').waitFor()
  })

  part('what is missing is told beside its field, in Spanish and in English', async () => {
    await page.getByRole('button', { name: 'Guardar y seguir' }).click()
    for (const name of ['Nombre de la misión', 'País', 'Su nombre', 'Su organización']) await expect.poll(() => beside(name), patient).toContain('Falta este dato.')
    await openLanguage('en-GB')
    await page.goto(`${server.address}/setup`)
    await heading('What do you want to open?').waitFor()
    await page.getByRole('button', { name: 'Set up a mission' }).click()
    await page.getByRole('button', { name: 'Save and go on' }).click()
    for (const name of ['Name of the mission', 'Country', 'Your name', 'Your organisation']) await expect.poll(() => beside(name), patient).toContain('This is needed.')
    expect(await page.getByRole('group', { name: 'Election days' }).textContent()).toContain('This is needed.')
  })

  part('name, country, zone, languages, day and lead are kept; then credit and two pairs of eyes', async () => {
    await page.getByLabel('Name of the mission').fill(missionName)
    await page.getByLabel('Country').selectOption('SV')
    expect(await page.getByLabel('Time zone').inputValue()).toBe('America/El_Salvador')
    await page.getByLabel('Day 1').fill('2027-02-28')
    for (const language of ['Spanish', 'English']) await page.getByRole('checkbox', { name: language }).setChecked(true)
    await page.getByLabel('Your name').fill('Lidia Mejía')
    await page.getByLabel('Your organisation').fill('Delegación A')
    await page.getByRole('button', { name: 'Save and go on' }).click()
    await heading('Credit and checking').waitFor()
    expect(await page.getByLabel('Credit line').inputValue()).toBe(missionName)
    await page.getByLabel('Credit line').fill(' ')
    await page.getByRole('button', { name: 'Save and go on' }).click()
    await expect.poll(() => beside('Credit line'), patient).toContain('This is needed.')
    await page.getByLabel('Credit line').fill('Misión de los dos lagos, 2027')
    await page.getByRole('radio', { name: /^Two pairs of eyes/ }).check()
    await page.getByRole('button', { name: 'Save and go on' }).click()
    await heading('Register of stations').waitFor()
  })

  part('[R70] closed in the middle, it goes on where it stopped', async () => {
    await openLanguage('es-SV')
    await page.goto(`${server.address}/setup`)
    await heading('Registro de centros').waitFor()
  })

  part('[R72] the register shows each wrong line and why, and the button says how many are imported', async () => {
    const buffer = Buffer.from(`${[register, ...wrong].join('\r\n')}\r\n`)
    await page.locator('input[type=file]').setInputFiles({ name: 'centros.csv', mimeType: 'text/csv', buffer })
    const table = page.locator('table')
    await table.waitFor()
    const told = (await table.textContent()) ?? ''
    for (const why of ['Parece que falta un signo menos', 'El departamento no tiene un municipio «San Salvador Centr». ¿Quiso decir San Salvador Centro?', 'La mesa 00901 está dos veces']) expect(told).toContain(why)
    expect(await page.getByText('3 líneas con error quedan fuera.').isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Importar 3 líneas' }).click()
    await page.getByText('2 centros con 3 mesas están en el registro.').waitFor()
    await page.getByRole('button', { name: 'Seguir', exact: true }).click()
    await heading('Personas').first().waitFor()
  })

  part('[R60] each who is invited gets a link of their own, shown once, with its code to scan', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Hacer la tarjeta' }).click()
    await expect.poll(() => beside('Nombre'), patient).toContain('Falta este dato.')
    for (const [role, name, organisation] of [['Observación', 'Ana Paz', 'Delegación A'], ['Coordinación', 'Brenda Rivas', 'Red B'], ['Coordinación', 'Carl Young', 'Delegación C'], ['Prensa', 'Paula Press', 'Delegación C']] as const) {
      const invite = page.getByRole('region', { name: 'Invitar' })
      await invite.getByText(role, { exact: true }).first().click()
      await invite.getByLabel('Nombre').fill(name)
      await invite.getByLabel('Organización').fill(organisation)
      await invite.getByRole('button', { name: 'Hacer la tarjeta' }).click()
      await page.locator(`svg[aria-label="Tarjeta de ${name}"][aria-busy=false] path`).waitFor()
      await page.getByRole('button', { name: 'Copiar enlace' }).click()
      await expect.poll(async () => {
        const copied = await page.evaluate(() => navigator.clipboard.readText())
        return copied.startsWith(`${server.address}/join#`) && !links.includes(copied)
      }, patient).toBe(true)
      links.push(await page.evaluate(() => navigator.clipboard.readText()))
    }
    await page.getByText('3 personas pueden verificar.').waitFor()
    await page.getByRole('button', { name: 'Seguir', exact: true }).click()
  })

  part('[R71] the mission opens with the strictest rules that its people can keep, into its room', async () => {
    await heading('Revisar y abrir').waitFor()
    await page.getByText('Son las reglas más estrictas que su gente puede cumplir').waitFor()
    const facts = (await page.locator('dl').first().textContent()) ?? ''
    for (const said of [missionName, 'El Salvador', 'Misión de los dos lagos, 2027', '2 centros, 3 mesas', '5 personas']) expect(facts).toContain(said)
    await page.getByRole('button', { name: 'Abrir la misión' }).click()
    await page.waitForURL('**/room/')
    await page.getByText('Aún no ha llegado ningún informe').first().waitFor()

    const db = openReaders(join(folder, 'mission.db'), 1)
    try {
      const mission = await db.selectFrom('mission').selectAll().executeTakeFirstOrThrow()
      expect([mission.step, mission.openedAt !== null, mission.country, mission.zone, mission.languages, mission.days]).toEqual(['done', true, 'SV', 'America/El_Salvador', '["es","en"]', '["2027-02-28"]'])
      expect((await db.selectFrom('stationTables').selectAll().execute()).length).toBe(3)
    } finally {
      await db.destroy()
    }
  })

  part('the links that were shown lead to the app of each role', async () => {
    for (const [at, place, button] of [[0, '/observer/', 'Unirme a la misión'], [1, '/room/', 'Unirme a la misión'], [3, '/press/', 'Unirme a la misión']] as const) {
      const own = await browser.newContext({ ...desktop, locale: 'es-SV' })
      const theirs = await own.newPage()
      await joinAt(theirs, links[at] ?? '', button)
      await theirs.waitForURL(`**${place}**`)
      await own.close()
    }
    expect(faults.flat()).toEqual([])
  })
})
