import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser, phone as phoneSize, signIn } from '../support/browser.ts'
import { atFirstStation, phonePicture, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import { openSlowLink } from '../support/slow-link.ts'
import { phoneFirstLoad } from '../support/weight.ts'
import type { Figure } from './figure.ts'
import { alone, beside, quantile } from './figure.ts'
import { memoryOf } from './memory.ts'

const line = { bytesPerSecond: 8_000, roundTripMilliseconds: 400, loss: 0, cutEverySeconds: 3_600 }
const slower = 6
const starts = 5
const [reports, picturesEach] = [500, 3]
const blobBytes = 100_000

/** The phone's app in Chromium: its first load on a slow line; its later starts without a network on a processor six times slower, with an empty outbox and with one of 500 reports and 1,500 pictures. */
export async function phoneStarts(): Promise<Figure[]> {
  const house = await startHouse({ clock: wallClock })
  await setUp(house, await house.person('lead'))
  const ana = await house.person('observer', { language: 'es' })
  const [browser, link] = [await openBrowser(), await openSlowLink(house.address)]
  try {
    const context = await browser.newContext({ ...phoneSize, deviceScaleFactor: 2, locale: 'es-SV', permissions: ['geolocation'], geolocation: atFirstStation })
    await signIn(context, link, ana)
    const page = await context.newPage()
    page.setDefaultTimeout(120_000)
    const open = async () => {
      const begun = performance.now()
      await page.goto(`${link.address}/observer/`, { waitUntil: 'commit' })
      await ready(page)
      return performance.now() - begun
    }
    link.become(line)
    const first = (await open()) / 1000
    link.become(null)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    const { bytes } = await phoneFirstLoad('es')

    await context.setOffline(true)
    const slowly = await context.newCDPSession(page)
    await slowly.send('Emulation.setCPUThrottlingRate', { rate: slower })
    const empty = await middleOf(open)
    const emptyMemory = await memory(browser, context, page)
    await slowly.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await fill(page)
    await slowly.send('Emulation.setCPUThrottlingRate', { rate: slower })
    const full = await middleOf(open)
    const fullMemory = await memory(browser, context, page)
    return [
      beside('first load at 64 kbit/s and 400 ms to the first button, beside the time that its bytes alone take', first, bytes / line.bytesPerSecond, 's'),
      alone(`second start offline, processor ${slower} times slower`, empty, 'ms'),
      beside(`the same with ${reports} reports and ${reports * picturesEach} pictures in the outbox, beside with none`, full, empty, 'ms'),
      beside('memory of its script then, beside with an empty outbox', fullMemory.heap, emptyMemory.heap, 'MB'),
      ...(fullMemory.process && emptyMemory.process ? [beside('memory of its process then, beside with an empty outbox', fullMemory.process, emptyMemory.process, 'MB')] : []),
    ]
  } finally {
    await browser.close()
    await link.close()
    await house.stop()
  }
}

const ready = (page: Page): Promise<void> => page.getByRole('button', { name: 'Galería', exact: true }).waitFor()

async function middleOf(measure: () => Promise<number>): Promise<number> {
  const taken: number[] = []
  for (let count = 0; count < starts; count += 1) taken.push(await measure())
  return quantile(taken.sort((one, other) => one - other), 0.5)
}

/** What the page's script holds once what is not needed is gone, and what its process does. */
async function memory(browser: Browser, context: BrowserContext, page: Page): Promise<{ heap: number; process: number | null }> {
  const [session, whole] = [await context.newCDPSession(page), await browser.newBrowserCDPSession()]
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo')
  const renderers = memoryOf(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id))
  return { heap: usedSize / 1e6, process: renderers?.now ?? null }
}

/** Files one report with its pictures through the app, then lays as many like it beside it on the phone's disk, each with an id and pictures of its own. */
async function fill(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Galería', exact: true }).tap()
  const pictures = await Promise.all(Array.from({ length: picturesEach }, (_, seed) => phonePicture(seed)))
  await (await chooser).setFiles(pictures.map((buffer, at) => ({ name: `IMG_${at}.jpg`, mimeType: 'image/jpeg', buffer })))
  await page.waitForURL(/draft=/)
  await page.locator('[data-category]').first().tap()
  await page.waitForFunction((count) => [...document.querySelectorAll('main img')].filter((image) => image instanceof HTMLImageElement && image.naturalWidth > 0).length >= count, picturesEach)
  await page.getByRole('button', { name: 'Guardar', exact: true }).tap()
  await page.locator('[data-report]').waitFor()
  // What runs TypeScript here marks functions with their names by a function that the page does not have.
  await page.evaluate('globalThis.__name ??= (named) => named')
  await page.evaluate(multiply, { reports, blobBytes })
}

type Kept = { id: string; statement: string; stated: { id: string }; savedAt: number; photos: { sha256: string }[] }

/** Runs in the page. */
async function multiply({ reports, blobBytes }: { reports: number; blobBytes: number }): Promise<void> {
  const answered = <Result>(request: IDBRequest<Result>) => new Promise<Result>((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(new Error(String(request.error)))
  })
  const db = await answered(indexedDB.open('veedor'))
  const [one] = await answered(db.transaction('filed').objectStore('filed').getAll() as IDBRequest<Kept[]>)
  if (!one) throw new Error('No report is kept')
  const smalls = await answered(db.transaction('smalls').objectStore('smalls').getAll())
  for (let from = 1; from < reports; from += 50) {
    const tx = db.transaction(['filed', 'originals', 'smalls'], 'readwrite')
    for (let at = from; at < Math.min(from + 50, reports); at += 1) {
      const id = one.id.slice(0, -6) + at.toString(16).padStart(6, '0')
      tx.objectStore('filed').put({ ...one, id, statement: one.statement.replaceAll(one.id, id), stated: { ...one.stated, id }, savedAt: one.savedAt + at })
      for (const [index, { sha256 }] of one.photos.entries()) {
        tx.objectStore('originals').put(new Blob([crypto.getRandomValues(new Uint8Array(50_000)), new Uint8Array(blobBytes - 50_000).fill(at)]), [id, sha256])
        tx.objectStore('smalls').put(smalls[index % smalls.length], [id, sha256])
      }
    }
    await new Promise((done, fail) => {
      tx.oncomplete = done
      tx.onabort = fail
    })
  }
  db.close()
}
