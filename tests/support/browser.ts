import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core'
import { findBrowser } from '../../tools/machine.mjs'
import type { Caller, TestHouse } from './house.ts'

const executablePath = findBrowser() ?? 'chromium'

/** What Chromium would draw or ask for beside the page: an address bar's popup costs as much as a page. Naming any replaces what Playwright names, so that what matters of its list stands here too. */
const withoutFeatures = [
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'AimEnabled', 'LensOverlay', 'MediaRouter', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'PreconnectToSearch',
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect',
]
// Without these Chromium asks its maker's hosts for things, which a closed network refuses again and again; and nothing here has a graphics card.
const args = [`--disable-features=${withoutFeatures.join(',')}`, '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** How long a test waits for what must come: where it comes, long patience costs nothing, and a busy machine may stand still for half a minute. */
export const patient = { timeout: 120_000 }

/** Each of its contexts has this patience. */
async function launch(program: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: program, args, ...patient })
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(patient.timeout)
    return context
  }
  return browser
}

export const openBrowser = (): Promise<Browser> => launch(executablePath)

/** For desks, hundreds of their screens: the browser without its windows, where `npm test` found one. It has no sending in the background and shows no notices: phones and what waits for those open the whole browser. */
export const openShell = (): Promise<Browser> => launch(process.env['HEADLESS_SHELL_PATH'] ?? executablePath)

/** A browser with a profile that outlives it: killed and opened again it finds what it kept. */
export async function openKept(profile: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, { executablePath, args, ...options, ...patient })
  context.setDefaultTimeout(patient.timeout)
  return context
}

/** A phone's four times as many dots cost time, and only a kept picture shows them. */
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: process.env['KEEP_SCREENS'] ? 2 : 1, isMobile: true, hasTouch: true }
export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }

/** Puts a person's session into a browser, as joining does. */
export async function signIn(context: BrowserContext, house: Pick<TestHouse, 'address'>, caller: Caller): Promise<void> {
  const [name = '', value = ''] = caller.cookie.split('=', 2)
  await context.addCookies([{ name, value, url: house.address, httpOnly: true, sameSite: 'Strict' }])
}

/** What goes wrong in a page from now on: errors that nothing caught, and what its own policy refused. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => void (/Content Security Policy/.test(message.text()) && faults.push(message.text())))
  return faults
}

/** Hears each answer that a page fetches, as a whole, before the page does: a browser keeps none that is read piece by piece. What is given ends it. */
export async function answersOf(page: Page, address: RegExp, hear: (text: string) => void): Promise<() => Promise<void>> {
  const under = new Set<Promise<void>>()
  await page.route(address, (route) => {
    if (route.request().resourceType() !== 'fetch') return route.fallback()
    const passed = (async () => {
      const response = await route.fetch()
      hear(await response.text())
      await route.fulfill({ response })
    })().catch((thrown: unknown) => {
      // Of a page that is closed meanwhile the answer is nobody's any more.
      if (!(thrown instanceof Error && /disposed|closed/.test(thrown.message))) throw thrown
    })
    under.add(passed)
    return passed.finally(() => under.delete(passed))
  })
  return async () => {
    // What is still on its way is let through by the browser once nobody listens, and then by nobody else.
    await Promise.allSettled(under)
    await page.unroute(address)
  }
}

/** A page of somebody who is signed in, in a context of its own. Errors of the page fail the test that looks at `faults`. */
export async function pageOf(browser: Browser, house: Pick<TestHouse, 'address'>, caller: Caller, options: BrowserContextOptions & { at?: string } = {}): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const { at = '/', ...rest } = options
  const context = await browser.newContext({ ...desktop, locale: 'en-GB', ...rest })
  await signIn(context, house, caller)
  const page = await context.newPage()
  const faults = faultsOf(page)
  await page.goto(`${house.address}${at}`)
  return { page, context, faults }
}

/** A switch that takes a page off the network: its socket too, which a browser's own switch leaves open. */
export async function cuttable(page: Page): Promise<() => Promise<void>> {
  const sockets: WebSocketRoute[] = []
  await page.routeWebSocket(/socket/, (socket) => {
    sockets.push(socket)
    socket.connectToServer()
  })
  return async () => {
    await page.context().setOffline(true)
    for (const socket of sockets) await socket.close()
  }
}

const screens = resolve(import.meta.dirname, '../screens')

/** Keeps a picture of a screen for the docs and for whoever looks: `<screen>-<size>-<theme>-<language>.png`. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  mkdirSync(screens, { recursive: true })
  await page.screenshot({ path: join(screens, `${name}.png`), animations: 'disabled' })
}
