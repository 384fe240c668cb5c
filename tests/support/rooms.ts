import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'
import { pageOf } from './browser.ts'
import type { Caller, TestHouse } from './house.ts'

type Options = Parameters<typeof pageOf>[3]
export type Rooms = {
  /** A page of the room, with its list or its people in view. `prepare`: what is done to the page before the room is asked for. */
  open: (who: Caller, at: string, options?: Options, prepare?: (page: Page) => Promise<void>) => Promise<Page>
  /** A page that a test opened by itself. */
  keep: (page: Page) => Page
}

/** Rooms in a browser of a file's own; each test's are closed after it, the browser and the house after the last. */
export function roomsOf(stand: () => { browser: Browser; house: TestHouse }): Rooms {
  const pages: Page[] = []
  const keep = (page: Page): Page => {
    pages.push(page)
    return page
  }
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close()
  })
  afterAll(async () => {
    const { browser, house } = stand()
    await browser.close()
    await house.stop()
  })
  return {
    keep,
    open: async (who, at, options = {}, prepare = async () => undefined) => {
      const { browser, house } = stand()
      const { page, faults } = await pageOf(browser, house, who, { ...options, at: '/api/me' })
      keep(page)
      await prepare(page)
      await page.goto(`${house.address}${at}`)
      await page.locator('[data-list][data-count], main table').first().waitFor({ state: 'attached' })
      expect(faults).toEqual([])
      return page
    },
  }
}
