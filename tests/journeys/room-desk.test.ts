import type { Browser, Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { openMissionCall, setBasicsCall, skipRegisterCall } from '../../shared/mission.ts'
import { retireCall } from '../../shared/people.ts'
import { leadLink } from '../../server/features/people/actions.ts'
import { openShell, pageOf, phone } from '../support/browser.ts'
import { setRules, setUp } from '../support/desk.ts'
import { type Caller, type TestHouse, startHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { roomsOf } from '../support/rooms.ts'
import { axeFaults, untilStill } from '../support/screen-checks.ts'

// The room as the desk of somebody who works there all day: what is chosen can be read, what was told stays told until it is read, nothing is lost by one press.

let browser: Browser
let house: TestHouse
let lead: Caller
let ana: Caller
let observer: Caller
const rules = { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } as const
const longName = 'Misión conjunta de observación internacional de las elecciones generales y municipales de los catorce departamentos de 2027'.slice(0, 120)

/** A mission that is open needs a coordinator; stations may come later. */
async function open(by: Caller): Promise<void> {
  await by.call(skipRegisterCall, {})
  expect((await by.call(openMissionCall, { rules })).status).toBe(200)
}

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, rules)
  ana = await house.person('coordinator', { name: 'Ana' })
  observer = await house.person('observer', { name: 'Olga', organisation: 'Network B' })
  await open(lead)
  for (const [at, words] of ['Papeletas sin doblez', 'Una guacamaya', 'Nada más', 'Dos guacamayas'].entries()) {
    const observedAt = `2027-02-28T1${at + 4}:10:00.000Z`
    await file(house, observer, { station: ['CE-01', 'CE-02', 'CE-03', 'CE-01'][at] ?? null, words, times: { observedAt, finishedAt: observedAt, zone: 'America/El_Salvador' } })
  }
  browser = await openShell()
})
const rooms = roomsOf(() => ({ browser, house }))
const room = (at = '/room/', who = ana, options: Parameters<typeof pageOf>[3] = {}): Promise<Page> => rooms.open(who, at, options)

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 100 })
const first = (page: Page): Locator => page.locator('[data-list] [data-report]').first()
const boxOf = async (one: Locator) => {
  const box = await one.boundingBox()
  if (!box) throw new Error('It is not on the screen')
  return box
}
const large = (page: Page) => page.evaluate(() => void (document.documentElement.style.fontSize = '200%'))

describe('what is chosen', () => {
  it.each(['light', 'dark'] as const)('can be read while the pointer is still on it, by %s', async (colorScheme) => {
    const page = await room('/room/', ana, { colorScheme })
    const chip = page.getByRole('button', { name: 'Not looked at', exact: false }).first()
    await first(page).waitFor()
    await chip.click()
    // A notice that comes late above the list moves all of it away from a pointer that rests.
    const rests = async (one: Locator) => {
      await until(async () => {
        await one.hover()
        await untilStill(page)
        expect(await one.evaluate((it) => it.matches(':hover'))).toBe(true)
      })
    }
    await rests(chip)
    expect(await chip.getAttribute('aria-pressed')).toBe('true')
    expect(await axeFaults(page, ['color-contrast'])).toEqual([])
    // What is not chosen still answers the pointer.
    const other = page.getByRole('button', { name: 'In review', exact: true })
    const ground = () => other.evaluate((one) => getComputedStyle(one).backgroundColor)
    const before = await ground()
    await rests(other)
    expect(await ground()).not.toBe(before)
    expect(await axeFaults(page, ['color-contrast'])).toEqual([])
  })
})

