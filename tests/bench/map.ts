import express from 'express'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { changesCall } from '../../shared/live.ts'
import { listReportsCall, reportPointsCall } from '../../shared/reports.ts'
import { seedMission } from '../../server/sample/seed.ts'
import { openBrowser, pageOf } from '../support/browser.ts'
import { defaultPack, startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import type { Figure } from './figure.ts'
import { beside, quantile } from './figure.ts'

const patience = 180_000
const filedMeanwhile = 50

/** Whole maps: from the address to all shown, and frames while somebody moves about, beside Leaflet.markercluster with the same points; and what a return after a gap costs. */
export async function wholeMap(): Promise<Figure[]> {
  const browser = await openBrowser()
  const figures: Figure[] = []
  try {
    for (const count of [1_000, 10_000, 100_000]) figures.push(...(await measure(browser, count)))
    return figures
  } finally {
    await browser.close()
  }
}

async function measure(browser: Browser, count: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-map-'))
  await seedMission({ dataFolder: folder, reports: count, pack: await defaultPack(), now: Date.now, say: () => undefined })
  const house = await startHouse({ folder, clock: wallClock })
  try {
    const desk = await house.person('coordinator')
    const ours = await measureOurs(browser, house, desk, count)
    const plain = await measurePlain(browser, await (await desk.fetch(reportPointsCall.path)).text(), count)
    const isLast = count === 100_000
    return [
      beside(`${count} reports from the address to all shown`, ours.shown, plain.shown, 'ms', isLast ? { of: 'ratio', most: 0.2 } : undefined),
      beside(`${count} reports until the screen holds each of them`, ours.held, plain.shown, 'ms'),
      beside(`${count} reports, frame while panning and zooming, p95`, ours.frame, plain.frame, 'ms'),
      ...(isLast ? await afterAGap(house, desk) : []),
    ]
  } finally {
    await house.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureOurs(browser: Browser, house: TestHouse, desk: Caller, count: number) {
  const { page, context } = await pageOf(browser, house, desk, { at: '/api/me' })
  await page.goto(`${house.address}/room/`)
  const shown = await page.waitForFunction(summed, count, { timeout: patience, polling: 'raf' })
  const held = await page.waitForFunction((all) => (document.querySelector('[data-coming]') === null && document.querySelector('[data-list]')?.getAttribute('data-count') === String(all) ? performance.now() : null), count, { timeout: patience, polling: 'raf' })
  const measured = { shown: Number(await shown.jsonValue()), held: Number(await held.jsonValue()), frame: await frames(page, '[data-map]') }
  await context.close()
  return measured
}

/** When the marks that stand on the map, what it tells to be outside of it and what has no place are all there is. */
const summed = (all: number) =>
  [...document.querySelectorAll('[data-mark], [data-docked-chip]')].reduce((sum, one) => sum + Number(one.getAttribute('data-count')), Number(document.querySelector('[data-outside]')?.getAttribute('data-outside') ?? 0)) === all ? performance.now() : null

/** A page with nothing but the map, the library and the same answer. */
async function measurePlain(browser: Browser, points: string, count: number) {
  const files = (name: string) => dirname(createRequire(import.meta.url).resolve(name))
  const app = express()
  app.use('/leaflet', express.static(files('leaflet')))
  app.use('/cluster', express.static(files('leaflet.markercluster')))
  app.get('/points', (_request, response) => void response.type('json').send(points))
  app.get('/', (_request, response) => void response.type('html').send(`<!doctype html><link rel="stylesheet" href="/leaflet/leaflet.css"><link rel="stylesheet" href="/cluster/MarkerCluster.css"><link rel="stylesheet" href="/cluster/MarkerCluster.Default.css">
<div id="map" style="position:fixed;inset:0"></div><script src="/leaflet/leaflet.js"></script><script src="/cluster/leaflet.markercluster.js"></script><script>
fetch('/points').then((answer) => answer.json()).then((points) => {
  const map = L.map('map', { maxZoom: 18 }).setView([13.7, -88.9], 8)
  const group = L.markerClusterGroup()
  group.addLayers(points.id.map((id, at) => L.marker([points.latitude[at], points.longitude[at]])))
  map.addLayer(group)
  requestAnimationFrame(() => { document.getElementById('map').dataset.shown = points.id.length })
})</script>`))
  const server = createServer(app)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const shown = await page.waitForFunction((all) => (document.getElementById('map')?.dataset['shown'] === String(all) ? performance.now() : null), count, { timeout: patience, polling: 'raf' })
    return { shown: Number(await shown.jsonValue()), frame: await frames(page, '#map') }
  } finally {
    await context.close()
    server.close()
  }
}

/** Milliseconds between frames while the map is dragged about, brought nearer and farther; the 95th of a hundred. */
async function frames(page: Page, map: string): Promise<number> {
  const box = await page.locator(map).boundingBox()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  // As text: what runs the bench gives functions a name by a helper that the page has not.
  await page.evaluate(`window.frameTimes = []; { let before = performance.now(); requestAnimationFrame(function step(now) { window.frameTimes.push(now - before); before = now; requestAnimationFrame(step) }) }`)
  for (let round = 0; round < 3; round++) {
    await page.mouse.move(x, y)
    for (let turn = 0; turn < 3; turn++) {
      await page.mouse.wheel(0, -150)
      await page.waitForTimeout(400)
    }
    await page.mouse.down()
    await page.mouse.move(x - 260, y - 120, { steps: 25 })
    await page.mouse.move(x + 120, y + 60, { steps: 25 })
    await page.mouse.up()
    for (let turn = 0; turn < 3; turn++) {
      await page.mouse.wheel(0, 150)
      await page.waitForTimeout(400)
    }
  }
  const times = await page.evaluate<number[]>('window.frameTimes')
  return quantile(times.sort((one, other) => one - other), 0.95)
}

/** Somebody was away for a minute in which some were filed: what is asked for since, beside all of it anew. */
async function afterAGap(house: TestHouse, desk: Caller): Promise<Figure[]> {
  const author = await house.person('observer')
  const since = house.engine.head().number
  for (let at = 0; at < filedMeanwhile; at++) await file(house, author)
  const weigh = async (paths: readonly string[]) => {
    const begun = performance.now()
    let bytes = 0
    for (const path of paths) bytes += (await (await desk.fetch(path)).arrayBuffer()).byteLength
    return { bytes, milliseconds: performance.now() - begun }
  }
  const ours = await weigh([`${changesCall.path}?since=${since}`])
  const plain = await weigh([reportPointsCall.path, `${listReportsCall.path}?limit=100`])
  return [
    beside('return after a gap in which 50 of 100,000 came, bytes, beside all anew', ours.bytes / 1000, plain.bytes / 1000, 'kB', { of: 'ours', most: 50 }),
    beside('the same, until it is complete', ours.milliseconds, plain.milliseconds, 'ms', { of: 'ours', most: 1000 }),
  ]
}
