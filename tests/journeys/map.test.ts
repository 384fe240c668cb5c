import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { TileType } from 'pmtiles'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { openShell, pageOf } from '../support/browser.ts'
import { setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { TestHouse } from '../support/house.ts'
import { archiveOf, area, collection, squareAt, streetTile, tileHost } from '../support/map.ts'
import { file, giveStations } from '../support/reports.ts'

// An operator's own areas and streets, as a desk sees them.

const folder = mkdtempSync(join(tmpdir(), 'veedor-map-'))
const at = { latitude: 13.6989, longitude: -89.1914 }
const houses: TestHouse[] = []
let browser: Browser
let areas: string

beforeAll(async () => {
  browser = await openShell()
  areas = join(folder, 'areas.geojson')
  writeFileSync(areas, collection(area('Municipio Uno', [-89.4, 13.5], 0.2, { level: 'municipality' }), area('Municipio Dos', [-89.2, 13.5], 0.4, { level: 'municipality' }), area('Distrito Central', [-89.22, 13.66], 0.06, { level: 'district' })))
})
afterAll(async () => {
  await browser.close()
  for (const house of houses) await house.stop()
  rmSync(folder, { recursive: true })
})

/** The room of a mission with such a map, its one report opened close by. */
async function openRoom(environment: Record<string, string>, colorScheme: 'light' | 'dark' = 'light'): Promise<{ page: Page; asked: Set<string>; faults: string[]; house: TestHouse }> {
  const { map } = readConfig({ ...environment, MAP_ATTRIBUTION: '© Quien dibujó las calles' }, false)
  const house = await startHouse(map ? { map } : {})
  houses.push(house)
  await setUp(house, await house.person('lead'))
  await giveStations(house, await house.person('lead'), [`CE-01,Escuela Uno,San Salvador,San Salvador Centro,San Salvador,${at.latitude},${at.longitude},01001`])
  await file(house, await house.person('observer'), { station: 'CE-01', table: '01001', words: 'Abrió tarde' })
  const { page, faults } = await pageOf(browser, house, await house.person('coordinator'), { colorScheme })
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(new URL(request.url()).origin))
  await page.goto(`${house.address}/room/`)
  await page.locator('[data-mark]').first().waitFor()
  return { page, asked, faults, house }
}

/** Nearer to the one mark there is, as a wheel does it. */
async function approach(page: Page, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    const box = await page.locator('[data-mark]').first().boundingBox()
    if (!box) throw new Error('The mark is out of sight')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    const before = await page.locator('[data-map]').getAttribute('data-turn')
    await page.mouse.wheel(0, -300)
    await expect.poll(() => page.locator('[data-map]').getAttribute('data-turn'), { timeout: 120_000 }).not.toBe(before)
  }
}

const inPane = (page: Page, pane: string, what: string) => page.locator(`.leaflet-${pane}-pane ${what}`)

test('[R343] streets of the one listed host lie beneath own areas, come from our own origin alone, and where they cannot be had the room says so', async () => {
  const drawn = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#f2efe9' } }).composite([{ input: Buffer.from('<svg width="256" height="256"><path d="M0 128H256M128 0V256" stroke="#fcd6a4" stroke-width="9"/><path d="M0 40H256M60 0V256" stroke="#fff" stroke-width="5"/></svg>') }]).png().toBuffer()
  const host = await tileHost((_, response) => void response.writeHead(200, { 'Content-Type': 'image/png' }).end(drawn))
  const { page, asked, faults, house } = await openRoom({ MAP_AREAS: areas, MAP_TILES: host.address })
  expect(await inPane(page, 'basemapStreets', 'img').count()).toBe(0)
  await approach(page, 3)
  await inPane(page, 'basemapStreets', 'img.leaflet-tile-loaded').first().waitFor()
  await page.getByText('Distrito Central').first().waitFor()
  await page.getByText('© Quien dibujó las calles').first().waitFor()
  const layer = (pane: string) => page.locator(`.leaflet-${pane}-pane`).evaluate((element) => Number(getComputedStyle(element).zIndex))
  const [land, streets, lines, names] = [await layer('basemap'), await layer('basemapStreets'), await layer('basemapLines'), await layer('basemapNames')]
  expect([land < streets, streets < lines, lines < names]).toEqual([true, true, true])
  expect(await inPane(page, 'basemapLines', 'path.basemap-own-municipality').count()).toBeGreaterThan(0)

  await host.stop()
  await approach(page, 2)
  await page.getByText('The streets cannot be had just now').waitFor()
  expect([...asked]).toEqual([house.address])
  expect(faults).toEqual([])
})

