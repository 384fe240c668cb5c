import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { setBasicsCall } from '../../shared/mission.ts'
import { newLinkCall } from '../../shared/people.ts'
import { getReportCall, listReportsCall, maxWords } from '../../shared/reports.ts'
import { desktop, faultsOf, openBrowser, phone as phoneSize, signIn } from '../support/browser.ts'
import { phonePicture, setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, Clock, TestHouse } from '../support/house.ts'
import { readWords } from '../support/screen-words.ts'
import type { Language, Words } from '../support/screen-words.ts'

// What the phone says beside its fields when something is not as it should be, and where it takes its owner to be.

/** The phone's own clock runs, so the house's does. */
const wallClock: Clock = { now: () => new Date().toISOString(), set: () => undefined, forward: () => undefined }
const patient = { timeout: 60_000 }
const locales = { es: 'es-SV', en: 'en-US' } as const
const languages = ['es', 'en'] as const
/** At CE-01; CE-03 is some 130 km away. */
const here = { latitude: 13.5801, longitude: -89.28, accuracy: 12 }
const longName = 'Misión de observación electoral de las organizaciones de la sociedad civil de los dos grandes lagos'
const small = { width: 320, height: 640 }

const said: Record<Language, Words> = { es: await readWords('es'), en: await readWords('en') }

let browser: Browser
let folder = ''
let house: TestHouse
let lead: Caller
/** A mission without a register, and with a long name. */
let bare: TestHouse
let bareLead: Caller
let context: BrowserContext | undefined
let page: Page
let faults: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
  folder = await mkdtemp(join(tmpdir(), 'veedor-forms-'))
  house = await startHouse({ clock: wallClock })
  lead = await house.person('lead')
  await setUp(house, lead)
  bare = await startHouse({ clock: wallClock })
  bareLead = await bare.person('lead')
  const basics = { name: longName, country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days: ['2027-02-28'], leadName: 'Lidia', organisation: 'Delegación A' }
  expect((await bareLead.call(setBasicsCall, basics)).problem).toBeNull()
})
afterAll(async () => {
  await browser.close()
  await house.stop()
  await bare.stop()
  await rm(folder, { recursive: true, force: true })
})
afterEach(async () => {
  await context?.close()
  context = undefined
  expect(faults).toEqual([])
})

type Opening = { at?: TestHouse; language?: Language; path?: string; before?: (context: BrowserContext) => Promise<unknown>; options?: BrowserContextOptions; joined?: boolean }