describe('with words of twice the size', () => {
  it.each([[1440, 900], [1024, 700], [390, 844], [320, 640]])('the list is reached at %i x %i, and no figure lies on another', async (width, height) => {
    for (const locale of ['es-SV', 'en-GB']) {
      const page = await room('/room/', ana, { viewport: { width, height }, locale })
      await large(page)
      await untilStill(page)
      const row = first(page)
      // A press scrolls even what nobody could scroll by hand: the list itself has to have room.
      expect(await page.locator('[data-list]').evaluate((box) => box.clientHeight)).toBeGreaterThan(100)
      await page.mouse.move(width / 4, height / 2)
      await page.mouse.wheel(0, 2000)
      await row.scrollIntoViewIfNeeded()
      await row.click({ timeout: 5000 })
      await page.locator('[data-card]').waitFor()
      await page.keyboard.press('Escape')
      const faults = await page.evaluate(() => {
        const found: string[] = []
        const texts = [...document.querySelectorAll('[data-figure] dt, [data-figure] dd')].map((one) => {
          const range = document.createRange()
          range.selectNodeContents(one)
          return { text: one.textContent, rects: [...range.getClientRects()], box: range.getBoundingClientRect() }
        })
        for (const [at, one] of texts.entries()) {
          for (const other of texts.slice(at + 1)) if (one.box.left < other.box.right - 1 && other.box.left < one.box.right - 1 && one.box.top < other.box.bottom - 8 && other.box.top < one.box.bottom - 8) found.push(`“${one.text}” lies on “${other.text}”`)
          // Never more lines than words.
          if (one.rects.length > (one.text ?? '').split(' ').length) found.push(`“${one.text}” breaks within a word`)
        }
        for (const key of document.querySelectorAll('kbd')) {
          if (!key.checkVisibility()) continue
          const range = document.createRange()
          range.selectNodeContents(key)
          const [box, text] = [key.getBoundingClientRect(), range.getBoundingClientRect()]
          if (text.bottom > box.bottom + 1 || text.top < box.top - 1) found.push(`“${key.textContent}” stands out of its key`)
        }
        return found
      })
      expect(faults).toEqual([])
    }
  })
})

describe('the places at the foot, with words of twice the size', () => {
  it.each([['/room/', [320, 640]], ['/room/people', [320, 640]], ['report', [320, 640]], ['/room/', [390, 844]]] as const)('are on the screen and are pressed in %s at %o', async (at, [width, height]) => {
    const page = await room('/room/', lead, { viewport: { width, height } })
    if (at === 'report') {
      await page.goto(`${house.address}/room/reports/${await first(page).getAttribute('data-report')}`)
      await page.getByRole('heading', { name: 'History' }).waitFor()
    } else await page.goto(`${house.address}${at}`)
    await page.getByRole('navigation').first().waitFor()
    await large(page)
    await untilStill(page)
    const nav = page.getByRole('navigation', { name: 'Places' })
    for (const place of [...await nav.getByRole('link').all(), nav.getByRole('button')]) {
      const box = await boxOf(place)
      expect(box.y + box.height).toBeLessThanOrEqual(height)
    }
    // The same at the end of what scrolls: nothing lies under them for good.
    await nav.evaluate((one) => one.parentElement?.scrollTo(0, 9999))
    expect((await boxOf(page.getByRole('main'))).y + (await boxOf(page.getByRole('main'))).height).toBeLessThanOrEqual((await boxOf(nav)).y + 1)
    await page.getByRole('link', { name: 'People' }).click({ timeout: 5000 })
    await page.waitForURL('**/room/people')
  })
})

