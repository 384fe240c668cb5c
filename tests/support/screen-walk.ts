import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { leaveCall } from '../../shared/mission.ts'
import { cuttable, desktop, faultsOf, keepScreen, openShell, phone, signIn } from './browser.ts'
import type { Caller } from './house.ts'
import { axeFaults, cutTexts, hiddenStops, strangeWords, untilStill } from './screen-checks.ts'
import { fillPhone } from './screen-phone.ts'
import type { Kept } from './screen-phone.ts'
import { openStage } from './screen-stage.ts'
import type { Stage } from './screen-stage.ts'
import { readWords, textsOnlyIn } from './screen-words.ts'
import type { Language, Words } from './screen-words.ts'
import { screens } from '../screens.ts'
import type { Screen, Who } from '../screens.ts'

// The screens of the registry in one language, light and dark, wide and narrow: the main ones in both looks and at every width, of the others every second one in English and light, the rest in Spanish and dark; EVERY_SCREEN walks all in each language, which takes three minutes more.
// KEEP_SCREENS names the pictures that are kept in tests/screens/; `all` keeps each.

const kept = (process.env['KEEP_SCREENS'] ?? '').split(',')
const keep = async (page: Page, name: string) => (kept.includes('all') && !/820|large/.test(name)) || kept.includes(name) ? keepScreen(page, name) : undefined
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

/** Every second one by day in English, the others by night in Spanish: both languages together see every screen. For pictures by name only their screens are walked. */
function isWalked(screen: Screen, language: Language): boolean {
  if (process.env['KEEP_SCREENS']) return kept.includes('all') || kept.some((picture) => picture.startsWith(`${screen.name}-`) && picture.endsWith(`-${language}`))
  return isWhole(screen) || screens.indexOf(screen) % 2 === (language === 'en' ? 0 : 1)
}

const isWhole = ({ isMain }: Screen): boolean => Boolean(isMain || process.env['EVERY_SCREEN'])
/** The middle for the main ones, the widest for those of a desk. */
const widthsOf = (screen: Screen): readonly number[] => (!isWhole(screen) ? [320] : screen.isMain && screen.size === 'desktop' ? [320, 820, 2560] : [320, 820])

type Desk = { page: Page; cut: () => Promise<void>; who: Who | null }

const deskIn = async (context: BrowserContext): Promise<Desk> => {
  const page = await context.newPage()
  return { page, cut: await cuttable(page), who: null }
}

/** A desk as the next one finds it. */
async function leaveDesk(page: Page, viewport: { width: number; height: number }, colorScheme: 'light' | 'dark'): Promise<void> {
  page.removeAllListeners()
  // What was still on its way is not looked at any more.
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.context().setOffline(false)
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize(viewport)
}

/** The screens of one language by name, and what looks at one. Opens its houses and its browser before the first, closes them after the last. */
export function walkIn(language: Language): { walked: [string, Screen][]; visit: (screen: Screen) => Promise<string[]> } {
  const [theme, otherTheme] = language === 'es' ? (['dark', 'light'] as const) : (['light', 'dark'] as const)
  let stage: Stage
  let browser: Browser
  let words: Words
  let foreign: readonly string[]
  /** The phone of an observer who filed what its screens show. */
  let filled: { context: BrowserContext; kept: Kept }
  /** A desk for each size: whoever comes sits down at it. */
  const desks = new Map<string, Desk>()

  const callerFor = async (who: Who): Promise<Caller | null> => {
    switch (who) {
      case 'nobody': case 'freshNobody': return null
      case 'newcomer': return stage.newcomer
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
      case 'toldDesk': return stage.told.desk
      case 'toldPress': return stage.told.press
    }
  }

  const houseOf = (who: Who) => (who.startsWith('empty') ? stage.empty : who.startsWith('fresh') ? stage.fresh : stage.sample)

  const optionsFor = (size: Screen['size']): BrowserContextOptions => ({
    ...(size === 'phone' ? phone : desktop), locale: language === 'es' ? 'es-SV' : 'en-GB', colorScheme: theme, reducedMotion: 'reduce',
    permissions: ['geolocation'], geolocation: { ...stage.places.near, accuracy: 12 },
  })

  /** Where a screen is looked at: the phone that was filled, the desk of its size, or a browser of its own where the browser itself is another. A desk forgets one person before the next. */
  const openFor = async ({ who, size, agent, isAlone }: Screen): Promise<Desk & { caller: Caller | null; isOwn: boolean }> => {
    const isOwn = Boolean(isAlone ?? agent)
    const key = who === 'observer' ? who : size
    const known = desks.get(key)
    const desk = known && !isOwn ? known : await deskIn(who === 'observer' ? filled.context : await browser.newContext({ ...optionsFor(size), serviceWorkers: 'block', ...(agent ? { userAgent: iphone } : {}) }))
    if (!isOwn) desks.set(key, desk)
    if (who === 'observer' || desk.who === who) return { ...desk, caller: null, isOwn }
    const caller = await callerFor(who)
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

  /** Looks at a screen and gives everything that is wrong with it, each with where it was seen. */
  const visit = async (screen: Screen): Promise<string[]> => {
    const { page, cut, caller, isOwn } = await openFor(screen)
    const found: string[] = []
    const say = (where: string, faults: readonly string[]) => found.push(...faults.map((fault) => `${where}: ${fault}`))
    const look = async (where: string) => {
      say(where, await cutTexts(page))
      await keep(page, `${screen.name}-${where}-${theme}-${language}`)
    }
    const faults = faultsOf(page)
    const viewport = page.viewportSize() ?? { width: 0, height: 0 }
    try {
      const seen = { page, words, stage, kept: filled.kept, cut, endSession: async () => caller?.call(leaveCall, {}) }
      await screen.before?.(seen)
      await page.goto(`${houseOf(screen.who).address}${typeof screen.at === 'string' ? screen.at : screen.at(stage, filled.kept)}`)
      if (screen.act) {
        await untilStill(page)
        await screen.act(seen)
      }
      await screen.known(page, words).waitFor({ timeout: 120_000 })
      await untilStill(page)

      await look(screen.size)
      say(theme, await axeFaults(page))
      if ((await page.locator('html').getAttribute('lang')) !== language) say('language', ['the page says that it is in another'])
      say('words', await strangeWords(page, foreign))
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
        await look(String(width))
      }
      await page.setViewportSize(viewport)
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
      if (screen.size === 'desktop' || isWhole(screen)) {
        await untilStill(page)
        await look('large')
      }
      if (screen.size === 'phone') {
        await page.setViewportSize({ width: 320, height: 640 })
        await untilStill(page)
        await look('320-large')
        await page.setViewportSize(viewport)
      }
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

  beforeAll(async () => {
    ;[stage, browser] = await Promise.all([openStage(), openShell()])
    words = await readWords(language)
    foreign = [...textsOnlyIn(await readWords(language === 'es' ? 'en' : 'es'), words)]
    const caller = await callerFor('observer')
    const context = await browser.newContext(optionsFor('phone'))
    if (caller) await signIn(context, stage.sample, caller)
    const judges = await Promise.all(['Ulises', language === 'es' ? 'Victoria' : 'Teresa'].map((name) => stage.named(name)))
    filled = { context, kept: await fillPhone(context, words, language, stage, judges) }
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  return { walked: screens.filter((screen) => isWalked(screen, language)).map((screen) => [screen.name, screen]), visit }
}
