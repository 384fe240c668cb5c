import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { setBasicsCall } from '../../shared/mission.ts'
import { faultsOf, openBrowser, patient, phone as phoneSize, signIn } from './browser.ts'
import { atFirstStation, setUp } from './desk.ts'
import { startHouse, wallClock } from './house.ts'
import type { Caller, TestHouse } from './house.ts'
import { readWords } from './screen-words.ts'
import type { Language, Words } from './screen-words.ts'

// One phone at a time, in its author's hand: a file of tests that begins with `withPhone()` opens it anew in each.

export const languages = ['es', 'en'] as const
export const small = { width: 320, height: 640 }
export const said: Record<Language, Words> = { es: await readWords('es'), en: await readWords('en') }
export const longName = 'Misión de observación electoral de las organizaciones de la sociedad civil de los dos grandes lagos'
const locales = { es: 'es-SV', en: 'en-US' } as const

let browser: Browser
let folder = ''
let faults: string[] = []
export let house: TestHouse
export let lead: Caller
/** A mission without a register, and with a long name. */
export let bare: TestHouse
export let bareLead: Caller
export let context: BrowserContext | undefined
export let page: Page

/** Starts both missions and the browser for a file of tests; each test's page must have gone without a fault. */
export function withPhone(): void {
  beforeAll(async () => {
    browser = await openBrowser()
    folder = await mkdtemp(join(tmpdir(), 'veedor-phone-'))
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
}

type Opening = { at?: TestHouse; language?: Language; path?: string; before?: (context: BrowserContext) => Promise<unknown>; options?: BrowserContextOptions; joined?: boolean }

/** Opens the app as the phone of an observer who has just joined. */
export async function openPhone({ at = house, language = 'es', path = '', before, options = {}, joined = true }: Opening = {}): Promise<Caller> {
  const observer = await at.person('observer', { name: 'Ana Paz', language })
  context = await browser.newContext({ ...phoneSize, locale: locales[language], permissions: ['geolocation'], geolocation: atFirstStation, serviceWorkers: 'block', ...options })
  if (joined) await signIn(context, at, observer)
  await before?.(context)
  page = await context.newPage()
  faults = faultsOf(page)
  await page.goto(`${at.address}/observer/${path}`)
  return observer
}

export const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
export const region = (name: string): Locator => page.getByRole('region', { name, exact: true })
export const timeField = (words: Words): Locator => page.getByLabel(words.phone.capture.time)

/** Begins a report without a picture, with the phone's position known. */
export async function begin(words: Words): Promise<void> {
  await button(words.phone.home.noPicture).click()
  await button(words.phone.place.accuracy.good).waitFor()
}

export async function save(words: Words): Promise<void> {
  await page.locator('[data-category]').first().click()
  await button(words.phone.capture.save).click()
  await button(words.phone.home.noPicture).waitFor()
}

/** Waits for the phone's home to say how far what it holds is. */
export const delivery = (kind: string): Promise<void> => page.locator(`[data-delivery=${kind}]`).waitFor(patient)

/** A file on the phone, for its gallery to choose. */
export async function keep(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

/** Whether the whole height of it is on the screen, and nothing lies over its middle. */
export const isInView = (locator: Locator): Promise<boolean> => locator.evaluate((element) => {
  const { top, bottom, left, width } = element.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight && element.contains(document.elementFromPoint(left + width / 2, (top + bottom) / 2))
})
