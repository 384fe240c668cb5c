import { sql } from 'kysely'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import sharp from 'sharp'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { strikeNoteCall, writeNoteCall } from '../../shared/notes.ts'
import { openMissionCall, setBasicsCall, skipRegisterCall } from '../../shared/mission.ts'
import { Severity } from '../../shared/basics.ts'
import { listReportsCall, reportNumber } from '../../shared/reports.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { claim, judge, setRules, setUp } from '../support/desk.ts'
import { type Caller, type TestHouse, defaultPack, startHouse } from '../support/house.ts'
import { openShell, pageOf, phone } from '../support/browser.ts'
import { roomsOf } from '../support/rooms.ts'
import { file, giveStations, sendOriginal, sendPreview } from '../support/reports.ts'

let browser: Browser
let house: TestHouse
let lead: Caller
let ana: Caller
let observer: Caller

/** Thirty-six reports: most in three stations, some where a phone was, some nowhere. */
beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ana = await house.person('coordinator', { name: 'Ana' })
  observer = await house.person('observer', { organisation: 'Network B' })
  await lead.call(openMissionCall, { rules: { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } })
  const { categories } = await defaultPack()
  for (let at = 0; at < 36; at += 1) {
    const observedAt = `2027-02-28T1${4 + (at % 5)}:${10 + at}:00.000Z`
    const place = at % 6
    const report = await file(house, observer, {
      category: categories[(at * 5) % categories.length]?.code ?? '', severity: Severity.options[at % 4] ?? 'low',
      ...(place < 4 ? { station: ['CE-01', 'CE-01', 'CE-02', 'CE-03'][place] ?? null, table: place === 0 ? '77119' : null } : { station: null }),
      position: place === 4 ? { latitude: 13.9 + at / 1000, longitude: -89.5, accuracyMetres: 20, ageSeconds: 1 } : null,
      times: { observedAt, finishedAt: observedAt, zone: 'America/El_Salvador' }, words: at % 3 === 0 ? 'Papeletas sin doblez' : 'Nada más',
    })
    if (at % 7 === 1) await judge(house, ana, report.id, { outcome: at % 2 ? 'verified' : 'false' })
    if (at % 7 === 2) await claim(ana, report.id)
  }
  browser = await openShell()
})
const rooms = roomsOf(() => ({ browser, house }))
async function room(at = '/room/', options: Parameters<typeof pageOf>[3] = {}, prepare?: (page: Page) => Promise<void>, who = ana): Promise<Page> {
  const page = await rooms.open(who, at, options, prepare)
  await page.locator('[data-list][data-count]').waitFor()
  return page
}

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 100 })

/** What the screen says at one moment in three ways: the list's count, the map's own sum, and the marks that are there with the chip of those without a place. */
const counts = (page: Page): Promise<{ list: number; map: number; marks: number }> => page.evaluate(() => {
  const [list, map, marks] = ['[data-list]', '[data-map]', '[data-mark], [data-docked-chip]'].map((what) => [...document.querySelectorAll(what)].reduce((sum, one) => sum + Number(one.getAttribute('data-count') ?? Number.NaN), 0))
  return { list: list ?? 0, map: map ?? 0, marks: marks ?? 0 }
})
const shows = (page: Page, count: number) => until(async () => expect(await counts(page)).toEqual({ list: count, map: count, marks: count }))

