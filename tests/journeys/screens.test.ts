import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveCall } from '../../shared/mission.ts'
import { cuttable, desktop, faultsOf, keepScreen, openBrowser, phone, signIn } from '../support/browser.ts'
import type { Caller } from '../support/house.ts'
import { axeFaults, cutTexts, hiddenStops, strangeWords, untilStill } from '../support/screen-checks.ts'
import { fillPhone } from '../support/screen-phone.ts'
import type { Kept } from '../support/screen-phone.ts'
import { openStage } from '../support/screen-stage.ts'
import type { Stage } from '../support/screen-stage.ts'
import { readWords, textsOnlyIn } from '../support/screen-words.ts'
import type { Language, Words } from '../support/screen-words.ts'
import { screens } from '../screens.ts'
import type { Screen, Who } from '../screens.ts'

// The screens of the registry, in both languages, light and dark, wide and narrow: the main ones in both languages and looks, of the others every second one in English and light, the rest in Spanish and dark; EVERY_SCREEN walks all in both languages, which takes three minutes more.
// KEEP_SCREENS names the pictures that are kept in tests/screens/; `all` keeps each.

const languages: readonly Language[] = ['en', 'es']
const kept = (process.env['KEEP_SCREENS'] ?? '').split(',')
const keep = async (page: Page, name: string) => (kept.includes('all') && !/820|large/.test(name)) || kept.includes(name) ? keepScreen(page, name) : undefined
/** For pictures by name only their screens are walked. */
const walked = screens.filter(({ name }) => !process.env['KEEP_SCREENS'] || kept.includes('all') || kept.some((picture) => picture.startsWith(`${name}-`)))
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

let stage: Stage
let browser: Browser
const words = new Map<Language, Words>()
const phones = new Map<Language, { context: BrowserContext; kept: Kept }>()
/** A desk for each size and language: whoever comes sits down at it. */
const desks = new Map<string, Desk>()
type Desk = { page: Page; cut: () => Promise<void>; who: Who | null }

const of = <Value>(map: ReadonlyMap<Language, Value>, language: Language): Value => {
  const found = map.get(language)
  if (found === undefined) throw new Error(`Nothing for ${language}`)
  return found
}

/** Who the person is, who differs by language where a phone of theirs must be theirs alone. */
async function callerFor(who: Who, language: Language): Promise<Caller | null> {
  switch (who) {
    case 'nobody': case 'freshNobody': return null
    case 'newcomer': return stage.named(language === 'es' ? 'Bruno' : 'Nathan')
    case 'observer': return stage.named(language === 'es' ? 'Ana' : 'Martha')
    case 'coordinator': return stage.named('Ulises')
    case 'lead': return stage.named('Zoila')
    case 'press': return stage.named('Ximena')
    case 'leavingDesk': return stage.namedAgain('Victoria')
    case 'leavingPress': return stage.namedAgain('Ximena')
    case 'emptyDesk': return stage.emptyDesk
    case 'emptyLead': return stage.emptyLead
    case 'emptyPress': return stage.emptyPress
    case 'freshLead': return stage.freshLead
  }
}

const houseOf = (who: Who) => (who.startsWith('empty') ? stage.empty : who.startsWith('fresh') ? stage.fresh : stage.sample)

const optionsFor = (language: Language, size: Screen['size']): BrowserContextOptions => ({
  // A phone's four times as many dots cost time, and only a kept picture shows them.
  ...(size === 'phone' ? { ...phone, deviceScaleFactor: process.env['KEEP_SCREENS'] ? 2 : 1 } : desktop), locale: language === 'es' ? 'es-SV' : 'en-GB', colorScheme: language === 'es' ? 'dark' : 'light', reducedMotion: 'reduce',
  permissions: ['geolocation'], geolocation: { ...stage.places.near, accuracy: 12 },
})

/** Where a screen is looked at: the phone that was filled, the desk of its size and language, or a browser of its own where the browser itself is another. A desk forgets one person before the next. */
async function openFor({ who, size, agent, isAlone }: Screen, language: Language): Promise<Desk & { caller: Caller | null; isOwn: boolean }> {
  const isOwn = Boolean(isAlone ?? agent)
  const key = `${who === 'observer' ? who : size} ${language}`
  const known = desks.get(key)
  const desk = known && !isOwn ? known : await deskIn(who === 'observer' ? of(phones, language).context : await browser.newContext({ ...optionsFor(language, size), serviceWorkers: 'block', ...(agent ? { userAgent: iphone } : {}) }))
  if (!isOwn) desks.set(key, desk)
  if (who === 'observer' || desk.who === who) return { ...desk, caller: null, isOwn }
  const caller = await callerFor(who, language)
  const context = desk.page.context()
  await desk.page.goto('about:blank')
  await context.clearCookies()
  const session = await context.newCDPSession(desk.page)
  await session.send('Storage.clearDataForOrigin', { origin: houseOf(who).address, storageTypes: 'all' })
  await session.detach()
  if (caller) await signIn(context, houseOf(who), caller)
  desk.who = /^(newcomer|leaving)/.test(who) ? null : who
  return { ...desk, caller, isOwn }
}

