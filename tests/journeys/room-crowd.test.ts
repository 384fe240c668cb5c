import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { seedMission } from '../../server/sample/seed.ts'
import { openBrowser } from '../support/browser.ts'
import { type Caller, type TestHouse, defaultPack, startHouse, wallClock } from '../support/house.ts'
import { file, sendPreview } from '../support/reports.ts'
import { roomsOf } from '../support/rooms.ts'

const many = 900
let folder: string
let browser: Browser
let house: TestHouse
let [ana, observer]: Caller[] = []
const as = (caller: Caller | undefined): Caller => { if (!caller) throw new Error('nobody'); return caller }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-crowd-'))
  await seedMission({ dataFolder: folder, reports: many, pack: await defaultPack(), now: Date.now, say: () => undefined, centres: 80, observers: 3 })
  house = await startHouse({ folder, clock: wallClock })
  ana = await house.person('coordinator', { name: 'Ana' })
  observer = await house.person('observer')
  browser = await openBrowser()
}, 120_000)
// The house is stopped with its rooms.
afterAll(() => rm(folder, { recursive: true, force: true }))

const rooms = roomsOf(() => ({ browser, house }))
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 100 })
async function room(at: string): Promise<Page> {
  const page = await rooms.open(as(ana), at)
  await page.locator('[data-list][data-count]').waitFor()
  await page.locator('[data-map][data-inside]').waitFor()
  return page
}
const inList = async (page: Page) => Number(await page.locator('[data-list]').getAttribute('data-count'))
const onMap = async (page: Page) => Number(await page.locator('[data-map]').getAttribute('data-inside'))

describe('a room of many reports', () => {
  it('[R302] lists them all, and holds the rows that are near what is seen alone', async () => {
    const page = await room('/room/')
    const list = page.locator('[data-list]')
    await until(async () => {
      await list.evaluate((box) => box.scrollTo(0, box.scrollHeight))
      expect(await list.getAttribute('data-rows')).toBe(String(many))
    })
    await until(async () => {
      await list.evaluate((box) => box.scrollTo(0, box.scrollHeight))
      expect(await list.locator('[data-report]').last().isVisible()).toBe(true)
      expect(await list.locator('[data-gap]').count()).toBeGreaterThan(many / 50 / 2)
    })
    const oldest = await house.db.readers.selectFrom('reports').select('id').orderBy('observedAt').orderBy('id').limit(1).executeTakeFirstOrThrow()
    expect(await list.locator('[data-report]').last().getAttribute('data-report')).toBe(oldest.id)
    // What the gaps stand for is there again once somebody scrolls to it.
    await list.evaluate((box) => box.scrollTo(0, 0))
    const newest = await house.db.readers.selectFrom('reports').select('id').orderBy('observedAt', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
    await list.locator(`[data-report="${newest.id}"]`).waitFor()
  })

  it('[R303] [lesson 42] lists what is visible on the map alone, goes along with it, and says so in the address', async () => {
    const page = await room('/room/?within=map')
    await until(async () => expect([await inList(page) > 0, await inList(page)]).toEqual([true, await onMap(page)]))
    const before = await inList(page)
    const map = page.locator('[data-map]')
    await until(async () => {
      await map.getByRole('button', { name: /^Nearer/ }).click()
      expect([await inList(page) < before, await inList(page)]).toEqual([true, await onMap(page)])
    })
    // Rows that no page of the list had brought come too.
    await until(async () => expect(await page.locator('[data-list] [data-report]').count()).toBe(Math.min(await inList(page), 100)))
    await page.getByRole('button', { name: /^On the map now/ }).click()
    await until(async () => expect(await inList(page)).toBe(many))
    expect(new URL(page.url()).searchParams.has('within')).toBe(false)
  })

  it('[R304] [lesson 43] [lesson 11] a report that comes while the room is open stands there without a load, and on the map its picture in place of a sign', async () => {
    const page = await room('/room/?marks=pictures')
    const picture = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#884422' } }).jpeg().toBuffer()
    const filed = await file(house, as(observer), { position: { latitude: 13.31, longitude: -88.95, accuracyMetres: 8, ageSeconds: 1 }, words: 'Sola en la costa', pictures: [picture] })
    await until(async () => expect(await inList(page)).toBe(many + 1))
    await sendPreview(as(observer), filed.id, picture, picture)
    await page.evaluate((number) => {
      history.pushState(null, '', `/room/?marks=pictures&words=R-${number}`)
      dispatchEvent(new PopStateEvent('popstate'))
    }, filed.number)
    const shown = page.locator(`[data-mark="report"][data-report="${filed.id}"] [data-picture] img`)
    await shown.waitFor()
    await until(async () => expect(await shown.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)).toBe(true))
    await page.locator('[data-map]').getByRole('button', { name: 'Pictures on the map' }).click()
    await shown.waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.has('marks')).toBe(false)
  })

  it('[R305] [lesson 10] a load that fails takes nothing from the screen, and is made again by itself', async () => {
    const page = await room('/room/')
    const before = await inList(page)
    await page.route('**/api/points*', (route) => route.fulfill({ status: 500, json: { problem: 'broken', reference: 'abcdefgh' } }))
    await page.evaluate(() => {
      history.pushState(null, '', '/room/?severity=critical')
      dispatchEvent(new PopStateEvent('popstate'))
    })
    await page.locator('[data-list] [role=alert]').waitFor()
    expect([await inList(page), await page.locator('[data-list] [data-report]').count() > 0]).toEqual([before, true])
    await page.unroute('**/api/points*')
    await until(async () => expect(await inList(page)).toBeLessThan(before))
    await page.locator('[data-list] [role=alert]').waitFor({ state: 'detached' })
  })
})