const counted = async (where: ReturnType<typeof sql>): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from reports left join stations on stations.code = reports.station where ${where}`.execute(house.db.readers)
  return Number(rows[0]?.count)
}

/** To another address without a load, as back and forward do. */
const go = (page: Page, address: string) => page.evaluate((next) => {
  history.pushState(null, '', next)
  dispatchEvent(new PopStateEvent('popstate'))
}, address)

const row = (page: Page, id: string) => page.locator(`[data-list] [data-report="${id}"]`)

describe('map and list', () => {
  it('show for any filter what the database counts, by address, back and forward', async () => {
    const cases: [string, ReturnType<typeof sql>][] = [
      ['', sql`1 = 1`],
      ['?status=received', sql`reports.status = 'received'`],
      ['?status=verified,false', sql`reports.status in ('verified', 'false')`],
      ['?severity=critical,high', sql`reports.severity in ('critical', 'high')`],
      ['?category=counting', sql`reports.category like 'counting.%'`],
      ['?category=counting.unfolded_ballots,access', sql`(reports.category = 'counting.unfolded_ballots' or reports.category like 'access.%')`],
      ['?department=La%20Libertad', sql`coalesce(stations.department, reports.department) = 'La Libertad'`],
      ['?station=CE-01', sql`reports.station = 'CE-01'`],
      ['?from=2027-02-28T15:00:00.000Z&until=2027-02-28T16:59:59.999Z', sql`reports.observed_at between '2027-02-28T15:00:00.000Z' and '2027-02-28T16:59:59.999Z'`],
      ['?words=doblez', sql`reports.words like '%doblez%' or reports.category in (select 'counting.unfolded_ballots')`],
      ['?severity=low&station=CE-99', sql`1 = 0`],
    ]
    const page = await room()
    for (const [query, where] of cases) {
      await go(page, `/room/${query}`)
      await shows(page, await counted(where))
    }
    // The same when the address is what the browser opens with.
    const [query, where] = cases[5] ?? cases[0]!
    await page.goto(`${house.address}/room/${query}`)
    await shows(page, await counted(where))

    await go(page, '/room/')
    const all = await counted(sql`1 = 1`)
    await page.getByRole('button', { name: 'Not looked at', exact: true }).click()
    const received = await counted(sql`reports.status = 'received'`)
    await shows(page, received)
    expect(new URL(page.url()).searchParams.get('status')).toBe('received')
    await page.goBack()
    await shows(page, all)
    await page.goForward()
    await shows(page, received)
    await page.getByRole('button', { name: 'Clear all' }).click()
    await shows(page, all)
  })

  it('[lesson 40] open the reports of one centre by table, and those without a place, and step back', async () => {
    const page = await room('/room/?station=CE-01')
    const inCentre = await counted(sql`reports.station = 'CE-01'`)
    await page.locator(`[data-mark=group][data-count="${inCentre}"]`).click()
    const card = page.locator('[data-spot]')
    await card.getByRole('heading', { name: 'Escuela Canaria' }).waitFor()
    expect(await card.getAttribute('data-count')).toBe(String(inCentre))
    await until(async () => expect(await card.locator('[data-report]').count()).toBe(inCentre))
    expect(await card.locator('summary').allInnerTexts()).toEqual([expect.stringContaining('Table 77119'), expect.stringContaining('Whole station')])
    const address = page.url()
    await card.locator('[data-report]').first().click()
    await page.locator('[data-card]').waitFor()
    await page.keyboard.press('Escape')
    await card.waitFor()
    // But for the map, which may have made room for the card.
    expect(new URL(page.url()).searchParams.get('spot')).toBe(new URL(address).searchParams.get('spot'))
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Clear all' }).click()
    await page.locator('[data-docked-chip]').click()
    const without = await counted(sql`coalesce(stations.latitude, reports.latitude) is null`)
    await until(async () => expect(await card.locator('[data-report]').count()).toBe(without))
  })

  it('[R412] [lesson 40] count every report of a centre by its table before a number is said, and list more on demand', async () => {
    const tables = ['80001', '80002', '80003']
    await giveStations(house, lead, tables.map((table) => `CE-09,Escuela Grande,La Libertad,La Libertad Este,Zaragoza,13.45,-89.1,${table}`))
    const withTables: (string | null)[] = [...tables, null]
    for (let at = 0; at < 61; at += 1) await file(house, observer, { station: 'CE-09', severity: 'low', table: withTables[at < 25 ? 0 : at % 4] ?? null, words: `Mesa ${at}` })
    const { rows } = await sql<{ table: string | null; count: number }>`select table_code as "table", count(*) as count from reports where station = 'CE-09' group by table_code order by table_code is null, table_code`.execute(house.db.readers)
    let answer = (): void => undefined
    const held = new Promise<void>((done) => { answer = done })
    // Most of the lines are on no page of the list, and those that the card asks for come when the test says.
    const page = await room('/room/?spot=13.45,-89.1', {}, async (fresh) => void await fresh.route(/\/api\/reports\?/, async (route) => {
      if (/ids=[^&]/.test(route.request().url())) return held.then(() => route.continue())
      const response = await route.fetch()
      const given = listReportsCall.reply.parse(await response.json())
      return route.fulfill({ response, json: { ...given, reports: given.reports.slice(0, 40) } })
    }))
    const card = page.locator('[data-spot]')
    await card.locator('[data-counting]').waitFor()
    expect([await card.getAttribute('data-count'), await card.locator('[data-table]:not([data-table=""])').count()]).toEqual(['61', 0])
    answer()
    const said = () => card.locator('[data-table]').evaluateAll((all) => all.map((one) => [Number(one.getAttribute('data-table')), one.querySelector('summary')?.textContent ?? '']))
    await until(async () => expect(await said()).toEqual(rows.map(({ table, count }): unknown[] => [Number(count), expect.stringContaining(table === null ? 'Whole station' : `Table ${table}`)])))
    for (const [count, text] of await said()) expect(text).toContain(`${count} reports`)
    const first = card.locator('[data-table]').first()
    expect(await first.locator('[data-report]').count()).toBe(20)
    await first.getByRole('button', { name: `Show ${Number(rows[0]?.count) - 20} more` }).click()
    await until(async () => expect(await card.locator('[data-report]').count()).toBe(61))
    // One that comes meanwhile is counted at once.
    await file(house, observer, { station: 'CE-09', severity: 'low', table: '80002' })
    await until(async () => expect((await said()).map(([count]) => count)).toEqual(rows.map(({ table, count }) => Number(count) + (table === '80002' ? 1 : 0))))
  })

  it('[R414] tell how long ago a phone found its place, on card and page, ticking and fading as that ages', async () => {
    const { id } = await file(house, observer, { station: 'CE-01', position: { latitude: 13.5801, longitude: -89.28, accuracyMetres: 12, ageSeconds: 600 } })
    const page = await room(`/room/?report=${id}`, {}, async (fresh) => void await fresh.clock.install())
    const age = page.locator('[data-place-age]')
    const says = (text: string, how: string) => until(async () => expect([await age.textContent(), await age.locator('[data-age]').getAttribute('data-age')]).toEqual([expect.stringContaining(text), how]))
    const colour = () => age.locator('[data-age]').evaluate((one) => getComputedStyle(one).color)
    /** The same time passes here and at headquarters. */
    const pass = async (minutes: number) => {
      house.clock.forward(minutes * 60_000)
      await page.clock.fastForward(minutes * 60_000)
    }
    await says('Place fixed 10 min ago, 10 min before it was reported', 'fresh')
    const colours = [await colour()]
    await pass(30)
    await says('Place fixed 40 min ago, 10 min before it was reported', 'aging')
    colours.push(await colour())
    await page.locator('[data-card]').getByRole('link', { name: /^Open/ }).click()
    await page.locator('[data-card]').waitFor({ state: 'detached' })
    await says('Place fixed 40 min ago, 10 min before it was reported', 'aging')
    await pass(30)
    await says('Place fixed 1 h 10 min ago', 'old')
    colours.push(await colour())
    expect(new Set(colours).size).toBe(3)
  })

  it('[R316] stand in the address with the map, the panel and the selection: a copied link shows a colleague the same, and the way back undoes no move of the map', async () => {
    const page = await room('/room/?severity=critical,high')
    const asked = (of: Page, name: string) => new URL(of.url()).searchParams.get(name)
    const marks = (of: Page) => of.locator('[data-mark]').evaluateAll((all) => all.map((one) => `${Math.round(one.getBoundingClientRect().x)} ${Math.round(one.getBoundingClientRect().y)}`).sort())
    expect(asked(page, 'map')).toBeNull()
    const steps = await page.evaluate(() => history.length)
    await page.getByRole('button', { name: /^Nearer/ }).click()
    await until(async () => expect(asked(page, 'map')).not.toBeNull())
    const first = asked(page, 'map')
    await page.mouse.move(900, 420)
    await page.mouse.down()
    await page.mouse.move(1000, 460, { steps: 5 })
    await page.mouse.up()
    await until(async () => expect(asked(page, 'map')).not.toBe(first))
    expect(await page.evaluate(() => history.length)).toBe(steps)
    await page.keyboard.press('j')
    await page.keyboard.press('f')
    await page.getByRole('dialog', { name: 'Filters' }).waitFor()
    const shown = await marks(page)

    const colleague = await room(new URL(page.url()).pathname + new URL(page.url()).search)
    await colleague.getByRole('dialog', { name: 'Filters' }).waitFor()
    await colleague.locator(`[data-card="${asked(page, 'report')}"]`).waitFor()
    await until(async () => expect(await marks(colleague)).toEqual(shown))
    expect(colleague.url()).toBe(page.url())

    await page.goBack()
    await page.getByRole('dialog', { name: 'Filters' }).waitFor({ state: 'detached' })
    expect([asked(page, 'severity'), asked(page, 'map')]).toEqual(['critical,high', asked(colleague, 'map')])
    expect(await marks(page)).toEqual(shown)
  })

  it('[R415] are walked, claimed and opened by keys alone', async () => {
    const page = await room()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const selected = new URL(page.url()).searchParams.get('report') ?? ''
    expect(await page.locator('[data-list] [data-report]').first().getAttribute('data-report')).toBe(selected)
    await page.locator(`[data-card="${selected}"]`).waitFor()

    const open = await house.db.readers.selectFrom('reports').select('id').where('status', '=', 'received').where('claimedBy', 'is', null).limit(1).executeTakeFirstOrThrow()
    await page.goto(`${house.address}/room/?report=${open.id}`)
    await page.getByRole('button', { name: 'Claim' }).waitFor()
    await page.keyboard.press('c')
    await until(async () => expect((await house.db.readers.selectFrom('reports').select('claimedBy').where('id', '=', open.id).executeTakeFirstOrThrow()).claimedBy).toBe(ana.id))
    await page.getByText('It is yours until').waitFor()
    await page.keyboard.press('o')
    await page.waitForURL(`**/room/reports/${open.id}**`)
    await page.getByRole('heading', { name: 'History' }).waitFor()
    // The address tells of the report that is looked at, also after a step to its neighbour and back.
    const toNext = page.getByRole('link', { name: 'Next report' })
    const toPrevious = page.getByRole('link', { name: 'Report before' })
    const step = async (key: 'j' | 'k') => {
      const before = new URL(page.url()).pathname
      await (key === 'j' ? toNext : toPrevious).waitFor()
      await page.keyboard.press(key)
      await until(async () => expect(new URL(page.url()).pathname).not.toBe(before))
      const { pathname, searchParams } = new URL(page.url())
      expect(pathname).toBe(`/room/reports/${searchParams.get('report') ?? 'none'}`)
      // Its keys are heard from the frame after it is drawn.
      await page.getByRole('heading', { name: 'History' }).waitFor()
      await page.evaluate(() => new Promise((drawn) => void requestAnimationFrame(() => requestAnimationFrame(drawn))))
      return key === 'j' ? 'k' : 'j'
    }
    await toNext.or(toPrevious).first().waitFor()
    await step(await step(await toNext.count() > 0 ? 'j' : 'k'))
    expect(new URL(page.url()).searchParams.get('report')).toBe(open.id)
    await page.keyboard.press('Escape')
    await page.locator(`[data-card="${open.id}"]`).waitFor()
    // Back on the row that it was opened from.
    await page.waitForFunction((id) => document.activeElement?.getAttribute('data-report') === id, open.id)

    await page.keyboard.press('f')
    const filters = page.getByRole('dialog')
    const field = filters.getByLabel('Station', { exact: true })
    await field.fill('escuela')
    await filters.getByRole('button', { name: /^Escuela Otra/ }).waitFor()
    await field.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const second = await page.evaluate(() => document.activeElement?.textContent ?? '')
    await page.keyboard.press('Enter')
    await until(async () => expect(new URL(page.url()).searchParams.get('station')).not.toBeNull())
    expect(second).toContain(new URL(page.url()).searchParams.get('station') ?? 'none')
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement && document.activeElement.type === 'search')
    await page.keyboard.type('lejana')
    await filters.getByRole('button', { name: /^Escuela Lejana/ }).waitFor()
    await page.keyboard.press('Enter')
    await until(async () => expect(new URL(page.url()).searchParams.get('station')).toBe('CE-03'))
  })

  it('says the times of the filter on the timeline, also those that lie within a bar', async () => {
    const page = await room('/room/?until=2027-02-28T16:30:00.000Z')
    const said = page.locator('[data-timeline]')
    await said.getByText(/^until (28 Feb, )?10:30$/).waitFor()
    await go(page, '/room/?from=2027-02-28T15:00:00.000Z&until=2027-02-28T16:30:00.000Z')
    await said.getByText(/09:00 to (28 Feb, )?10:30$/).waitFor()
    await go(page, '/room/')
    await said.getByText('Any time').waitFor()
  })
})

describe('a report that comes', () => {
  it('lands on map and list by the socket alone, with its first picture when that is here, and the list keeps its place', async () => {
    const page = await room()
    await page.locator('[data-state=live]').waitFor()
    const asked: string[] = []
    await page.route(/\/api\/(live\/changes|points|reports\?)/, async (route) => {
      asked.push(route.request().url())
      await route.abort()
    })
    const before = await counted(sql`1 = 1`)
    const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a7' } }).jpeg().toBuffer()
    const report = await file(house, observer, { station: 'CE-03', pictures: [picture] })
    await shows(page, before + 1)
    await row(page, report.id).waitFor()
    expect(await row(page, report.id).locator('[data-picture]').count()).toBe(0)

    await sendPreview(observer, report.id, picture, await sharp(picture).resize(320).jpeg().toBuffer())
    await row(page, report.id).locator('[data-picture] img').waitFor()
    await sendOriginal(observer, report.id, picture)
    await house.picturesDone()
    await until(async () => expect(await row(page, report.id).locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0))

    const list = page.locator('[data-list]')
    await list.evaluate((box) => box.scrollTo({ top: 400 }))
    const held = page.locator('[data-list] [data-report]').nth(8)
    const id = await held.getAttribute('data-report')
    const topOf = () => row(page, id ?? '').evaluate((one) => one.getBoundingClientRect().top)
    const where = await topOf()
    const next = await file(house, observer, { station: 'CE-02' })
    await page.getByRole('button', { name: '1 new' }).waitFor()
    // Positions of scrolling are whole pixels, those of rows are not.
    expect(Math.abs((await topOf()) - where)).toBeLessThan(2)
    await page.getByRole('button', { name: '1 new' }).click()
    await row(page, next.id).waitFor()
    await until(async () => expect(await list.evaluate((box) => box.scrollTop)).toBe(0))
    expect(asked).toEqual([])
  })

  it('[R390] leaves a filter that it does not fit any more, comes into one that it fits, and shows there that it has a note', async () => {
    const report = await file(house, observer, { station: 'CE-03' })
    const waiting = await room('/room/?status=received')
    const reviewed = await room('/room/?status=in_review')
    await row(waiting, report.id).waitFor()
    await claim(ana, report.id)
    await row(waiting, report.id).waitFor({ state: 'detached' })
    await row(reviewed, report.id).waitFor()
    await shows(waiting, await counted(sql`reports.status = 'received'`))
    await shows(reviewed, await counted(sql`reports.status = 'in_review'`))
    const note = uuid7(Date.now())
    // Hours went by in the test before: whoever was quiet meanwhile is signed out.
    const another = await house.person('lead')
    await another.call(writeNoteCall, { id: report.id, note, words: 'The centre head was called.' })
    await row(reviewed, report.id).locator('[data-notes="1"]').getByText('1 note between coordinators').waitFor()
    await another.call(strikeNoteCall, { id: report.id, note })
    await row(reviewed, report.id).locator('[data-notes]').waitFor({ state: 'detached' })
  })

  it('is searched for again when words are asked for', async () => {
    const page = await room('/room/?words=guacamaya')
    await shows(page, 0)
    await file(house, observer, { words: 'Nada que ver.' })
    const report = await file(house, observer, { words: 'Una guacamaya en la urna.' })
    await row(page, report.id).waitFor()
    await shows(page, 1)
  })
})

describe('when the line is bad', () => {
  it('says so while sockets are cut, and catches up from the journal', async () => {
    const open: WebSocketRoute[] = []
    let isCut = false
    const page = await room('/room/', {}, async (fresh) => {
      await fresh.clock.install()
      await fresh.routeWebSocket(/\/api\/live\/socket/, async (socket) => {
        if (isCut) return socket.close()
        open.push(socket)
        socket.connectToServer()
      })
    })
    await page.locator('[data-state=live]').waitFor()
    isCut = true
    await page.route(/\/api\/live\/changes/, (route) => route.abort())
    for (const socket of open.splice(0)) await socket.close()
    await page.locator('[data-state=catching_up]').waitFor()
    await page.getByText('Catching up, complete up to').waitFor()
    const missed = await file(house, observer, { station: 'CE-01' })
    await page.clock.fastForward(20_000)
    await page.getByText('No connection since').waitFor({ timeout: 120_000 })
    expect(await row(page, missed.id).count()).toBe(0)

    await page.unroute(/\/api\/live\/changes/)
    await page.locator('[data-state=polling]').waitFor()
    await row(page, missed.id).waitFor()
    await page.getByText('asked every 5 s').waitFor()
    isCut = false
    await page.locator('[data-state=live]').waitFor()
    await shows(page, await counted(sql`1 = 1`))
  })

  it('asks again by itself when a filter could not be loaded, and says meanwhile what it shows', async () => {
    const page = await room()
    const all = await counted(sql`1 = 1`)
    await page.route(/\/api\/points/, (route) => route.abort())
    await go(page, '/room/?status=received')
    await page.getByText('What you see may be out of date.').waitFor()
    expect((await counts(page)).list).toBe(all)
    await page.unroute(/\/api\/points/)
    await shows(page, await counted(sql`reports.status = 'received'`))
    await page.getByText('What you see may be out of date.').waitFor({ state: 'detached' })
  })

  it('notices an event that was dropped by the number before it', async () => {
    let dropping: string | null = null
    const page = await room('/room/', {}, (fresh) => fresh.routeWebSocket(/\/api\/live\/socket/, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((message) => server.send(message))
      server.onMessage((message) => {
        if (dropping !== null && String(message).includes(dropping)) {
          dropping = null
          return
        }
        socket.send(message)
      })
    }))
    await page.locator('[data-state=live]').waitFor()
    dropping = 'Esta se pierde'
    const dropped = await file(house, observer, { words: 'Esta se pierde en el camino' })
    await until(() => Promise.resolve(expect(dropping).toBeNull()))
    const after = await file(house, observer, { words: 'Esta llega' })
    await row(page, after.id).waitFor()
    await row(page, dropped.id).waitFor()
    await shows(page, await counted(sql`1 = 1`))
  })
})

describe('the room as a screen', () => {
  it('fits a narrow phone: list and map are two sides of one view, and nothing is wider than the screen', async () => {
    const page = await room('/room/', { ...phone, viewport: { width: 320, height: 640 } })
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth)
    expect(await wide()).toBeLessThanOrEqual(320)
    await page.getByRole('link', { name: 'Map', exact: true }).click()
    await page.locator('[data-mark]').first().waitFor()
    await shows(page, await counted(sql`1 = 1`))
    expect(await wide()).toBeLessThanOrEqual(320)
    await page.getByRole('link', { name: 'List', exact: true }).click()
    const first = page.locator('[data-list] [data-report]').first()
    const number = await first.getAttribute('data-number')
    await first.click()
    await page.locator('[data-card]').getByText(reportNumber(Number(number))).waitFor()
  })

  it('says what will come when there is nothing yet, and sends a lead whose mission is not open to its set-up', async () => {
    const empty = await startHouse()
    try {
      const own = await empty.person('lead')
      const { page } = await pageOf(browser, empty, own, { at: '/room/' })
      rooms.keep(page)
      await page.waitForURL('**/setup')
      await setUp(empty, own)
      await setRules(own, { eyes: 1 })
      await own.call(skipRegisterCall, {})
      await empty.person('coordinator')
      expect((await own.call(openMissionCall, { rules: { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } })).status).toBe(200)
      await page.goto(`${empty.address}/room/`)
      await page.getByText('No report has come yet').waitFor()
      expect(await page.getByText('There is no base map').count()).toBe(0)
      await page.getByRole('link', { name: 'Invite observers' }).click()
      await page.waitForURL('**/room/people')
      await own.call(setBasicsCall, { name: 'Misión de los volcanes', country: 'GT', zone: 'America/Guatemala', languages: ['es', 'en'], days: ['2027-06-20'], leadName: 'Lidia', organisation: 'Delegation A' })
      await page.goto(`${empty.address}/room/`)
      await page.getByText('There is no base map of Guatemala in this Veedor').waitFor()
    } finally {
      await empty.stop()
    }
  })
})
