import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { desktop, faultsOf } from './browser.ts'

/** A page whose sockets, calls and errors are written down as they come. */
export type Watched = { context: BrowserContext; page: Page; frames: string[]; calls: string[]; faults: string[] }

export async function openWatched(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ ...desktop, locale: 'en-GB', acceptDownloads: true, ...options })
  const page = await context.newPage()
  const frames: string[] = []
  const calls: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))))
  page.on('request', (request) => calls.push(new URL(request.url()).pathname))
  return { context, page, frames, calls, faults: faultsOf(page) }
}

/** Opens a person's one-time link and presses its one button. */
export async function joinAt(page: Page, link: string, button: 'Join the mission' | 'Unirme a la misión'): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: button }).click()
  await page.waitForURL((address) => address.pathname !== '/join')
}

/** Joins as one of the staff of a mission that is open, and puts off the question how to come back. */
export async function joinStaffAt(page: Page, link: string, button: 'Join the mission' | 'Unirme a la misión'): Promise<void> {
  await joinAt(page, link, button)
  await page.getByRole('link', { name: button === 'Join the mission' ? 'Later' : 'Más tarde' }).click()
  await page.waitForURL((address) => address.pathname !== '/signin/mine')
}

/** Until the page says that it holds everything and is told of what comes. */
export const untilLive = (page: Page): Promise<void> => page.locator('[data-state=live]').first().waitFor({ timeout: 120_000 })

export type Share = { x: number; y: number }

/** Draws a box with the mouse over what an element shows, between two points given as shares of its width and height. */
export async function drawOver(element: Locator, from: Share, to: Share): Promise<void> {
  const box = await element.boundingBox()
  if (!box) throw new Error('There is nothing to draw on')
  const at = ({ x, y }: Share): [number, number] => [box.x + box.width * x, box.y + box.height * y]
  const { mouse } = element.page()
  await mouse.move(...at(from))
  await mouse.down()
  await mouse.move(...at({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }))
  await mouse.move(...at(to))
  await mouse.up()
}