/** Opens the app as the phone of an observer who has just joined. */
async function openPhone({ at = house, language = 'es', path = '', before, options = {}, joined = true }: Opening = {}): Promise<Caller> {
  const observer = await at.person('observer', { name: 'Ana Paz', language })
  context = await browser.newContext({ ...phoneSize, locale: locales[language], permissions: ['geolocation'], geolocation: here, serviceWorkers: 'block', ...options })
  if (joined) await signIn(context, at, observer)
  await before?.(context)
  page = await context.newPage()
  page.setDefaultTimeout(patient.timeout)
  faults = faultsOf(page)
  await page.goto(`${at.address}/observer/${path}`)
  return observer
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const region = (name: string) => page.getByRole('region', { name, exact: true })
const lastFiled = async () => (await lead.call(listReportsCall, {})).reply.reports[0]
const field = (words: Words) => page.getByLabel(words.phone.capture.time)

/** Begins a report without a picture, with the phone's position known. */
async function begin(words: Words): Promise<void> {
  await button(words.phone.home.noPicture).click()
  await button(words.phone.place.accuracy.good).waitFor()
}

async function keep(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

async function choose(words: Words, files: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button(words.phone.capture.gallery).click()
  await (await chooser).setFiles(files)
}

/** What is told beside a field, by its description; it lies below the field. */
async function toldBeside(input: Locator): Promise<string> {
  const id = (await input.getAttribute('aria-describedby')) ?? ''
  const told = page.locator(`[id="${id}"]`)
  const [own, others] = [await told.boundingBox(), await input.boundingBox()]
  expect(own && others && own.y >= others.y + others.height - 1).toBe(true)
  return (await told.textContent()) ?? ''
}

const isInView = (locator: Locator) => locator.evaluate((element) => {
  const { top, bottom, left, width } = element.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight && element.contains(document.elementFromPoint(left + width / 2, (top + bottom) / 2))
})

describe.each(languages)('beside its field, in %s', (language) => {
  test('a file that is not taken is told at the pictures, by its name, until pictures are chosen again', async () => {
    const words = said[language]
    const { capture } = words.phone
    await openPhone({ language })
    await begin(words)
    const strip = region(capture.pictures)
    const good = await keep('IMG_1.jpg', await phonePicture(language === 'es' ? 101 : 102))
    const again = await keep('IMG_2.jpg', await phonePicture(language === 'es' ? 101 : 102))
    const files = [await keep('notas.txt', 'Nada que ver'), await keep('vacia.jpg', ''), await keep('rota.jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4000, 7)])), good, again]
    expect(await strip.getByRole('alert').count()).toBe(0)
    await choose(words, files)
    await strip.getByText(`notas.txt: ${capture.added.wrong_type}`).waitFor()
    await strip.getByText(`vacia.jpg: ${capture.added.empty}`).waitFor()
    await strip.getByText(`IMG_2.jpg: ${capture.added.repeated}`).waitFor()
    // What may be a picture is kept, and told.
    await strip.getByText(`${capture.picture(1, 2)}. ${capture.cannotShow}`).waitFor()
    expect(await strip.getByRole('alert').count()).toBe(4)
    expect(await page.locator('[role=status][aria-live=polite]').allTextContents()).toEqual([''])
    await choose(words, [await keep('IMG_3.jpg', await phonePicture(language === 'es' ? 103 : 104))])
    await expect.poll(() => strip.getByRole('alert').count(), patient).toBe(1)
    await expect.poll(() => strip.locator('img').count(), patient).toBe(2)
  })

  test('a time that is none, or has not been, is told at the time, and no more once it is right', async () => {
    const words = said[language]
    await openPhone({ language })
    await begin(words)
    const before = await field(words).inputValue()
    for (const [given, problem] of [['2099-01-01T10:00', words.phone.capture.inTheFuture], ['0002-11-24T09:30', words.phone.capture.noTime]] as const) {
      await field(words).fill(given)
      await page.getByText(problem).waitFor()
      expect(await toldBeside(field(words))).toBe(problem)
    }
    await field(words).blur()
    expect((await field(words).inputValue()).slice(0, 10)).toBe(before.slice(0, 10))
    await field(words).fill('2024-03-01T09:30')
    await expect.poll(() => page.getByText(words.phone.capture.noTime).count()).toBe(0)
    await field(words).blur()
    expect(await field(words).inputValue()).toBe('2024-03-01T09:30')
    await page.locator('[data-category]').first().click()
    await button(words.phone.capture.save).click()
    await expect.poll(async () => (await lastFiled())?.observedAt, patient).toBe('2024-03-01T15:30:00.000Z')
  })

  test('a report without a category is told at the categories, which come into view with the focus', async () => {
    const words = said[language]
    await openPhone({ language, options: { viewport: { width: 320, height: 420 } } })
    await begin(words)
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    const list = page.getByRole('group', { name: words.phone.capture.what })
    const problem = list.getByRole('alert')
    expect(await problem.count()).toBe(0)
    await button(words.phone.capture.save).click()
    await problem.getByText(words.phone.capture.chooseCategory).waitFor()
    expect(await isInView(problem)).toBe(true)
    expect(await page.locator(':focus').getAttribute('name')).toBe('category')
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    expect(await isInView(problem)).toBe(false)
    await button(words.phone.capture.save).click()
    await expect.poll(() => isInView(problem)).toBe(true)
    await page.locator('[data-category]').first().click()
    await expect.poll(() => problem.count()).toBe(0)
  })

  test('words are counted near their limit, and what did not fit is told', async () => {
    const words = said[language]
    const { capture } = words.phone
    await openPhone({ language, options: { permissions: ['geolocation', 'clipboard-read', 'clipboard-write'] } })
    await begin(words)
    const box = page.getByLabel(capture.wordsLabel)
    const counted = page.getByText(new RegExp(capture.count('@', '5,000').replace('@', '[\\d,.]+')))
    await box.fill('a'.repeat(4400))
    expect(await counted.count()).toBe(0)
    await box.fill('a'.repeat(4900))
    await page.getByText(capture.count('4,900', '5,000')).waitFor()
    await page.evaluate((text) => navigator.clipboard.writeText(text), 'b'.repeat(300))
    await box.press('Control+End')
    await box.press('Control+V')
    await page.getByText(capture.cutOff(200)).waitFor()
    expect(await box.inputValue()).toBe('a'.repeat(4900) + 'b'.repeat(100))
    await box.press('Backspace')
    await expect.poll(() => page.getByText(capture.cutOff(200)).count()).toBe(0)
    await box.press('c')
    await page.getByText(words.common.full(maxWords)).waitFor()
    await box.pressSequentially('de')
    await page.getByText(capture.cutOff(2)).waitFor()
    expect((await box.inputValue()).slice(-2)).toBe('bc')
    // As a keyboard gives what it was told, or kept: no paste.
    await box.fill('d'.repeat(5120))
    await page.getByText(capture.cutOff(120)).waitFor()
  })
})

describe('a time that is typed on a desk', () => {
  // Noon in El Salvador: half past nine in the evening has not been.
  const openDesk = () => openPhone({ language: 'en', options: { ...desktop, isMobile: false, hasTouch: false }, before: (fresh) => fresh.clock.setFixedTime('2026-11-24T18:00:00.000Z') })
  const capture = () => said.en.phone.capture
  const problems = () => page.getByText(capture().inTheFuture).or(page.getByText(capture().noTime)).count()

  test('is judged when the field is left, not at each key', async () => {
    await openDesk()
    await begin(said.en)
    const input = field(said.en)
    await input.focus()
    const passed: string[] = []
    for (const key of ['1', '1', '2', '4', '2', '0', '2', '6', '0', '9', '3', '0', 'A']) {
      await page.keyboard.press(key)
      passed.push(await input.inputValue())
      expect(await problems()).toBe(0)
      expect(await page.getByText('Today, 12:00').count()).toBe(1)
    }
    expect(passed).toEqual(expect.arrayContaining(['0002-11-24T12:00', '0020-11-24T12:00', '0202-11-24T12:00', '2026-11-24T21:30', '2026-11-24T09:30']))
    await input.blur()
    await page.getByText('Today, 09:30').waitFor()
    expect(await problems()).toBe(0)

    await input.focus()
    for (const key of ['1', '1', '2', '4', '2', '0', '2', '6', '0', '9', '3', '0', 'P']) await page.keyboard.press(key)
    expect(await problems()).toBe(0)
    await input.blur()
    await page.getByText(capture().inTheFuture).waitFor()
    expect(await page.getByText('Today, 09:30').count()).toBe(1)
  })

  test('changes nothing while it is incomplete, and says so', async () => {
    await openDesk()
    await begin(said.en)
    const input = field(said.en)
    await input.focus()
    await page.keyboard.press('Backspace')
    await expect.poll(() => input.inputValue()).toBe('')
    expect(await problems()).toBe(0)
    await input.blur()
    await page.getByText(capture().noTime).waitFor()
    expect(await page.getByText('Today, 12:00').count()).toBe(1)
    expect(await input.inputValue()).toBe('2026-11-24T12:00')
  })
})

describe('where the phone is taken to be', () => {
  const { phone: es } = said.es
  const far = () => page.getByText(new RegExp(es.place.far('@').replace('@', '1\\d\\d km')))
  const place = () => region(es.place.title)

  async function choosePlace(station: string): Promise<void> {
    await page.getByLabel(es.place.search).fill(station)
    await page.locator(`[data-station=${station}]`).tap()
    await button(es.place.useCentre).tap()
  }
  async function save(): Promise<void> {
    await page.locator('[data-category]').first().tap()
    await button(es.capture.save).tap()
    await button(es.home.noPicture).waitFor()
  }

  test('a place far from the phone is told beside it with the switch, and neither keeps a report from being saved nor becomes where the phone is', async () => {
    await openPhone()
    await begin(said.es)
    await place().getByText('Escuela Canaria').waitFor()
    expect(await far().count()).toBe(0)
    await place().getByRole('button').first().tap()
    await choosePlace('CE-03')
    await place().getByText('Escuela Lejana').waitFor()
    await far().waitFor()
    expect(await place().getByRole('alert').count()).toBe(1)
    await place().getByRole('switch').tap()
    await expect.poll(() => far().count()).toBe(0)
    await save()
    await page.locator('[data-delivery=delivered]').waitFor()
    const { id = '' } = (await lastFiled()) ?? {}
    expect((await lead.call(getReportCall, { id })).reply).toMatchObject({ filed: { station: 'CE-03' }, atStation: false })

    await page.getByText('Escuela Canaria').waitFor()
    await begin(said.es)
    await place().getByText('Escuela Canaria').waitFor()
    expect(await place().getByRole('switch').isChecked()).toBe(false)
    await place().getByRole('button').first().tap()
    await choosePlace('CE-03')
    await far().waitFor()
    await save()
    await page.getByText('Escuela Canaria').waitFor()
  })

  test('without a position, too, a place that its author is not at is not where the phone is; one that they are at is', async () => {
    await openPhone({ options: { permissions: [] } })
    await page.getByText(es.home.whereAreYou).waitFor()
    // A report that is left unsaved says nothing of where the phone is.
    await button(es.home.noPicture).tap()
    await place().getByRole('button').first().tap()
    await choosePlace('CE-03')
    await place().getByText('Escuela Lejana').waitFor()
    await button(said.es.common.buttons.close).tap()
    await page.getByText(es.home.whereAreYou).waitFor()
    for (const [station, isThere] of [['CE-03', false], ['CE-02', true]] as const) {
      await button(es.home.noPicture).tap()
      await place().getByRole('button').first().tap()
      await choosePlace(station)
      if (!isThere) await place().getByRole('switch').tap()
      await save()
      await page.locator('[data-delivery=delivered]').waitFor()
      await page.getByText(isThere ? 'Escuela Otra' : es.home.whereAreYou).waitFor()
    }
    expect(await page.getByText('Escuela Lejana').count()).toBe(0)
  })

  test('a choice at home far from the phone is told before it is made, and ends; one without a position holds', async () => {
    await openPhone()
    await page.getByText('Escuela Canaria').waitFor()
    const told = page.getByText(new RegExp(es.place.farFromHere('@').replace('@', '1\\d\\d km')))
    await button(es.home.change).tap()
    await page.getByText(es.place.positionIs.good).waitFor()
    await page.getByLabel(es.place.search).fill('CE-03')
    expect(await told.count()).toBe(0)
    await page.locator('[data-station=CE-03]').tap()
    await told.waitFor()
    await button(es.place.useCentre).tap()
    await page.getByText('Escuela Canaria').waitFor()
    await context?.close()

    await openPhone({ options: { permissions: [] }, path: '?at=place' })
    await choosePlace('CE-03')
    await page.getByText('Escuela Lejana').waitFor()
    await context?.grantPermissions(['geolocation'])
    await begin(said.es)
    // The report had begun with what was chosen; its own position speaks against it.
    await place().getByText('Escuela Canaria').waitFor()
  })
})

describe.each(languages)('a mission without a register, in %s', (language) => {
  test('says so, and that the place is described in the words of the report', async () => {
    const words = said[language]
    const { place, home, capture } = words.phone
    await openPhone({ at: bare, language })
    await region(home.place).getByText(`${place.noStations} ${place.describe}`).waitFor()
    expect(await button(home.choose).count()).toBe(0)
    await begin(words)
    await region(place.title).getByText(place.describe).waitFor()
    await region(place.title).getByRole('button').first().click()
    await page.getByText(place.noStations, { exact: true }).waitFor()
    expect(await page.getByText(place.describe).count()).toBe(1)
    expect(await page.getByText('«»').or(page.getByText('“”')).count()).toBe(0)
    await page.getByText(place.otherHint).click()
    await button(place.useOther).click()
    await region(place.title).getByText(place.other).waitFor()
    await region(place.title).getByText(place.describe).waitFor()
    await page.getByLabel(capture.wordsLabel).fill('Calle')
  })

  test('and with one, only another place is to be described', async () => {
    const { place, home } = said[language].phone
    await openPhone({ language })
    await page.getByText('Escuela Canaria').waitFor()
    await begin(said[language])
    await region(place.title).getByText('Escuela Canaria').waitFor()
    expect(await page.getByText(place.describe).count()).toBe(0)
    await region(place.title).getByRole('button').first().click()
    await page.getByText(place.otherHint).click()
    await page.getByText(place.describe).waitFor()
    expect(await page.getByText(place.noStations).count()).toBe(0)
    await button(place.useOther).click()
    await region(place.title).getByText(place.describe).waitFor()
    expect(await button(home.noPicture).count()).toBe(0)
  })
})

describe('on a small phone', () => {
  test.each(languages)('a position that is refused is explained at home, in %s', async (language) => {
    const { home, place } = said[language].phone
    await openPhone({ language, options: { viewport: small }, before: (fresh) => fresh.clearPermissions() })
    await button(home.findMe).waitFor()
    expect(await page.getByText(place.refused).count()).toBe(0)
    const session = await context?.newCDPSession(page)
    await session?.send('Browser.setPermission', { permission: { name: 'geolocation' }, setting: 'denied', origin: house.address })
    await button(home.findMe).tap()
    await region(home.place).getByText(`${place.refused} ${place.howToAllow.other}`).waitFor()
    expect(await button(home.findMe).count()).toBe(1)
  })

  test('a long name of the mission takes two lines at most', async () => {
    await openPhone({ at: bare, options: { viewport: small } })
    const name = page.getByRole('heading', { name: longName })
    const { height, line, whole } = await name.evaluate((element) => ({ height: element.getBoundingClientRect().height, line: Number.parseFloat(getComputedStyle(element).lineHeight), whole: element.scrollHeight }))
    expect(height).toBeLessThanOrEqual(2 * line + 1)
    expect(whole).toBeGreaterThan(2 * line)
  })

  test('the button to join is in view, whatever stands above it', async () => {
    const observer = await openPhone({ at: bare, options: { viewport: small }, joined: false })
    const { reply } = await bareLead.call(newLinkCall, { id: observer.id })
    await page.getByLabel(said.es.late.join.link).fill(reply.link)
    await button(said.es.late.join.look).tap()
    const enter = button(said.es.late.join.join)
    await enter.waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(true)
    expect(await isInView(enter)).toBe(true)
    // A name and its value stand on one line.
    const [term, value] = await Promise.all([page.getByText(said.es.late.join.organisation, { exact: true }).boundingBox(), page.locator('dt:has-text("Organización") + dd').boundingBox()])
    expect(term && value && Math.abs(term.y - value.y) < 4).toBe(true)
  })

  test('the first report is whole beside the offer to install', async () => {
    await openPhone({ options: { viewport: small } })
    await begin(said.es)
    await page.locator('[data-category]').first().tap()
    await button(said.es.phone.capture.save).tap()
    await page.locator('[data-delivery=delivered]').waitFor()
    await page.evaluate(() => dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => Promise.resolve() })))
    await button(said.es.phone.install.do).waitFor()
    const [row, foot] = await Promise.all([page.locator('[data-report]').boundingBox(), page.locator('footer').boundingBox()])
    expect(row && foot && row.y + row.height <= foot.y).toBe(true)
    // Where there is room the reason stands too, below its title.
    await page.setViewportSize({ width: 320, height: 844 })
    const [title, why] = await Promise.all([page.getByText(said.es.phone.install.title, { exact: true }).boundingBox(), page.getByText(said.es.phone.install.why, { exact: true }).boundingBox()])
    expect(title && why && why.y >= title.y + title.height).toBe(true)
  })

  test('Escape steps back from the menu, and not from a dialog on it', async () => {
    const { home } = said.es.phone
    const { menu } = said.es.late
    await openPhone({ options: { viewport: small } })
    await button(home.menu).tap()
    await page.getByRole('group', { name: menu.look }).waitFor()
    // Three choices beside each other.
    const tops = await page.getByRole('group', { name: menu.look }).locator('label').evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().top))
    expect(new Set(tops).size).toBe(1)
    await button(menu.leave).tap()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('heading', { name: menu.title }).waitFor()
    await page.keyboard.press('Escape')
    await button(home.noPicture).waitFor()
  })
})

