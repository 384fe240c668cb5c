import axe from 'axe-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import * as z from 'zod/mini'

declare global {
  // What axe leaves in a page.
  interface Window { axe: typeof axe }
}

// Half as many bytes to be sent into each page and read there as what `axe.source` holds.
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Rules whose findings are moderate at most, whatever they find: nobody looks at those, and they take a third of the time. */
const unasked = Object.fromEntries(
  z.object({ _audit: z.object({ rules: z.array(z.object({ id: z.string(), impact: z.string() })) }) }).parse({ ...axe })._audit.rules.filter(({ impact }) => impact === 'moderate' || impact === 'minor').map(({ id }) => [id, { enabled: false }]),
)

/** Until nothing is on its way any more: what was asked for is here, and every picture in sight is drawn. */
export async function untilStill(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isInSight = (image: Element) => {
      const { top, bottom, left, right } = image.getBoundingClientRect()
      return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
    }
    return document.readyState === 'complete' && document.fonts.status === 'loaded' && document.querySelector('[aria-busy=true], [data-state=connecting]') === null &&
      !document.getAnimations().some((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity) && [...document.images].every((image) => image.complete || !isInSight(image))
  }, undefined, { timeout: 120_000 })
}

/** What axe calls critical or serious, each with where it is. `rules`: these alone. Its script is put into a page once, no style sheet is fetched again; the hundreds of countries and zones that the browser itself draws are left out. */
export async function axeFaults(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  return page.evaluate(async ({ only, off }) => {
    const { violations } = await window.axe.run({ exclude: ['option'] }, { resultTypes: ['violations'], preload: false, ...(only ? { runOnly: only } : { rules: off }) })
    return violations.filter(({ impact }) => impact === 'critical' || impact === 'serious').flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`))
  }, { only: rules, off: unasked })
}

/** Texts that stand outside of the screen or are cut by what they stand in, and how far the page is wider than its screen. What ends in an ellipsis is cut knowingly; what scrolls can be reached. */
export const cutTexts = (page: Page): Promise<string[]> => page.evaluate(() => {
  const found: string[] = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth - clientWidth} px wider than its screen of ${clientWidth} px`)

  const whyCut = (element: Element, text: DOMRect): string | null => {
    let isAcross = true
    let isDown = true
    for (let box: Element | null = element; box && (isAcross || isDown); box = box.parentElement) {
      const style = getComputedStyle(box)
      const { left, right, top, bottom } = box.getBoundingClientRect()
      const clips = box !== document.body && box !== document.documentElement
      // A strip or a table is made to be moved sideways; a whole part of a page is not.
      const scrolls = /auto|scroll/.test(style.overflowX)
      if (clips && isAcross && scrolls && (box.clientHeight < 200 || element.closest('table'))) isAcross = false
      if (clips && isDown && /auto|scroll/.test(style.overflowY)) isDown = false
      // A number that ends in an ellipsis is another number.
      const isKnown = !element.closest('.numbers') && (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none')
      if (clips && isAcross && (scrolls || /hidden|clip/.test(style.overflowX))) {
        if (isKnown) isAcross = false
        else if (text.right > right + 1.5 || text.left < left - 1.5) return 'is cut at its side'
      }
      if (clips && isDown && /hidden|clip/.test(style.overflowY)) {
        if (isKnown) isDown = false
        else if (text.bottom > bottom + 3 || text.top < top - 3) return 'is cut above or below'
      }
      // It stands on the screen itself.
      if (style.position === 'fixed') break
    }
    return isAcross && (text.right > innerWidth + 1.5 || text.left < -1.5) ? 'stands outside of the screen' : null
  }

  /** What has a size of one pixel is for ears alone. */
  const isHeardOnly = (element: Element | null): boolean => element !== null && (element.clientWidth === 1 || isHeardOnly(element.parentElement))

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const element = node.parentElement
    const text = node.textContent?.trim()
    // What lies on a map is cut where the map ends; options are drawn by the browser; a tip stays where its button was.
    if (!element || !text || isHeardOnly(element) || element.closest('[role=tooltip], .leaflet-container, svg, option, script, [inert], a[href^="#"]') || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = element.closest('button, a, label, [role=button]')?.getBoundingClientRect()
    const why = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1).map((rect) => whyCut(element, rect) ?? (box && rect.top < innerHeight && rect.bottom > 0 && (rect.right > box.right + 1.5 || rect.left < box.left - 1.5) ? 'stands out of what is pressed' : null)).find((one) => one !== null)
    if (why) found.push(`“${text.slice(0, 60)}” ${why} (${element.tagName.toLowerCase()}.${element.className})`)
  }
  return [...new Set(found)].slice(0, 8)
})

/** What is on the screen in words that its reader should not see: names of our own, or what stands in a catalogue of another language alone. */
export const strangeWords = (page: Page, foreign: readonly string[]): Promise<string[]> => page.evaluate((others) => {
  const theirs = new Set(others)
  const raw = /\bundefined\b|\bNaN\b|\[object |^null$|\b(?:counting|opening|closing|voting|access|secrecy|sheet|transmission|report|photo|release|room|press)\.[a-z_]+\b/
  const found: string[] = []
  const look = (text: string | null | undefined, element: Element) => {
    const own = text?.trim()
    if (!own || element.closest('[lang]') !== document.documentElement) return
    if (theirs.has(own)) found.push(`not translated: ${own}`)
    else if (raw.test(own)) found.push(`a name of ours: ${own}`)
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) if (walker.currentNode.parentElement) look(walker.currentNode.textContent, walker.currentNode.parentElement)
  for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) for (const name of ['aria-label', 'title', 'placeholder', 'alt']) look(element.getAttribute(name), element)
  return [...new Set(found)].slice(0, 8)
}, foreign)

/** Presses Tab some times and names the stops that one cannot see: nothing about them changes, or they lie outside of the screen. */
export async function hiddenStops(page: Page, presses = 6): Promise<string[]> {
  const found: string[] = []
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press('Tab')
    const why = await page.evaluate(async () => {
      // What the focus sets going is known as soon as it is asked for. Then in each frame: what ends in a part that is not drawn never says so by itself.
      const settled = () => new Promise<void>((done) => {
        const look = () => void (document.getAnimations().some((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity) ? requestAnimationFrame(look) : done())
        look()
      })
      await settled()
      const at = document.activeElement
      if (!(at instanceof HTMLElement) || at === document.body) return null
      // A radio that is drawn by its label shows its ring there.
      const drawn = [at, at.parentElement, at.closest('label')].filter((one) => one instanceof HTMLElement)
      const looks = () => drawn.map((one) => { const { outline, boxShadow, backgroundColor, borderColor } = getComputedStyle(one); return [outline, boxShadow, backgroundColor, borderColor].join() }).join(';')
      const isOutside = () => {
        const rect = (at.matches('.visually-hidden') ? (at.closest('label') ?? at) : at).getBoundingClientRect()
        return rect.bottom < 1 || rect.right < 1 || rect.top > innerHeight || rect.left > innerWidth
      }
      // The scroll that brings it in sight may be drawn with the next frame.
      if (isOutside()) await new Promise(requestAnimationFrame)
      const name = `${at.tagName.toLowerCase()} “${(at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 40)}”`
      if (isOutside()) return `${name} lies outside of the screen`
      const seen = looks()
      at.blur()
      await settled()
      const unseen = looks()
      at.focus()
      return seen === unseen ? `${name} looks the same with the focus` : null
    })
    if (why) found.push(why)
  }
  return found
}
