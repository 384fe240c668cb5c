import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import qrcode from 'qrcode'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeBackup } from '../../server/backup.ts'
import { openReaders } from '../../server/platform/database/open.ts'
import { desktop, faultsOf, openShell, patient } from '../support/browser.ts'
import { joinAt, joinStaffAt } from '../support/desk-pages.ts'
import { lookAt, readIn } from '../support/looks.ts'
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
/** The second of a second month: typed alike wherever a browser puts the month. */
const day = '2027-02-02'

let stoppedAt: string | null = null
/** One part of the set-up; what comes after one that failed is not walked. */
const part = (title: string, walk: () => Promise<void>, timeout?: number) => test(title, async () => {
  if (stoppedAt !== null) throw new Error(`The set-up had stopped at: ${stoppedAt}`)
  stoppedAt = title
  await walk()
  stoppedAt = null
}, timeout)

/** The sample's pictures are drawn the first time, which takes a slow machine minutes. */
const untilDrawn = 480_000

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-set-up-'))
  browser = await openShell()
  server = await startServer({ folder })
  link = await setUpLink(server)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
  await rm(`${folder}-first.tar`, { force: true })
})

/** A browser that was closed and opened again: of the one before it has the session, and nothing of its pages. */
async function openAgain(locale: 'es-SV' | 'en-GB' = 'es-SV'): Promise<void> {
  const cookies = context ? await context.cookies() : []
  await context?.close()
  context = await browser.newContext({ ...desktop, locale, reducedMotion: 'reduce', storageState: { cookies, origins: [] }, permissions: ['clipboard-read', 'clipboard-write'] })
  page = await context.newPage()
  faults.push(faultsOf(page))
}

/** Somebody else, in a browser of their own. */
async function inOwnBrowser(look: (theirs: Page) => Promise<void>, locale: 'es-SV' | 'en-GB' = 'es-SV'): Promise<void> {
  const own = await browser.newContext({ ...desktop, locale })
  const theirs = await own.newPage()
  faults.push(faultsOf(theirs))
  await look(theirs)
  await own.close()
}

async function killServer(): Promise<void> {
  await server.stop('SIGKILL')
}
async function startAgain(): Promise<void> {
  server = await startServer({ folder, port: Number(new URL(server.address).port) })
}

const heading = (name: string) => page.getByRole('heading', { name, exact: true, level: 1 })
const button = (name: string) => page.getByRole('button', { name, exact: true })
/** The words beside a field, as a reader of the screen hears them with it. */
const said = (field: Locator) => field.evaluate((one) => (one.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' '))
const field = (name: string) => page.getByLabel(name, { exact: true })
const group = (name: string) => page.getByRole('group', { name, exact: true })
const untilSaid = (one: Locator, words: string) => expect.poll(() => said(one), patient).toContain(words)
const alert = (words: string) => page.getByRole('alert').filter({ hasText: words }).waitFor()

/** A step in the list at the left, with what it holds. */
const stepLine = (name: string) => page.getByRole('navigation', { name: 'Pasos' }).getByRole('listitem').filter({ hasText: name })
/** How many steps have something in this browser that was typed and not sent. */
const keptDrafts = () => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('veedor.setUp.')).length)

/** Presses Tab until this has the focus; every stop on the way shows where it is. */
async function tabTo(target: Locator): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed += 1) {
    await page.keyboard.press('Tab')
    const shown = await page.evaluate(() => {
      const at = document.activeElement
      // A radio or a box that is drawn by its label shows its focus there.
      const drawn = at?.closest('label') ?? at
      // The calendar's button inside a date has a ring of the browser's own.
      return at === document.body || at?.matches('[type=date]') || [at, drawn].some((one) => one !== null && one !== undefined && getComputedStyle(one).boxShadow !== 'none')
    })
    expect(shown, await page.evaluate(() => document.activeElement?.outerHTML ?? '')).toBe(true)
    if (await target.evaluate((one) => one === document.activeElement)) return
  }
  throw new Error(`Tab does not reach ${String(target)}`)
}

