import { execFileSync } from 'node:child_process'
import { expect } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { faultsOf, openKept, phone } from './browser.ts'

export type KeptPhone = { context: BrowserContext; page: Page; faults: string[] }

/** A phone that speaks Spanish and knows where it is; what it keeps is in `profile`. */
export async function openPhone(profile: string, at: { latitude: number; longitude: number }): Promise<KeptPhone> {
  const context = await openKept(profile, { ...phone, locale: 'es-SV', timezoneId: 'America/El_Salvador', permissions: ['geolocation'], geolocation: { latitude: at.latitude, longitude: at.longitude, accuracy: 12 } })
  await context.addInitScript(countTaps)
  const page = context.pages()[0] ?? (await context.newPage())
  return { context, page, faults: faultsOf(page) }
}

/** Runs in the page: counts what a finger does. Not clicks: a label passes its own on to its input, and scripts make some. */
function countTaps(): void {
  let taps = 0
  addEventListener('pointerdown', (event) => {
    if (event.isTrusted) document.documentElement.dataset['taps'] = String((taps += 1))
  }, true)
}

export const tapsOn = async (page: Page): Promise<number> => Number(await page.locator('html').getAttribute('data-taps'))

const linesOf = (profile: string): string[] => execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n').filter((line) => line.includes(`--user-data-dir=${profile}`))

/** Everything that belongs to a browser's profile, by process id; the browser itself first. */
function processesOf(profile: string): number[] {
  const lines = linesOf(profile)
  return [...lines.filter((line) => !line.includes('--type=')), ...lines.filter((line) => line.includes('--type='))].map((line) => Number.parseInt(line, 10))
}

/** Kills the phone's browser with all that it started, at once and unasked, as an empty battery does. */
export async function killPhone({ context }: KeptPhone, profile: string): Promise<void> {
  const closed = context.waitForEvent('close')
  const [browser] = processesOf(profile)
  if (browser === undefined) throw new Error('No browser to kill')
  process.kill(-browser, 'SIGKILL')
  await closed
  await expect.poll(() => processesOf(profile), { timeout: 120_000 }).toEqual([])
}

/** Stands the phone's pages and workers still, as a system does with apps behind a call, while `meanwhile` happens. */
export async function whileStill(profile: string, meanwhile: () => Promise<void>): Promise<void> {
  const pages = linesOf(profile).filter((line) => line.includes('--type=renderer')).map((line) => Number.parseInt(line, 10))
  if (pages.length === 0) throw new Error('No page to stand still')
  for (const page of pages) process.kill(page, 'SIGSTOP')
  try {
    await meanwhile()
  } finally {
    for (const page of pages) process.kill(page, 'SIGCONT')
  }
}

/** Taps a button that opens the camera or the gallery, and gives it files. */
export async function pickFrom(page: Page, button: 'Cámara' | 'Galería', files: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button, exact: true }).tap()
  await (await chooser).setFiles(files)
}

/** Until every picture of the report on the screen is drawn from what the phone keeps. */
export async function untilThumbs(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.locator('main img').evaluateAll((images) => images.filter((image) => image instanceof HTMLImageElement && image.naturalWidth > 0).length), { timeout: 120_000 }).toBe(count)
}

/** Until the app and all its files are kept for offline, and this page is in their care. */
export const untilKept = (page: Page): Promise<unknown> => page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 120_000 })

export type KeptOriginal = { report: string; sha256: string; hashed: string; sizeBytes: number }

/** The originals that a phone keeps, each hashed anew from its kept bytes. */
export const originalsOn = (page: Page): Promise<KeptOriginal[]> => page.evaluate(async () => {
  const answered = <Result>(request: IDBRequest<Result>) => new Promise<Result>((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(new Error(String(request.error)))
  })
  const db = await answered(indexedDB.open('veedor'))
  const store = db.transaction('originals').objectStore('originals')
  const [keys, values] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll() as IDBRequest<Blob[]>)])
  db.close()
  return Promise.all(values.map(async (value, at) => {
    const [report, sha256] = keys[at] as [string, string]
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await value.arrayBuffer()))
    return { report, sha256, hashed: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''), sizeBytes: value.size }
  }))
})

/** The words of each draft that a phone keeps, as its disk has them. */
export const draftsOn = (page: Page): Promise<string[]> => page.evaluate(async () => {
  const answered = <Result>(request: IDBRequest<Result>) => new Promise<Result>((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(new Error(String(request.error)))
  })
  const db = await answered(indexedDB.open('veedor'))
  const drafts = await answered(db.transaction('drafts').objectStore('drafts').getAll() as IDBRequest<{ words: string }[]>)
  db.close()
  return drafts.map(({ words }) => words)
})

/** One of the single things that a phone remembers, as its disk has it. */
export const keptOn = (page: Page, name: string): Promise<unknown> => page.evaluate(async (called) => {
  const answered = <Result>(request: IDBRequest<Result>) => new Promise<Result>((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(new Error(String(request.error)))
  })
  const db = await answered(indexedDB.open('veedor'))
  const value: unknown = await answered(db.transaction('kept').objectStore('kept').get(called))
  db.close()
  return value ?? null
}, name)

/** The names of the single things that a phone remembers, without a look into any: a page that holds a file keeps it on the disk. */
export const keptNamesOn = (page: Page): Promise<IDBValidKey[]> => page.evaluate(async () => {
  const answered = <Result>(request: IDBRequest<Result>) => new Promise<Result>((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(new Error(String(request.error)))
  })
  const db = await answered(indexedDB.open('veedor'))
  const names = await answered(db.transaction('kept').objectStore('kept').getAllKeys())
  db.close()
  return names
})

/** Makes the phone leave a report alone for most of an hour, as if headquarters had broken on it all day. */
export const leaveAlone = (page: Page, report: string): Promise<void> => page.evaluate(async (id) => {
  const answered = <Result>(request: IDBRequest<Result>) => new Promise<Result>((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(new Error(String(request.error)))
  })
  const db = await answered(indexedDB.open('veedor'))
  const store = db.transaction('filed', 'readwrite').objectStore('filed')
  const filed: unknown = await answered(store.get(id))
  await answered(store.put(Object.assign({}, filed, { notBefore: Date.now() + 50 * 60_000 })))
  db.close()
}, report)