describe('how far a report is', () => {
  test('what is received is not counted as still to be sent, and the row says how much of it is there', async () => {
    const { phone } = said.es
    await openPhone()
    await context?.route('**/api/uploads**', (route) => route.abort())
    const chooser = page.waitForEvent('filechooser')
    await button(phone.home.gallery).tap()
    await (await chooser).setFiles([await keep('a.jpg', await phonePicture(201)), await keep('b.jpg', await phonePicture(202))])
    await page.locator('[data-category]').first().tap()
    await button(phone.capture.save).tap()
    await page.locator('[data-report]').getByText('recibido, foto 0 de 2', { exact: true }).waitFor()
    await expect.poll(() => page.locator('[data-delivery]').textContent()).toContain('2 fotos')
    expect(await page.locator('[data-delivery]').textContent()).not.toContain('informe')
    await context?.unroute('**/api/uploads**')
    await page.locator('[data-delivery=delivered]').waitFor()
    await page.locator('[data-report]').getByText('todo recibido', { exact: true }).waitFor()
    await begin(said.es)
    await page.locator('[data-category]').first().tap()
    await button(phone.capture.save).tap()
    await page.locator('[data-report]').first().getByText('recibido', { exact: true }).waitFor()
  })

  test('a time that is typed has room for its minutes, and one that is tapped covers nothing', async () => {
    await openPhone()
    await begin(said.es)
    const input = field(said.es)
    const severity = page.getByLabel(said.es.phone.capture.severity)
    await severity.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    await input.focus()
    expect(await isInView(severity)).toBe(true)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => input.evaluate((element) => element.clientWidth)).toBeGreaterThan(320)
    expect(await input.evaluate((element) => getComputedStyle(element).opacity)).toBe('1')
    const [typed, main] = await Promise.all([input.boundingBox(), page.locator('main').boundingBox()])
    expect(typed && main && typed.x >= main.x && typed.x + typed.width <= main.x + main.width).toBe(true)
    await input.blur()
    await expect.poll(() => isInView(severity)).toBe(true)
  })
})