const deskIn = async (context: BrowserContext): Promise<Desk> => {
  const page = await context.newPage()
  return { page, cut: await cuttable(page), who: null }
}

beforeAll(async () => {
  ;[stage, browser] = await Promise.all([openStage(), openBrowser()])
  for (const language of languages) words.set(language, await readWords(language))
  await Promise.all(languages.map(async (language) => {
    const caller = await callerFor('observer', language)
    const context = await browser.newContext(optionsFor(language, 'phone'))
    if (caller) await signIn(context, stage.sample, caller)
    const judges = await Promise.all(['Ulises', language === 'es' ? 'Victoria' : 'Teresa'].map((name) => stage.named(name)))
    phones.set(language, { context, kept: await fillPhone(context, of(words, language), language, stage, judges) })
  }))
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

/** Looks at a screen in one language and gives everything that is wrong with it, each with where it was seen. */
async function visit(screen: Screen, language: Language): Promise<string[]> {
  const own = of(words, language)
  const { kept: held } = of(phones, language)
  const { page, cut, caller, isOwn } = await openFor(screen, language)
  const found: string[] = []
  const say = (where: string, faults: readonly string[]) => found.push(...faults.map((fault) => `${language}, ${where}: ${fault}`))
  const look = async (where: string, theme: 'light' | 'dark') => {
    say(where, await cutTexts(page))
    await keep(page, `${screen.name}-${where}-${theme}-${language}`)
  }
  const faults = faultsOf(page)
  const [theme, otherTheme] = language === 'es' ? (['dark', 'light'] as const) : (['light', 'dark'] as const)
  const viewport = page.viewportSize() ?? { width: 0, height: 0 }
  try {
    const seen = { page, words: own, language, stage, kept: held, cut, endSession: async () => caller?.call(leaveCall, {}) }
    await screen.before?.(seen)
    await page.goto(`${houseOf(screen.who).address}${typeof screen.at === 'string' ? screen.at : screen.at(stage, held, language)}`)
    if (screen.act) {
      await untilStill(page)
      await screen.act(seen)
    }
    await screen.known(page, own).waitFor({ timeout: 20_000 })
    await untilStill(page)

    await look(screen.size, theme)
    say(theme, await axeFaults(page))
    if ((await page.locator('html').getAttribute('lang')) !== language) say('language', ['the page says that it is in another'])
    say('words', await strangeWords(page, [...textsOnlyIn(of(words, language === 'es' ? 'en' : 'es'), own)]))
    // Light in English and dark in Spanish; the other way round for the main ones.
    if (screen.isMain) {
      await page.emulateMedia({ colorScheme: otherTheme })
      await untilStill(page)
      say(otherTheme, await axeFaults(page, ['color-contrast']))
      await keep(page, `${screen.name}-${screen.size}-${otherTheme}-${language}`)
      await page.emulateMedia({ colorScheme: theme })
    }

    for (const width of widthsOf(screen)) {
      await page.setViewportSize({ width, height: width === 2560 ? 1300 : width === 320 ? 640 : viewport.height })
      await untilStill(page)
      await look(String(width), theme)
    }
    await page.setViewportSize(viewport)
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
    await untilStill(page)
    await look('large', theme)
    await page.evaluate(() => { document.documentElement.style.fontSize = '' })
    if (language === 'en' || !screen.isMain) say('keyboard', await hiddenStops(page))
    say('console', faults)
  } catch (thrown) {
    say('walk', [String(thrown)])
    await keep(page, `${screen.name}-failed-${language}`)
  } finally {
    if (isOwn) await page.context().close()
    else await leaveDesk(page, viewport, theme)
  }
  return found
}

/** Every second one by day in English, the others by night in Spanish: each run sees every screen. */
const languagesOf = (screen: Screen): readonly Language[] => (screen.isMain || process.env['EVERY_SCREEN'] || process.env['KEEP_SCREENS'] ? languages : [screens.indexOf(screen) % 2 === 0 ? 'en' : 'es'])

/** The widest for the main ones alone. */
function widthsOf({ size, isMain }: Screen): readonly number[] {
  return isMain && size === 'desktop' ? [320, 820, 2560] : [320, 820]
}

/** A desk as the next one finds it. */
async function leaveDesk(page: Page, viewport: { width: number; height: number }, colorScheme: 'light' | 'dark'): Promise<void> {
  page.removeAllListeners()
  await page.unrouteAll()
  await page.context().setOffline(false)
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize(viewport)
}

describe('[R110] screens, in both languages, light and dark, from 320 to 2560 px', () => {
  test.each(walked.map((screen) => [screen.name, screen] as const))('%s', async (_, screen) => {
    expect((await Promise.all(languagesOf(screen).map((language) => visit(screen, language)))).flat()).toEqual([])
  })
})
