import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { keepScreen } from './browser.ts'
import { axeFaults } from './screen-checks.ts'

/** A language in its own name, as the switch in a page's head has it. */
export async function readIn(page: Page, language: 'es' | 'en'): Promise<void> {
  await page.locator('header label').filter({ hasText: language === 'es' ? 'Español' : 'English' }).click()
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' })
}

const looks = [['es', 'light', 390], ['en', 'dark', 1440]] as const

/**
 * Looks at a page as it stands, in Spanish and light on a phone, in English and dark on a desk: nothing is wider than the screen down to 320 px, nothing is critical or serious
 * for axe. Pictures are kept. Afterwards the page is in Spanish, light, on a desk.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
  for (const [language, theme, width] of looks) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await readIn(page, language)
    await page.setViewportSize({ width: 320, height: 700 })
    expect(await tooWide(page), `${name} in ${language} at 320 px`).toEqual([])
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    expect(await tooWide(page), `${name} in ${language} at ${width} px`).toEqual([])
    expect(await axeFaults(page), `${name} in ${language}, ${theme}`).toEqual([])
    await keepScreen(page, `${name}-${width}-${theme}-${language}`)
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1440, height: 900 })
  await readIn(page, 'es')
}

/** What reaches beyond the screen's edge; nothing where the page itself does not scroll sideways. */
const tooWide = (page: Page): Promise<string[]> => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  return [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1).slice(0, 5).map((one) => `${scrollWidth} > ${clientWidth}: ${one.outerHTML.slice(0, 160)}`)
})
