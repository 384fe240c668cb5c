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

// The screens of the registry, in both languages, light and dark, wide and narrow: the main ones in every run, each in its two looks; all of them where EVERY_SCREEN is set, which takes ten minutes and more.
// KEEP_SCREENS names the pictures that are kept in tests/screens/; `all` keeps each.

const languages: readonly Language[] = ['en', 'es']
const kept = (process.env['KEEP_SCREENS'] ?? '').split(',')
const keep = async (page: Page, name: string) => (kept.includes('all') && !/820|large/.test(name)) || kept.includes(name) ? keepScreen(page, name) : undefined
const walked = process.env['EVERY_SCREEN'] || process.env['KEEP_SCREENS'] ? screens : screens.filter((screen) => screen.isMain)
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

let stage: Stage
let browser: Browser
const words = new Map<Language, Words>()
const phones = new Map<Language, { context: BrowserContext; kept: Kept }>()
const desks = new Map<string, BrowserContext>()

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
  ...(size === 'phone' ? phone : desktop), locale: language === 'es' ? 'es-SV' : 'en-GB', colorScheme: language === 'es' ? 'dark' : 'light', reducedMotion: 'reduce',
  permissions: ['geolocation'], geolocation: { ...stage.places.near, accuracy: 12 },
})

/** Desks share a context for each person and size; a phone that must hold nothing is a new one. */
async function contextFor({ who, size, agent }: Screen, language: Language): Promise<{ context: BrowserContext; caller: Caller | null; isShared: boolean }> {
  if (who === 'observer') return { context: of(phones, language).context, caller: null, isShared: true }
  const isShared = !/^(newcomer|nobody|leaving)/.test(who)
  const key = `${who} ${size} ${language}`
  const known = desks.get(key)
  if (isShared && known) return { context: known, caller: null, isShared }
  const context = await browser.newContext({ ...optionsFor(language, size), serviceWorkers: 'block', ...(agent ? { userAgent: iphone } : {}) })
  const caller = await callerFor(who, language)
  if (caller) await signIn(context, houseOf(who), caller)
  if (isShared) desks.set(key, context)
  return { context, caller, isShared }
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
  const { context, caller, isShared } = await contextFor(screen, language)
  const page = await context.newPage()
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
    const seen = { page, words: own, language, stage, kept: held, cut: await cuttable(page), endSession: async () => caller?.call(leaveCall, {}) }
    await screen.before?.(seen)
    await page.goto(`${houseOf(screen.who).address}${typeof screen.at === 'string' ? screen.at : screen.at(stage, held)}`)
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
    // Light in English and dark in Spanish; the other way round for a few.
    if (screen.isMain) {
      await page.emulateMedia({ colorScheme: otherTheme })
      say(otherTheme, await axeFaults(page, ['color-contrast']))
      await keep(page, `${screen.name}-${screen.size}-${otherTheme}-${language}`)
      await page.emulateMedia({ colorScheme: theme })
    }

    for (const width of screen.size === 'phone' ? [320, 820] : [320, 820, 2560]) {
      await page.setViewportSize({ width, height: width === 2560 ? 1300 : width === 320 ? 640 : viewport.height })
      await untilStill(page)
      await look(String(width), theme)
    }
    await page.setViewportSize(viewport)
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
    await untilStill(page)
    await look('large', theme)
    await page.evaluate(() => { document.documentElement.style.fontSize = '' })
    if (language === 'en') say('keyboard', await hiddenStops(page))
    say('console', faults)
  } catch (thrown) {
    say('walk', [String(thrown)])
    await keep(page, `${screen.name}-failed-${language}`)
  } finally {
    await context.setOffline(false)
    await (isShared ? page.close() : context.close())
  }
  return found
}

describe('[R110] screens, in both languages, light and dark, from 320 to 2560 px', () => {
  test.each(walked.map((screen) => [screen.name, screen] as const))('%s', async (_, screen) => {
    expect((await Promise.all(languages.map((language) => visit(screen, language)))).flat()).toEqual([])
  })
})