describe('signing out', () => {
  const ask = async (page: Page) => {
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    return page.getByRole('dialog', { name: 'Sign out of this browser?' })
  }

  it('asks first, says that the link was for once, and stays unless it is said again', async () => {
    const desk = await house.person('coordinator', { name: 'Berta' })
    const page = await room('/room/', desk)
    const dialog = await ask(page)
    await dialog.getByText('a new link from a lead of your mission').waitFor()
    await dialog.getByRole('button', { name: 'Stay signed in' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect((await page.request.get(`${house.address}/api/me`)).status()).toBe(200)
    await (await ask(page)).getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${house.address}/`)
    expect((await page.request.get(`${house.address}/api/me`)).status()).toBe(401)
  })

  it('tells the only lead that the operator is needed to come back, and another lead that a lead is', async () => {
    const alone = await room('/room/', lead)
    await (await ask(alone)).getByText('npm run lead-link').waitFor()
    const second = await house.person('lead', { name: 'Lucas' })
    const both = await room('/room/', second)
    const dialog = await ask(both)
    await dialog.getByText('a new link from another lead').waitFor()
    expect(await dialog.getByText('npm run lead-link').count()).toBe(0)
    await lead.call(retireCall, { id: second.id })
  })
})

describe('[R66] a link that the operator printed for a lead', () => {
  const print = () => house.engine.write({ kind: 'operator' }, (work) => leadLink({ name: 'Lidia' }, work))

  it('is told until it is read: after a load, to who was away, each one of them; never to who is no lead', async () => {
    const said = (page: Page) => page.getByRole('alert').getByText('printed a sign-in link for Lidia')
    const page = await room('/room/', lead)
    await page.locator('[data-state=live]').waitFor()
    expect(await said(page).count()).toBe(0)
    await print()
    await said(page).waitFor()
    await page.reload()
    await said(page).waitFor()
    // A second one for the same lead does not stand for the first.
    await print()
    await until(async () => expect(await said(page).count()).toBe(2))

    // A lead who was away, in a browser that never had the room.
    const away = await room('/room/', lead)
    await until(async () => expect(await said(away).count()).toBe(2))

    await page.getByRole('button', { name: 'Seen', exact: true }).click()
    await said(page).first().waitFor({ state: 'detached' })
    await page.reload()
    await page.locator('[data-state=live]').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await said(page).count()).toBe(0)
    await print()
    await until(async () => expect(await said(page).count()).toBe(1))

    const other = await room('/room/', ana)
    await other.locator('[data-state=live]').waitFor()
    await other.waitForLoadState('networkidle')
    expect(await said(other).count()).toBe(0)
  })
})

describe('a span of times that ends before it begins', () => {
  const from = '2027-02-28T18:00:00.000Z'
  const wrong = `/room/?from=${from}&until=2027-02-28T15:00:00.000Z`

  it.each([['en-GB', '“From” is later than “Until”', 'Any time'], ['es-SV', '«Desde» es posterior a «Hasta»', 'Cualquier hora']])('is said and applies to nothing, in %s', async (locale, sentence, anyTime) => {
    const { page, faults } = await pageOf(browser, house, ana, { locale, at: '/api/me' })
    rooms.keep(page)
    page.on('console', (message) => void (/<rect>|negative/.test(message.text()) && faults.push(message.text())))
    await page.goto(`${house.address}${wrong}`)
    await page.locator('[data-list][data-count="4"]').waitFor()
    await page.getByRole('alert').getByText(sentence).waitFor()
    await page.keyboard.press('f')
    const fields = page.getByRole('dialog')
    await fields.getByText(sentence).waitFor()
    expect(await page.locator('rect[width^="-"]').count()).toBe(0)
    // Put right in the field, it applies; wrong again, it does not.
    const end = fields.locator('input[type=datetime-local]').last()
    await end.fill('2027-02-28T13:00')
    await fields.getByText(sentence).waitFor({ state: 'detached' })
    await page.locator('[data-list][data-count="0"]').waitFor()
    await fields.locator('input[type=datetime-local]').first().fill('2027-02-28T10:00')
    await page.locator('[data-list][data-count="2"]').waitFor()
    await end.fill('2027-02-28T09:00')
    await fields.getByText(sentence).waitFor()
    await page.locator('[data-list][data-count="4"]').waitFor()
    await fields.getByRole('button', { name: anyTime }).click()
    await fields.getByText(sentence).waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.has('from')).toBe(false)
    expect(faults).toEqual([])
  })

  it('has room in its fields for a clock of twelve hours', async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 1024, height: 700 }]) {
      const page = await room(`/room/?from=${from}`, ana, { locale: 'en-US', viewport })
      await page.keyboard.press('f')
      const field = page.getByRole('dialog').locator('input[type=datetime-local]').first()
      // As wide as it would like to be.
      expect(await field.evaluate((one) => {
        const own = one.getBoundingClientRect().width
        const copy = one.cloneNode() as HTMLInputElement
        copy.style.width = 'max-content'
        one.after(copy)
        const wish = copy.getBoundingClientRect().width
        copy.remove()
        return own - wish
      })).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('the head of the room', () => {
  it('bears a name of 120 characters: the name gives way, what is complete stays in two lines, the search can be read', async () => {
    const given = await startHouse()
    try {
      const own = await given.person('lead')
      await setUp(given, own)
      await setRules(own, rules)
      const days = ['2027-02-28']
      expect((await own.call(setBasicsCall, { name: longName, country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days, leadName: 'Lidia', organisation: 'Delegation A' })).status).toBe(200)
      await given.person('coordinator')
      await open(own)
      for (const viewport of [{ width: 1440, height: 900 }, { width: 1024, height: 700 }]) {
        const { page } = await pageOf(browser, given, own, { viewport, at: '/room/' })
        rooms.keep(page)
        await page.locator('[data-state=live]').waitFor()
        const name = page.getByRole('heading', { name: longName })
        expect(await name.getAttribute('title')).toBe(longName)
        expect(await name.evaluate((one) => one.scrollWidth > one.clientWidth)).toBe(true)
        const lines = await page.locator('[data-state=live]').evaluate((one) => {
          const range = document.createRange()
          range.selectNodeContents(one)
          return new Set([...range.getClientRects()].filter(({ width }) => width > 20).map(({ bottom }) => Math.round(bottom / 8))).size
        })
        expect(lines).toBeLessThanOrEqual(2)
        expect((await boxOf(page.locator('header').first())).height).toBeLessThan(70)
        const search = page.getByPlaceholder('Find reports, stations, tables')
        expect(await search.evaluate((one) => {
          const measure = document.createElement('span')
          measure.style.cssText = `position:absolute;white-space:nowrap;font:${getComputedStyle(one).font}`
          measure.textContent = one.getAttribute('placeholder')
          document.body.append(measure)
          const { width } = measure.getBoundingClientRect()
          measure.remove()
          return one.clientWidth - width
        })).toBeGreaterThanOrEqual(0)
      }
    } finally {
      await given.stop()
    }
  })
})

describe('the people on a narrow screen', () => {
  it.each([390, 320])('are cards of %i px: state, last signal and menu stand in view, and what is said in passing lies above the foot', async (width) => {
    const page = await room('/room/people', lead, { ...phone, viewport: { width, height: 844 }, permissions: ['clipboard-read', 'clipboard-write'] })
    const row = page.getByRole('row', { name: /Olga/ })
    await row.scrollIntoViewIfNeeded()
    for (const part of [row.getByText('joined'), row.getByText(/Last heard:/), row.getByRole('button', { name: 'What to do with Olga' })]) {
      const { x, width: wide } = await boxOf(part)
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + wide).toBeLessThanOrEqual(width)
    }
    await row.getByRole('button', { name: 'What to do with Olga' }).click()
    await page.getByRole('menuitem', { name: /New link/ }).click()
    await page.getByRole('button', { name: 'Copy link' }).click()
    const said = page.getByRole('status').locator('div', { hasText: 'The link was copied' })
    await said.waitFor()
    await untilStill(page)
    const { y, height } = await boxOf(said)
    expect(y + height).toBeLessThanOrEqual((await boxOf(page.getByRole('navigation'))).y)
  })
})

describe('the people beside the invitation', () => {
  const menu = (page: Page) => page.getByRole('button', { name: 'What to do with Olga' })

  it.each([[1440, false, 'es-SV'], [1024, true, 'es-SV'], [1024, true, 'en-GB'], [760, true, 'en-GB'], [820, false, 'es-SV']] as const)('fit at %i px, as cards: %s, in %s: each menu is in view and pressed', async (width, asCards, locale) => {
    const page = await room('/room/people', lead, { viewport: { width, height: 800 }, locale })
    const table = page.locator('main table')
    expect(await table.evaluate((one) => one.scrollWidth - (one.parentElement?.clientWidth ?? 0))).toBeLessThanOrEqual(0)
    expect(await page.getByRole('row', { name: /Olga/ }).evaluate((row) => getComputedStyle(row).display)).toBe(asCards ? 'grid' : 'table-row')
    for (const button of await table.getByRole('button').all()) {
      const [box, seen] = [await boxOf(button), await boxOf(table)]
      expect(box.x).toBeGreaterThanOrEqual(seen.x)
      expect(box.x + box.width).toBeLessThanOrEqual(seen.x + seen.width)
    }
    await table.getByRole('button').first().click({ timeout: 5000 })
    await page.getByRole('menuitem').first().click({ trial: true, timeout: 5000 })
  })

  it('fit where words are large, and a menu opens at its button, also where a browser lays things out from their container', async () => {
    // High enough for the menu to open below its button.
    const page = await room('/room/people', lead, { viewport: { width: 1440, height: 1400 } })
    const opensAt = async () => {
      await menu(page).click()
      await untilStill(page)
      const [button, box] = [await boxOf(menu(page)), await boxOf(page.getByRole('menu'))]
      await page.keyboard.press('Escape')
      return [Math.round(box.x + box.width - button.x - button.width), Math.round(box.y - button.y - button.height)]
    }
    expect(await opensAt()).toEqual([0, 4])
    await page.locator('main table').evaluate((one) => {
      for (let around = one.parentElement; around && around.tagName !== 'MAIN'; around = around.parentElement) if (getComputedStyle(around).containerType === 'inline-size') around.style.contain = 'layout'
    })
    expect(await opensAt()).toEqual([0, 4])
    await large(page)
    await untilStill(page)
    expect(await page.locator('main table').evaluate((one) => one.scrollWidth - (one.parentElement?.clientWidth ?? 0))).toBeLessThanOrEqual(0)
  })
})

describe('a report that has just come', () => {
  it('says so, and no number of seconds that stands still', async () => {
    const page = await room()
    await page.locator('[data-state=live]').waitFor()
    const { id } = await file(house, observer, { words: 'Llega ahora' })
    const row = page.locator(`[data-list] [data-report="${id}"]`)
    await row.getByText('just came').waitFor()
    expect(await row.getByText(/waiting \d+ s/).count()).toBe(0)
  })
})

describe('the search', () => {
  it('[R464] keeps the letters that come while the address takes those before them', async () => {
    const page = await room()
    const field = page.getByRole('searchbox')
    await page.evaluate(() => {
      const { replaceState } = history
      history.replaceState = function (...given) {
        replaceState.apply(this, given)
        const typing = document.querySelector<HTMLInputElement>('input[type=search]')
        if (typing?.value !== 'gua' || !String(given[2]).includes('words=gua')) return
        typing.value = 'guacamayas'
        typing.dispatchEvent(new InputEvent('input', { bubbles: true }))
      }
    })
    await field.fill('gua')
    await page.waitForURL(/[?&]words=guacamayas(&|$)/)
    expect(await field.inputValue()).toBe('guacamayas')
    // What takes them out of the address takes them out of the field.
    await page.evaluate(() => {
      history.pushState(null, '', '/room/')
      dispatchEvent(new PopStateEvent('popstate'))
    })
    await until(async () => expect(await field.inputValue()).toBe(''))
    await page.goBack()
    await until(async () => expect(await field.inputValue()).toBe('guacamayas'))
  })

  it('opens the selected or the first hit with Enter, nothing where nothing is found, and gives the focus to the list with Escape', async () => {
    const page = await room()
    const field = page.getByRole('searchbox')
    await page.keyboard.press('/')
    await page.keyboard.type('guacamayas')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/room\/reports\//)
    await page.getByRole('heading', { name: 'History' }).waitFor()
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(false)
    await page.keyboard.press('Escape')
    await first(page).waitFor()

    await page.keyboard.press('/')
    await field.fill('guacamaya')
    await page.locator('[data-list][data-count="2"]').waitFor()
    const second = page.locator('[data-list] [data-report]').nth(1)
    const id = await second.getAttribute('data-report')
    await second.click()
    await field.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/room/reports/${id}**`)
    await page.getByRole('heading', { name: 'History' }).waitFor()
    await page.keyboard.press('Escape')
    await first(page).waitFor()

    await page.keyboard.press('/')
    await field.fill('zzzz')
    await page.keyboard.press('Enter')
    await page.locator('[data-list][data-count="0"]').waitFor()
    expect(new URL(page.url()).pathname).toBe('/room/')
    await page.keyboard.type('j')
    expect(await field.inputValue()).toBe('zzzzj')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.closest('[data-list]') !== null)
    await first(page).waitFor()
    await page.keyboard.press('j')
    await page.waitForFunction(() => document.activeElement?.hasAttribute('data-report') === true)
  })
})