describe('set-up of a new mission', () => {
  part('[R69] the link of a first start opens two doors, in one browser; a wrong one and a used one say what to do', async () => {
    await inOwnBrowser(async (theirs) => {
      await theirs.goto(`${server.address}/setup#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`)
      await theirs.getByRole('heading', { name: 'Este enlace ya no sirve' }).waitFor()
      await theirs.goto(`${server.address}/setup#x`)
      await theirs.getByRole('heading', { name: 'Este enlace ya no sirve' }).waitFor()
    })
    await openAgain()
    await page.goto(link)
    await heading('¿Qué quiere abrir?').waitFor()
    expect(page.url()).toBe(`${server.address}/setup`)
    await button('Preparar una misión').waitFor()
    await button('Abrir el ejemplo').waitFor()
    await inOwnBrowser(async (theirs) => {
      await theirs.goto(link)
      await theirs.getByRole('heading', { name: 'Este enlace ya no sirve' }).waitFor()
      await theirs.getByText('npm run lead-link').waitFor()
      await theirs.goto(`${server.address}/setup`)
      await theirs.getByRole('heading', { name: 'No ha iniciado sesión' }).waitFor()
    })
  })

  part('its second door opens the sample, in its own folder, with a link for each role, each screen marked', async () => {
    await button('Abrir el ejemplo').click()
    await page.getByRole('status').filter({ hasText: 'Se están archivando cincuenta informes' }).waitFor()
    await page.getByRole('heading', { name: 'El ejemplo está abierto' }).waitFor({ timeout: untilDrawn })
    const roles = await page.getByRole('link', { name: /^Abrir como / }).evaluateAll((all) => all.map((one) => [one.getAttribute('aria-label') ?? '', one.getAttribute('href') ?? ''] as const))
    expect(roles.map(([role]) => role.replace('Abrir como ', ''))).toEqual(['Observación', 'Coordinación', 'Coordinación', 'Prensa', 'Dirección'])
    expect(new Set(roles.map(([, address]) => new URL(address).hostname)).size).toBe(5)
    expect(existsSync(join(folder, 'sample', 'mission.db'))).toBe(true)
    await lookAt(page, 'set-up-sample')
    for (const [at, place, locale, mark] of [[0, '/observer/', 'es-SV', 'Ejercicio'], [1, '/room/', 'en-GB', 'Exercise'], [3, '/press/', 'es-SV', 'Ejercicio'], [4, '/room/', 'es-SV', 'Ejercicio']] as const) {
      await inOwnBrowser(async (theirs) => {
        await theirs.goto(roles[at]?.[1] ?? '')
        await theirs.getByText(mark, { exact: true }).first().waitFor()
        await theirs.getByRole('button', { name: locale === 'es-SV' ? 'Unirme a la misión' : 'Join the mission' }).click()
        await theirs.waitForURL(`**${place}**`)
        await theirs.getByText(mark, { exact: true }).first().waitFor()
      }, locale)
    }
    expect(new URL(page.url()).origin).toBe(server.address)
  }, untilDrawn + 240_000)

  part('what is missing or wrong is told beside its field, in Spanish and in English', async () => {
    await button('Preparar una misión').click()
    await heading('Su misión').waitFor()
    await field('Nombre de la misión').fill('   ')
    for (const language of ['Español', 'Inglés']) await group('Idiomas').getByRole('checkbox', { name: language }).uncheck()
    await button('Guardar y seguir').click()
    for (const name of ['Nombre de la misión', 'País', 'Día 1', 'Su nombre', 'Su organización']) await untilSaid(field(name), 'Falta este dato.')
    await untilSaid(group('Idiomas'), 'Falta este dato.')
    expect(await field('Nombre de la misión').evaluate((one) => one === document.activeElement)).toBe(true)
    await readIn(page, 'en')
    for (const name of ['Name of the mission', 'Country', 'Day 1', 'Your name', 'Your organisation']) expect(await said(field(name))).toContain('This is needed.')
    expect(await said(group('Languages'))).toContain('This is needed.')

    await field('Day 1').fill('20270-02-02')
    await button('Save and go on').click()
    await untilSaid(field('Day 1'), 'This is not written as it should be.')
    await field('Day 1').fill(day)
    await button('Another day').click()
    await field('Day 2').fill(day)
    await button('Save and go on').click()
    await untilSaid(field('Day 2'), 'This stands twice.')
    expect(await said(field('Day 1'))).toBe('')
    // The weekday and the button stand beside the date, although something stands below it.
    const middle = async (one: Locator) => one.boundingBox().then((box) => Math.round((box?.y ?? 0) + (box?.height ?? 0) / 2))
    const line = field('Day 2').locator('xpath=ancestor::div[2]')
    const across = await middle(field('Day 2'))
    for (const beside of [line.getByText('Tuesday'), line.getByRole('button')]) expect(Math.abs(await middle(beside) - across)).toBeLessThanOrEqual(1)
    await readIn(page, 'es')
    expect(await said(field('Día 2'))).toContain('Está dos veces.')
    await field('Día 2').fill('1990-01-01')
    await untilSaid(field('Día 2'), 'Este día ya pasó.')
    expect(await said(field('Día 2'))).not.toContain('Está dos veces.')
    await readIn(page, 'en')
    expect(await said(field('Day 2'))).toContain('This day has passed.')
    await readIn(page, 'es')
  })

  part('a field that takes no more says so, in both languages', async () => {
    await field('Su nombre').fill('')
    expect(await said(field('Su nombre'))).not.toContain('No cabe más')
    await field('Su nombre').focus()
    await page.keyboard.insertText('x'.repeat(600))
    await untilSaid(field('Su nombre'), 'No cabe más: a lo sumo 120 caracteres.')
    expect((await field('Su nombre').inputValue()).length).toBe(120)
    await readIn(page, 'en')
    expect(await said(field('Your name'))).toContain('No more fits: at most 120 characters.')
    await readIn(page, 'es')
  })

  part('[R70] what is typed in the first step and not sent is there when the page was closed, and the two doors are one step back', async () => {
    await field('Nombre de la misión').fill('A medio escribir')
    await field('Su nombre').fill('Lidia')
    expect(await keptDrafts()).toBe(1)
    await page.close()
    page = await context.newPage()
    faults.push(faultsOf(page))
    await page.goto(`${server.address}/setup`)
    await heading('Su misión').waitFor()
    expect([await field('Nombre de la misión').inputValue(), await field('Día 2').inputValue(), await field('Su nombre').inputValue()]).toEqual(['A medio escribir', '1990-01-01', 'Lidia'])
    await page.getByRole('link', { name: 'Atrás' }).click()
    await heading('¿Qué quiere abrir?').waitFor()
    await button('Preparar una misión').click()
    await heading('Su misión').waitFor()
    expect(await field('Nombre de la misión').inputValue()).toBe('A medio escribir')
  })

  part('[R70] it is filled in with keys alone; the server is killed before it is kept, and nothing that was written is lost', async () => {
    await openAgain('en-GB')
    await page.goto(`${server.address}/setup`)
    await heading('What do you want to open?').waitFor()
    await tabTo(button('Set up a mission'))
    await page.keyboard.press('Enter')
    await heading('Your mission').waitFor()
    await expect.poll(() => heading('Your mission').evaluate((one) => one === document.activeElement), patient).toBe(true)
    await tabTo(field('Name of the mission'))
    await page.keyboard.type(missionName)
    await tabTo(field('Country'))
    await page.keyboard.type('El Salv')
    await expect.poll(() => field('Country').inputValue(), patient).toBe('SV')
    expect(await field('Time zone').inputValue()).toBe('America/El_Salvador')
    await tabTo(field('Day 1'))
    await page.keyboard.type('02022027')
    expect(await field('Day 1').inputValue()).toBe(day)
    await tabTo(group('Languages').getByRole('checkbox', { name: 'English' }))
    await page.keyboard.press(' ')
    await page.keyboard.press(' ')
    await tabTo(field('Your name'))
    await page.keyboard.type('Lidia Mejía')
    await tabTo(field('Your organisation'))
    await page.keyboard.type('Delegación A')
    await killServer()
    await page.keyboard.press('Enter')
    await alert('Headquarters did not answer. Try again: nothing you wrote here is lost.')
    await startAgain()
    expect([await field('Name of the mission').inputValue(), await field('Your organisation').inputValue()]).toEqual([missionName, 'Delegación A'])
    await button('Save and go on').click()
    await heading('Credit and checking').waitFor()
    await expect.poll(keptDrafts, patient).toBe(0)
  })

  part('[R70] the credit line, proposed from the name, and two pairs of eyes; no step is skipped', async () => {
    await openAgain()
    await page.goto(`${server.address}/setup?step=open`)
    await heading('Crédito y verificación').waitFor()
    expect(await field('Crédito').inputValue()).toBe(missionName)
    await field('Crédito').fill(' ')
    await button('Guardar y seguir').click()
    await untilSaid(field('Crédito'), 'Falta este dato.')
    await readIn(page, 'en')
    expect(await said(field('Credit line'))).toContain('This is needed.')
    await page.getByRole('radio', { name: /^One pair of eyes/ }).check()
    await page.getByRole('radio', { name: /^Two pairs of eyes/ }).check()
    await readIn(page, 'es')
    await field('Crédito').fill('Misión de los dos lagos, 2027')
    await page.reload()
    await heading('Crédito y verificación').waitFor()
    expect(await field('Crédito').inputValue()).toBe('Misión de los dos lagos, 2027')
    await killServer()
    await field('Crédito').press('Enter')
    await alert('La sede no respondió.')
    await startAgain()
    await button('Guardar y seguir').click()
    await heading('Registro de centros').waitFor()
    await page.getByRole('link', { name: 'Atrás' }).click()
    await heading('Crédito y verificación').waitFor()
    expect(await field('Crédito').inputValue()).toBe('Misión de los dos lagos, 2027')
  })

  const choose = async (name: string, lines: readonly string[], mimeType = 'text/csv') => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.from(lines.join('\r\n')) })
  }
  const head = register.split('\r\n')[0] ?? ''
  /** Lines that spreadsheets make, and what is said of each. */
  const wrong = [
    ['SS-02,Escuela El Roble,San Salvador,San Salvador Centro,San Salvador,13.71,89.21,00301', 'Parece que falta un signo menos', 'A minus sign seems to be missing'],
    ['SS-03,Escuela La Ceiba,San Salvador,San Salvador Centr,San Salvador,13.72,-89.22,00302', 'El departamento no tiene un municipio «San Salvador Centr». ¿Quiso decir San Salvador Centro?', 'The department has no municipality “San Salvador Centr”. Did you mean San Salvador Centro?'],
    ['SM-02,Escuela El Amate,San Miguel,San Miguel Centro,San Miguel,13.47,-88.17,00901', 'La mesa 00901 está dos veces', 'Table 00901 stands twice'],
    ['SM-03,,San Miguel,San Miguel Centro,San Miguel,13.46,-88.16,00902', 'Falta el nombre del centro.', 'The name of the station is missing.'],
    ['SS-01,Centro Escolar Izalco,San Salvador,San Salvador Centro,San Salvador,13.7,-89.2,00103', 'En este centro, el nombre del centro es otra cosa en la línea 2: «Centro Escolar Cuscatlán».', 'The name of this station is another on line 2: “Centro Escolar Cuscatlán”.'],
    ['SM-04,Escuela El Mango,San Miguel,San Miguel Centro,San Miguel,13.46,ayer,00903', 'En la longitud, «ayer» no es un número.', 'The longitude “ayer” is not a number.'],
    ['SM-05,Escuela El Nance,San Miguel,San Miguel Centro,San Miguel,13.46', 'Esta línea tiene 6 celdas; el encabezado tiene 8.', 'This line has 6 cells, the heading has 8.'],
  ] as const

  part('a file that is no register is told so, and why', async () => {
    await openAgain()
    await page.goto(`${server.address}/setup`)
    await heading('Registro de centros').waitFor()
    await choose('centros.xlsx', ['PK\u0003\u0004', '\u0000\u0001\u0002'])
    await alert('Este archivo no es un CSV con encabezado. En la hoja de cálculo, guárdelo como CSV.')
    await choose('centros.csv', ['departamento;municipio;centro;nombre;mesa;latitud;longitud', 'San Miguel;San Miguel Centro;SM-05;Escuela El Nance;901;13.46;-88.1'])
    await alert('La primera línea de este archivo no nombra ninguna de las columnas. Nómbrelas en la hoja de cálculo como se ven abajo, y guárdelo como CSV.')
    await choose('centros.csv', [head.replace('latitude,', '').replace('table', 'district')])
    await alert('La primera línea del archivo no nombra todas las columnas. Faltan: latitude, table. Dos veces: district.')
    for (const lines of [[], [head]]) {
      await choose('vacío.csv', lines)
      await alert('Este archivo no tiene ninguna línea de un centro: solo un encabezado, o nada.')
    }
    await choose('centros.csv', [head, 'x'.repeat(5 * 1024 * 1024)])
    await alert('Es demasiado grande: a lo sumo 5')
    await choose('centros.csv', [head, wrong[0][0]])
    await page.getByText('Ninguna línea es correcta: no hay nada que importar.').waitFor()
    expect(await page.getByRole('button', { name: /^Importar/ }).count()).toBe(0)
  })

  part('a register that is left for later is not done: the steps say so, and it can be imported after all', async () => {
    await page.reload()
    await page.getByText('Sin registro, el informe lleva la posición del teléfono cuando se conoce, y el lugar se dice en sus palabras.').waitFor()
    await button('Dejar para después').click()
    await heading('Personas').waitFor()
    await stepLine('Registro de centros').getByText('Queda para después').waitFor()
    expect(await stepLine('Registro de centros').getByLabel('hecho').count()).toBe(0)
    expect(await stepLine('Crédito y verificación').getByLabel('hecho').count()).toBe(1)
    await stepLine('Registro de centros').click()
    await heading('Registro de centros').waitFor()
  })

  part('[R72] each wrong line is shown with its reason in both languages; the button says how many, also after the server was killed', async () => {
    await choose('centros.csv', [register, ...wrong.map(([line]) => line)])
    const table = page.locator('table')
    await page.getByText('7 líneas incorrectas quedan fuera.').waitFor()
    for (const [, why] of wrong) await table.getByText(why).waitFor()
    await readIn(page, 'en')
    for (const [, , why] of wrong) await table.getByText(why).waitFor()
    await button('Import 3 lines').waitFor()
    await readIn(page, 'es')
    await killServer()
    await button('Importar 3 líneas').click()
    await alert('La sede no respondió.')
    await startAgain()
    await button('Importar 3 líneas').click()
    await page.getByText('Se importó lo del archivo: 2 centros con 3 mesas.').waitFor()
    await lookAt(page, 'set-up-register-imported')
    await button('Seguir').click()
    await heading('Personas').waitFor()
    await stepLine('Registro de centros').getByText('2 centros, 3 mesas').waitFor()
    expect(await stepLine('Registro de centros').getByLabel('hecho').count()).toBe(1)
  })

  part('[R60] each who is invited gets a link of their own, shown once, with its code to scan', async () => {
    await killServer()
    await startAgain()
    await openAgain()
    await page.goto(`${server.address}/setup`)
    await heading('Personas').waitFor()
    const invite = page.getByRole('region', { name: 'Invitar' })
    await invite.getByLabel('Organización').fill(' ')
    await button('Hacer la tarjeta').click()
    for (const name of ['Nombre', 'Organización']) await untilSaid(invite.getByLabel(name), 'Falta este dato.')
    await readIn(page, 'en')
    expect(await page.getByText('silent first').count()).toBe(0)
    for (const name of ['Name', 'Organisation']) expect(await said(page.getByRole('region', { name: 'Invite' }).getByLabel(name))).toContain('This is needed.')
    await readIn(page, 'es')
    await invite.getByLabel('Nombre').fill('Ana P')
    await page.reload()
    await heading('Personas').waitFor()
    expect(await invite.getByLabel('Nombre').inputValue()).toBe('Ana P')
    for (const [role, name, organisation] of [['Observación', 'Ana Paz', 'Delegación A'], ['Coordinación', 'Brenda Rivas', 'Red B'], ['Coordinación', 'Carl Young', 'Delegación C'], ['Prensa', 'Paula Press', 'Delegación C']] as const) {
      await invite.getByText(role, { exact: true }).first().click()
      await invite.getByLabel('Nombre').fill(name)
      await invite.getByLabel('Organización').fill(organisation)
      await invite.getByLabel('Organización').press('Enter')
      const code = page.locator(`svg[aria-label="Tarjeta de ${name}"][aria-busy=false]`)
      await code.locator('path').waitFor({ state: 'attached' })
      await button('Copiar enlace').click()
      await button('Copiar enlace').click()
      await expect.poll(() => page.getByText('El enlace quedó copiado.').count(), patient).toBe(1)
      const copied = () => page.evaluate(() => navigator.clipboard.readText())
      await expect.poll(async () => (await copied()).startsWith(`${server.address}/join#`) && !links.includes(await copied()), patient).toBe(true)
      links.push(await copied())
      expect(await squaresOf(code, links.at(-1) ?? '')).toBe('as its link')
    }
    // No other phone can open this server's address.
    await page.getByText(/Solo se abre en esta computadora/).waitFor()
    await page.getByText('3 personas pueden verificar.').waitFor()
  })

  part('[R71] [R392] the mission opens with the strictest rules that its people can keep, into its room, though the server was killed under the button', async () => {
    await openAgain()
    await page.goto(`${server.address}/setup`)
    await heading('Personas').waitFor()
    await page.getByText('Paula Press').first().waitFor()
    await page.getByRole('region', { name: 'Invitar' }).getByLabel('Nombre').fill('Sin enviar')
    expect(await keptDrafts()).toBe(1)
    await button('Seguir').click()
    await heading('Revisar y abrir').waitFor()
    await page.getByText('Son las reglas más estrictas que su gente puede cumplir').waitFor()
    await page.locator('[data-backup=false]').getByText('npm run backup -- ARCHIVO').waitFor()
    await makeBackup({ dataFolder: folder, path: `${folder}-first.tar`, withKey: false, now: () => new Date().toISOString(), say: () => undefined })
    await page.locator('[data-backup=true]').getByText('Último respaldo: hace').waitFor()
    const facts = (await page.locator('dl').first().textContent()) ?? ''
    await stepLine('Personas').getByText('5 personas').waitFor()
    await page.getByRole('radio', { name: /^Un par de ojos/ }).check()
    await page.getByText('Su gente podría cumplir reglas más estrictas.').waitFor()
    await page.reload()
    await page.getByText('Su gente podría cumplir reglas más estrictas.').waitFor()
    expect(await page.getByRole('radio', { name: /^Un par de ojos/ }).isChecked()).toBe(true)
    // Said in its own step it holds as well, without being asked again.
    await button('Usar las reglas propuestas').click()
    await page.goto(`${server.address}/setup?step=checking`)
    await page.getByRole('radio', { name: /^Un par de ojos/ }).check()
    await button('Guardar y seguir').click()
    await heading('Registro de centros').waitFor()
    await page.goto(`${server.address}/setup?step=open`)
    await page.getByText('Su gente podría cumplir reglas más estrictas.').waitFor()
    expect(await page.getByRole('radio', { name: /^Un par de ojos/ }).isChecked()).toBe(true)
    await button('Usar las reglas propuestas').click()
    await page.getByText('Son las reglas más estrictas que su gente puede cumplir').waitFor()
    for (const told of [missionName, 'El Salvador', 'Misión de los dos lagos, 2027', '2 centros, 3 mesas', '5 personas']) expect(facts).toContain(told)
    await killServer()
    await button('Abrir la misión').click()
    await alert('La sede no respondió.')
    await startAgain()
    await button('Abrir la misión').click()
    await page.waitForURL('**/room/')
    expect(await keptDrafts()).toBe(0)
    await page.getByText('Aún no ha llegado ningún informe').first().waitFor()

    const db = openReaders(join(folder, 'mission.db'), 1)
    try {
      const mission = await db.selectFrom('mission').selectAll().executeTakeFirstOrThrow()
      expect([mission.step, mission.openedAt !== null, mission.country, mission.zone, mission.languages, mission.days]).toEqual(['done', true, 'SV', 'America/El_Salvador', '["es","en"]', `["${day}"]`])
      expect((await db.selectFrom('stationTables').selectAll().execute()).length).toBe(3)
      expect((await db.selectFrom('journal').select('kind').where('kind', 'in', ['mission.named', 'mission.checking_set', 'register.imported', 'mission.opened']).orderBy('number').execute()).map((fact) => fact.kind)).toEqual(['mission.named', 'mission.checking_set', 'register.imported', 'mission.checking_set', 'mission.opened'])
    } finally {
      await db.destroy()
    }
  })

  part('the links that were shown lead to the app of each role, once', async () => {
    for (const [at, place] of [[0, '/observer/'], [1, '/room/'], [2, '/room/'], [3, '/press/']] as const) {
      await inOwnBrowser(async (theirs) => {
        await (at === 0 ? joinAt : joinStaffAt)(theirs, links[at] ?? '', 'Unirme a la misión')
        await theirs.waitForURL(`**${place}**`)
        if (at === 1) {
          await theirs.goto(`${server.address}/setup?step=register`)
          await theirs.waitForURL('**/room/**')
        }
      })
      await inOwnBrowser(async (theirs) => {
        await theirs.goto(links[at] ?? '')
        await theirs.getByRole('heading', { name: 'Este enlace ya no sirve' }).waitFor()
      })
    }
  })

  part('set-up is behind then: it leads to the room, and only the register and who checks can be changed', async () => {
    for (const at of [link, `${server.address}/setup`, `${server.address}/setup?step=people`]) {
      await page.goto('about:blank')
      await page.goto(at)
      await page.waitForURL('**/room/**')
    }
    await page.getByRole('link', { name: 'Misión: verificación y registro' }).click()
    await heading('Crédito y verificación').waitFor()
    await page.locator('[data-backup=true]').getByText('Último respaldo').waitFor()
    expect(await page.getByRole('navigation', { name: 'Pasos' }).count()).toBe(0)
    await page.getByRole('radio', { name: /^Un par de ojos/ }).check()
    await button('Guardar').click()
    await page.getByText('Guardado. Vale desde ahora.').waitFor()
    await lookAt(page, 'set-up-checking-open')
    await page.reload()
    await heading('Crédito y verificación').waitFor()
    expect(await page.getByRole('radio', { name: /^Un par de ojos/ }).isChecked()).toBe(true)
    await page.getByRole('link', { name: /^Registro de centros/ }).click()
    await heading('Registro de centros').waitFor()
    await choose('corregido.csv', [register, wrong[0][0].replace(',89.21', ',-89.21')])
    await button('Importar 4 líneas').click()
    await page.getByText('Se importó lo del archivo: 3 centros con 4 mesas.').waitFor()
    await lookAt(page, 'set-up-register-open')
    await page.getByRole('link', { name: 'Atrás' }).click()
    await page.waitForURL('**/room/**')
    expect(faults.flat()).toEqual([])
  })
})

/** Whether the squares of a drawn code, read off its picture, are those of this link. */
async function squaresOf(code: Locator, text: string): Promise<'as its link' | 'others'> {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const { data, info } = await sharp(await code.screenshot()).greyscale().raw().toBuffer({ resolveWithObject: true })
  const side = modules.size + 4
  const dark = (row: number, column: number) => (data[Math.floor(((row + 2.5) / side) * info.height) * info.width + Math.floor(((column + 2.5) / side) * info.width)] ?? 255) < 128
  for (let row = 0; row < modules.size; row += 1) for (let column = 0; column < modules.size; column += 1) if (dark(row, column) !== (modules.get(row, column) !== 0)) return 'others'
  return 'as its link'
}