test('[R343] streets of a file are drawn in the colours of the page, by day and by night, also nearer than they were packed', async () => {
  const packed = [10, 11, 12, 13, 14].flatMap((z) => {
    const { x, y } = squareAt(at.latitude, at.longitude, z)
    return [-1, 0, 1].flatMap((right) => [-1, 0, 1].map((down) => ({ z, x: x + right, y: y + down, bytes: streetTile('Calle Arce', 1650) })))
  })
  const path = join(folder, 'streets.pmtiles')
  writeFileSync(path, archiveOf(packed, { type: TileType.Mvt }))
  const { page, asked, faults, house } = await openRoom({ MAP_AREAS: areas, MAP_TILES: path })
  await approach(page, 5)
  const canvas = inPane(page, 'basemapStreets', 'canvas.leaflet-tile-loaded')
  await canvas.first().waitFor()
  const colours = () => page.evaluate(() => {
    const probe = document.createElement('canvas').getContext('2d')
    if (!probe) return false
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--street').trim()
    probe.fillRect(0, 0, 1, 1)
    const wanted = probe.getImageData(0, 0, 1, 1).data.slice(0, 3).join()
    return [...document.querySelectorAll<HTMLCanvasElement>('.leaflet-basemapStreets-pane canvas')].some((one) => {
      const data = one.getContext('2d')?.getImageData(0, 0, one.width, one.height).data ?? []
      for (let dot = 0; dot < data.length; dot += 4) if (data[dot + 3] === 255 && `${data[dot]},${data[dot + 1]},${data[dot + 2]}` === wanted) return true
      return false
    })
  })
  await expect.poll(colours, { timeout: 120_000 }).toBe(true)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(colours, { timeout: 120_000 }).toBe(true)
  expect([...asked]).toEqual([house.address])
  expect(faults).toEqual([])
})

test('[R433] on a phone’s screen no mark of the first view, and none once all reports are shown, lies beneath the map’s buttons', async () => {
  const house = await startHouse()
  houses.push(house)
  const lead = await house.person('lead')
  await setUp(house, lead)
  // The west of the country, where a screen that is held upright has the buttons; and its other end.
  const far = [[13.73, -90.1], [13.78, -90.06], [13.89, -90.03], [13.37, -87.8]] as const
  await giveStations(house, lead, far.map(([latitude, longitude], at) => `CE-0${at},Escuela ${at},Ahuachapán,Ahuachapán Sur,San Francisco Menéndez,${latitude},${longitude},0100${at}`))
  const ana = await house.person('observer')
  for (const place of far.keys()) await file(house, ana, { station: `CE-0${place}`, table: `0100${place}`, words: 'Abrió tarde' })
  const { page } = await pageOf(browser, house, await house.person('coordinator'), { viewport: { width: 390, height: 560 }, at: '/room/?view=map' })
  const beneath = () => page.evaluate(() => {
    const tools = [...document.querySelectorAll('[data-map] button')].filter((button) => !button.matches('[data-mark]')).map((button) => button.getBoundingClientRect())
    return [...document.querySelectorAll('[data-mark]')].filter((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect()
      return tools.some((tool) => left < tool.right && right > tool.left && top < tool.bottom && bottom > tool.top)
    }).length
  })
  await page.locator('[data-mark]').first().waitFor()
  expect(await beneath()).toBe(0)
  await page.getByRole('button', { name: 'Show all reports of the filter' }).click()
  await expect.poll(async () => page.locator('[data-mark]').count(), { timeout: 120_000 }).toBeGreaterThan(1)
  expect(await beneath()).toBe(0)
})
