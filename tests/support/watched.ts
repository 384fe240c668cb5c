import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'

type Watched = { page: Page; faults: string[] }

/** Keeps the pages of each test: after it they must have told of no fault, and are closed; the browser and the house after the last. */
export function watchedPages(stand: () => { browser: Browser; house: { stop: () => Promise<unknown> } }): (opened: Watched) => Page {
  const open: Watched[] = []
  afterEach(async () => {
    for (const { page, faults } of open.splice(0)) {
      expect(faults).toEqual([])
      await page.context().close()
    }
  })
  afterAll(async () => {
    const { browser, house } = stand()
    await browser.close()
    await house.stop()
  })
  return (opened) => {
    open.push(opened)
    return opened.page
  }
}