describe('the map', () => {
  it('says whose data it is in the language of its reader', async () => {
    const spanish = await room('/room/', ana, { locale: 'es-SV' })
    await spanish.getByText('Hecho con Natural Earth. Nombres de lugares © GeoNames (CC BY 4.0). Lagos: GSHHG (LGPL).').waitFor()
    const english = await room()
    await english.getByText('Made with Natural Earth. Place names © GeoNames (CC BY 4.0). Lakes: GSHHG (LGPL).').waitFor()
  })

  it.each([[1024, 700, ''], [1440, 900, ''], [390, 844, '&view=map']])('shows the whole country with its names at %i x %i', async (width, height, view) => {
    const page = await room(`/room/?words=zzzz${view}`, ana, { viewport: { width, height } })
    const map = await boxOf(page.locator('[data-map]'))
    const towns = page.locator('.basemap-town-0, .basemap-town-1')
    await towns.first().waitFor()
    if (width > 900) expect(await towns.allInnerTexts()).toEqual(expect.arrayContaining(['Ahuachapán', 'La Unión']))
    for (const town of await towns.all()) {
      const { x, width: wide } = await boxOf(town)
      expect(x).toBeGreaterThanOrEqual(map.x)
      expect(x + wide).toBeLessThanOrEqual(map.x + map.width)
    }
  })
})

describe('before the mission is open', () => {
  it('the room says that a lead has not opened it, and afterwards that no report has come', async () => {
    const given = await startHouse()
    try {
      const own = await given.person('lead')
      await setUp(given, own)
      await setRules(own, rules)
      const early = await given.person('coordinator')
      const { page } = await pageOf(browser, given, early, { at: '/room/' })
      rooms.keep(page)
      await page.getByText('The mission is not open yet').waitFor()
      await page.locator('[data-state=live]').waitFor()
      expect(await page.getByText('No report has come yet').count()).toBe(0)
      await open(own)
      await page.getByText('No report has come yet').waitFor()
      expect(await page.getByText('The mission is not open yet').count()).toBe(0)
    } finally {
      await given.stop()
    }
  })
})
