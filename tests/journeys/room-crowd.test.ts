import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page, Route } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { seedMission } from '../../server/sample/seed.ts'
import { reportPointsCall } from '../../shared/reports.ts'
import { openShell, pageOf } from '../support/browser.ts'
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
  browser = await openShell()
})
// The house is stopped with its rooms.
afterAll(() => rm(folder, { recursive: true, force: true }))

const rooms = roomsOf(() => ({ browser, house }))
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 100 })
async function room(at: string): Promise<Page> {
  const page = await rooms.open(as(ana), at)
  await page.locator('[data-list][data-count]').waitFor()
  await page.locator('[data-map][data-inside]').waitFor()
  await page.locator('[data-coming]').waitFor({ state: 'detached' })
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
    // Nearer, marks lie on the edges: one whose middle is in sight is of places that are not, and the other way round. Whatever a mark does, a report is in sight where its place is.
    const { latitude, longitude } = (await as(ana).call(reportPointsCall, {})).reply
    const placed = latitude.flatMap((north, at): [number, number][] => (north === null ? [] : [[north, longitude[at] ?? 0]]))
    for (const view of ['13.7,-89.2,9.5', '13.7,-89.2,10', '13.48,-88.2,10.25', '13.71,-89.14,11.5', '13.7,-89.2,9']) {
      await page.evaluate((map) => {
        history.pushState(null, '', `/room/?within=map&map=${map}`)
        dispatchEvent(new PopStateEvent('popstate'))
      }, view)
      await until(async () => {
        const shown = await page.evaluate(() => ({ list: document.querySelector('[data-list]')?.getAttribute('data-count'), inside: document.querySelector('[data-map]')?.getAttribute('data-inside'), outside: document.querySelector('[data-outside]')?.getAttribute('data-outside') ?? '0', box: document.querySelector('[data-map]')?.getAttribute('data-box'), at: new URLSearchParams(location.search).get('map') }))
        const [south = 0, west = 0, north = 0, east = 0] = shown.box?.split(',').map(Number) ?? []
        const inside = placed.filter((place) => place[0] >= south && place[0] <= north && place[1] >= west && place[1] <= east).length
        expect([shown.at, Number(shown.list), Number(shown.inside), Number(shown.outside)]).toEqual([view, inside, inside, placed.length - inside])
        expect(inside).toBeGreaterThan(0)
        expect(Math.abs((south + north) / 2 - Number(view.split(',')[0]))).toBeLessThan(0.05)
      })
    }
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

  it('[R371] is walked by keys beyond the rows that are here, and its marks beyond what the map shows', async () => {
    const page = await room('/room/?map=13.7,-89.2,11')
    await page.locator('[data-list] [data-report]').nth(97).click()
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('j')
    const selected = new URL(page.url()).searchParams.get('report')
    await until(async () => expect(await page.evaluate(() => document.activeElement?.getAttribute('data-report'))).toBe(selected))
    expect(await page.locator('[data-list] [aria-current]').getAttribute('data-report')).toBe(selected)

    const map = page.locator('[data-map] .leaflet-container')
    const frame = await map.boundingBox()
    if (!frame) throw new Error('There is no map')
    const outside = async () => (await map.locator('[data-mark]').evaluateAll((marks, { x, width }) => marks.filter((mark) => mark.getBoundingClientRect().left > x + width).map((mark) => mark.getAttribute('aria-label') ?? ''), frame))[0]
    await until(async () => expect(await outside()).toBeTruthy())
    await page.keyboard.press('Shift+Tab')
    await map.getByRole('button', { name: await outside() ?? '', exact: true }).last().focus()
    await until(async () => {
      const at = await page.locator('[data-mark]:focus').boundingBox()
      expect(at && at.x >= frame.x && at.x + at.width <= frame.x + frame.width).toBe(true)
    })
  })

  it('[R391] shows in the list what was chosen on the map, however far down its row is, and says where it is until it is here', async () => {
    const page = await room('/room/')
    let goOn = (): void => undefined
    const held = new Promise<void>((done) => { goOn = done })
    await page.route(/\/api\/reports\?.*after=/, async (route) => held.then(() => route.continue()))
    const far = 640
    const { id } = await house.db.readers.selectFrom('reports').select('id').orderBy('observedAt', 'desc').orderBy('id', 'desc').offset(far).limit(1).executeTakeFirstOrThrow()
    await page.evaluate((report) => {
      history.pushState(null, '', `/room/?report=${report}`)
      dispatchEvent(new PopStateEvent('popstate'))
    }, id)
    const away = page.locator(`[data-away="${far}"]`)
    await away.getByText(`The chosen report is further down: ${far + 1} of ${await inList(page)}`).waitFor()
    goOn()
    const row = page.locator(`[data-list] [data-report="${id}"]`)
    await until(async () => expect(await row.evaluate((one) => {
      const [own, list] = [one.getBoundingClientRect(), one.closest('[data-list]')?.getBoundingClientRect()]
      return list !== undefined && own.height > 0 && own.top >= list.top - 1 && own.bottom <= list.bottom + 1
    })).toBe(true))
    await away.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.closest('[data-list] [data-report]') ?? null), 'the focus stays where it was').toBe(null)
  })

  it('[R373] [R403] shows of a moment in the past every report on the map, brings further rows, and prints what it lists without a gap, with every picture', async () => {
    // Two pictures far below what is seen: a list asks for what is near alone.
    for (const below of [360, 440]) {
      const { observedAt } = await house.db.readers.selectFrom('reports').select('observedAt').orderBy('observedAt', 'desc').orderBy('id', 'desc').offset(below).limit(1).executeTakeFirstOrThrow()
      const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: { r: below % 256, g: 90, b: 90 } } }).jpeg().toBuffer()
      const { id } = await file(house, as(observer), { pictures: [picture], times: { observedAt, finishedAt: observedAt, zone: 'America/El_Salvador' } })
      await sendPreview(as(observer), id, picture, picture)
    }
    await house.picturesDone()
    const page = await room(`/room/?asOf=${new Date().toISOString()}`)
    await page.locator('[data-past]').waitFor()
    const all = await inList(page)
    await until(async () => expect(Number(await page.locator('[data-map]').getAttribute('data-count'))).toBe(all))
    expect(all).toBeGreaterThanOrEqual(many)
    // One of them comes late, the other cannot be had: of both that is known when the sheet is printed.
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', [...document.querySelectorAll<HTMLImageElement>('[data-list] img')].map(({ complete, naturalWidth }) => `${complete} ${naturalWidth > 0}`).sort().join())
    })
    let asked = 0
    let comes = (): void => undefined
    const isLate = new Promise<void>((done) => { comes = done })
    await page.route('**/api/photos/*/image?size=thumb*', async (route) => {
      asked += 1
      if (asked === 1) return route.abort()
      if (asked === 2) await isLate
      return route.fallback()
    })
    await page.getByRole('button', { name: 'Print' }).click()
    await page.getByText(/^Pictures of the sheet: \d+ of \d+ here$/).waitFor()
    expect(await page.locator('[data-printed]').count()).toBe(0)
    comes()
    expect(await page.locator('[data-printed]').getAttribute('data-printed')).toMatch(/^true false(,true true)+$/)
    await page.locator('[data-making]').waitFor({ state: 'detached' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await until(async () => expect([await page.locator('[data-list] [data-report]').count(), await page.locator('[data-gap]').count()]).toEqual([500, 0]))
    // One that was never in sight would begin to appear on paper, and stay unseen there.
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('[data-list] img').evaluateAll((images) => [...new Set(images.map((image) => getComputedStyle(image).animationName))])).toEqual(['none'])
    await page.emulateMedia({ media: 'screen' })
    expect(await page.locator('[data-end]').textContent()).toBe(`End of the list: 500 of ${all} reports, the newest first.`)
    // What comes meanwhile is of now.
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await until(async () => expect(await page.locator('[data-gap]').count()).toBeGreaterThan(0))
  })

  it('[R305] a load that fails takes nothing from the screen, and is made again by itself', async () => {
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

/** What the marks on the map say, with what is told to be outside and without a place: summed by what stands on the screen alone. */
const summed = (page: Page) => page.evaluate(() => [...document.querySelectorAll('[data-mark], [data-docked-chip]')].reduce((sum, one) => sum + Number(one.getAttribute('data-count')), Number(document.querySelector('[data-outside]')?.getAttribute('data-outside') ?? 0)))
const stored = async (severity?: string) => (await house.db.readers.selectFrom('reports').select('id').$if(severity !== undefined, (query) => query.where('severity', '=', severity ?? '')).execute()).length

/** A room whose map or points are answered as a test says. */
async function roomWhere(answers: Record<string, (route: Route) => Promise<void>>, at = '/room/'): Promise<Page> {
  const { page } = await pageOf(browser, house, as(ana), { at: '/api/me' })
  rooms.keep(page)
  for (const [path, answer] of Object.entries(answers)) await page.route(path, answer)
  await page.goto(`${house.address}${at}`)
  return page
}

describe('a map that is counted before its reports are here', () => {
  it('[R350] shows every report by area while they are on their way, says so, and loses none that comes in between', async () => {
    let send: () => void = () => undefined
    const held = new Promise<void>((done) => { send = done })
    const all = await stored()
    const page = await roomWhere({ '**/api/points*': async (route) => {
      // Headquarters' answer of now, much later.
      const response = await route.fetch()
      await held
      await route.fulfill({ response })
    } })
    await page.locator('[data-map][data-count] [data-coming]').waitFor()
    await until(async () => expect(await summed(page)).toBe(all))
    expect(await page.locator('[data-list][data-count]').count()).toBe(0)
    const { id } = await file(house, as(observer), { position: { latitude: 13.3, longitude: -88.94, accuracyMetres: 8, ageSeconds: 1 }, words: 'Mientras tanto' })
    send()
    await page.locator(`[data-list] [data-report="${id}"]`).waitFor({ state: 'attached' })
    await until(async () => expect([await summed(page), await inList(page)]).toEqual([all + 1, all + 1]))
    await page.locator('[data-coming]').waitFor({ state: 'detached' })
  })

  it('[R350] waits for the reports themselves where nothing could be counted', async () => {
    const page = await roomWhere({ '**/api/map*': (route) => route.fulfill({ status: 500, json: { problem: 'broken', reference: 'abcdefgh' } }) })
    await until(async () => expect([await summed(page), await inList(page)]).toEqual([await stored(), await stored()]))
    expect(await page.locator('[data-list] [role=alert], [data-coming]').count()).toBe(0)
  })

  it('[lesson 39] stays where it was at every frame: while areas give way to reports, and while reports come, one of them far outside of the view', async () => {
    let send: () => void = () => undefined
    const held = new Promise<void>((done) => { send = done })
    const page = await roomWhere({ '**/api/points*': (route) => held.then(() => route.continue()) })
    await page.locator('[data-map][data-count] [data-coming]').waitFor()
    // The country's coast, as it stands on the screen.
    await page.evaluate(() => {
      const frames: string[] = []
      Object.assign(window, { frames })
      const look = () => {
        const shapes = [...document.querySelectorAll('[data-map] path.basemap-shape')].map((shape) => shape.getBoundingClientRect()).sort((one, other) => other.width - one.width)
        frames.push(shapes.slice(0, 3).map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ')).join(', '))
        requestAnimationFrame(look)
      }
      look()
    })
    send()
    await page.locator('[data-list][data-count]').waitFor()
    await page.locator('[data-coming]').waitFor({ state: 'detached' })
    await file(house, as(observer), { position: { latitude: 4.6, longitude: -74.08, accuracyMetres: 9, ageSeconds: 1 } })
    for (let at = 1; at <= 20; at += 1) await file(house, as(observer), { severity: 'low', position: { latitude: 13.2 + at / 20, longitude: -88.9, accuracyMetres: 9, ageSeconds: 1 } })
    const all = await stored()
    await until(async () => expect([await inList(page), Number(await page.locator('[data-map]').getAttribute('data-count'))]).toEqual([all, all]))
    const frames = await page.evaluate(() => (window as unknown as { frames: string[] }).frames)
    expect([frames.length > 10, frames[0]?.length === 0]).toEqual([true, false])
    expect([...new Set(frames)]).toEqual([frames[0]])
    await page.locator('[data-outside="1"]').waitFor()
  })
})

describe('a mission of more reports than a screen holds', () => {
  const most = 300

  it('[R351] [lesson 41] shows all of them on the map, by area, for its filters too, says what is the newest alone, and counts what comes', async () => {
    await house.stop()
    house = await startHouse({ folder, clock: wallClock, figures: { mostOnScreen: most } })
    ana = await house.person('coordinator', { name: 'Ana' })
    observer = await house.person('observer')
    const all = await stored()
    const page = await room('/room/')
    await until(async () => expect([await summed(page), await inList(page)]).toEqual([all, most]))
    expect(await page.locator('[data-newest]').textContent()).toContain(`the newest ${most} of ${all}`)
    await page.locator('[data-map] [data-cut]').getByText(`All ${all} counted, by area`).waitFor()
    // Nearer, the areas are smaller, and what is not in view is told.
    await until(async () => {
      await page.locator('[data-map]').getByRole('button', { name: /^Nearer/ }).click()
      expect([await onMap(page) < all / 2, await onMap(page) > 0, await summed(page) >= all]).toEqual([true, true, true])
    })
    await file(house, as(observer), { severity: 'critical', words: 'Una más' })
    await until(async () => expect(await page.locator('[data-map]').getAttribute('data-count')).toBe(String(all + 1)))
    const critical = await stored('critical')
    expect(critical).toBeGreaterThan(most)
    const filtered = await room('/room/?severity=critical')
    await until(async () => expect(await summed(filtered)).toBe(critical))
  })

  it('[R398] [R399] [lesson 41] counts all on the map and in figures and times for any filter, opens a report that stands alone and is not among the newest; and has all of what is few', async () => {
    const longAgo = new Date(Date.now() - 20 * 3_600_000).toISOString()
    const { id } = await file(house, as(observer), { severity: 'critical', position: { latitude: 13.05, longitude: -88.6, accuracyMetres: 8, ageSeconds: 1 }, times: { observedAt: longAgo, finishedAt: longAgo, zone: 'America/El_Salvador' }, words: 'La más antigua' })
    const rows = await house.db.readers.selectFrom('reports').select(['status', 'severity']).where('photoCount', '=', 0).where('severity', 'in', ['critical', 'high']).execute()
    expect(rows.length).toBeGreaterThan(most)
    const page = await room('/room/?pictures=without&severity=critical,high&map=13.2,-88.7,10')
    await page.locator('[data-map] [data-cut]').getByText(`All ${rows.length} counted, by area`).waitFor()
    const outside = async () => Number(await page.locator('[data-outside]').getAttribute('data-outside')) + Number(await page.locator('[data-docked-chip]').getAttribute('data-count'))
    await until(async () => expect([await onMap(page) + await outside(), await inList(page)]).toEqual([rows.length, most]))
    const figure = (name: string) => page.locator(`[data-figure=${name}] dd`).textContent()
    expect([await figure('not-looked'), await figure('in-review')]).toEqual(['received', 'in_review'].map((status) => String(rows.filter((row) => row.status === status).length)))
    // The timeline begins with the oldest of all, ten hours before the others.
    const bars = await page.locator('[data-timeline] svg g').evaluateAll((all) => all.map((bar) => [...bar.querySelectorAll('rect')].reduce((sum, part) => sum + Number(part.getAttribute('height')), 0)))
    expect([(bars[0] ?? 0) > 0, bars[1]]).toEqual([true, 0])
    await page.locator(`[data-mark=report][data-report="${id}"]`).click()
    await page.locator(`[data-card="${id}"]`).getByText('La más antigua').waitFor()
    const few = await room('/room/?severity=low')
    const low = await stored('low')
    expect(low).toBeLessThan(most)
    await until(async () => expect([await summed(few), await inList(few), await few.locator('[data-cut], [data-newest]').count()]).toEqual([low, low, 0]))
  })
})
