import type { BrowserContext, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getReportCall, listReportsCall } from '../../shared/reports.ts'
import { phonePicture, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { TestHouse } from '../support/house.ts'
import { giveStations } from '../support/reports.ts'
import { bare, begin, button, context, house, keep, languages, lead, openPhone, page, region, said, small, withPhone } from '../support/phone-page.ts'

// Where the phone takes its owner to be. Its position is at CE-01; CE-03 is some 130 km away.

withPhone()

/** As its owner does in the browser's settings. */
async function setPosition(of: BrowserContext, setting: 'denied' | 'granted'): Promise<void> {
  await of.clearPermissions()
  const session = await of.newCDPSession(of.pages()[0] ?? (await of.newPage()))
  const { targetInfo: { browserContextId } } = await session.send('Target.getTargetInfo')
  await session.send('Browser.setPermission', { permission: { name: 'geolocation' }, setting, origin: house.address, ...(browserContextId ? { browserContextId } : {}) })
}

describe('where the phone is taken to be', () => {
  const { phone: es } = said.es
  const far = () => page.getByText(new RegExp(es.place.far('@').replace('@', '1\\d\\d km')))
  const place = () => region(es.place.title)

  async function choosePlace(station: string): Promise<void> {
    await page.getByLabel(es.place.search).fill(station)
    await page.locator(`[data-station=${station}]`).tap()
    await button(es.place.useCentre).tap()
  }
  async function save(): Promise<void> {
    await page.locator('[data-category]').first().tap()
    await button(es.capture.save).tap()
    await button(es.home.noPicture).waitFor()
  }

  test('a place far from the phone is told beside it with the switch, and neither keeps a report from being saved nor becomes where the phone is', async () => {
    await openPhone()
    await begin(said.es)
    await place().getByText('Escuela Canaria').waitFor()
    expect(await far().count()).toBe(0)
    await place().getByRole('button').first().tap()
    await choosePlace('CE-03')
    await place().getByText('Escuela Lejana').waitFor()
    await far().waitFor()
    expect(await place().getByRole('alert').count()).toBe(1)
    await place().getByRole('switch').tap()
    await expect.poll(() => far().count()).toBe(0)
    await save()
    await page.locator('[data-delivery=delivered]').waitFor()
    const [{ id } = { id: '' }] = (await lead.call(listReportsCall, {})).reply.reports
    expect((await lead.call(getReportCall, { id })).reply).toMatchObject({ filed: { station: 'CE-03' }, atStation: false })

    await page.getByText('Escuela Canaria').waitFor()
    await begin(said.es)
    await place().getByText('Escuela Canaria').waitFor()
    expect(await place().getByRole('switch').isChecked()).toBe(false)
    await place().getByRole('button').first().tap()
    await choosePlace('CE-03')
    await far().waitFor()
    await save()
    await page.getByText('Escuela Canaria').waitFor()
  })

  test('without a position, too, a place that its author is not at is not where the phone is; one that they are at is', async () => {
    await openPhone({ options: { permissions: [] } })
    await page.getByText(es.home.whereAreYou).waitFor()
    // A report that is left unsaved says nothing of where the phone is.
    await button(es.home.noPicture).tap()
    await place().getByRole('button').first().tap()
    await choosePlace('CE-03')
    await place().getByText('Escuela Lejana').waitFor()
    await button(said.es.common.buttons.close).tap()
    await page.getByText(es.home.whereAreYou).waitFor()
    for (const [station, isThere] of [['CE-03', false], ['CE-02', true]] as const) {
      await button(es.home.noPicture).tap()
      await place().getByRole('button').first().tap()
      await choosePlace(station)
      if (!isThere) await place().getByRole('switch').tap()
      await save()
      await page.locator('[data-delivery=delivered]').waitFor()
      await page.getByText(isThere ? 'Escuela Otra' : es.home.whereAreYou).waitFor()
    }
    expect(await page.getByText('Escuela Lejana').count()).toBe(0)
  })

  test('a choice at home far from the phone is told before it is made, and holds until the phone moves on', async () => {
    await openPhone()
    await page.getByText('Escuela Canaria').waitFor()
    const told = page.getByText(new RegExp(es.place.farFromHere('@').replace('@', '1\\d\\d km')))
    await button(es.home.change).tap()
    await page.getByText(es.place.positionIs.good).waitFor()
    await page.getByLabel(es.place.search).fill('CE-03')
    expect(await told.count()).toBe(0)
    await page.locator('[data-station=CE-03]').tap()
    await told.waitFor()
    await button(es.place.useCentre).tap()
    await page.getByText('Escuela Lejana').waitFor()
    await page.getByText(new RegExp(es.home.elsewhere('@').replace('@', '1\\d\\d km'))).waitFor()
    await begin(said.es)
    await place().getByText('Escuela Lejana').waitFor()
    await far().waitFor()
    await button(said.es.common.buttons.close).tap()
    await page.getByText('Escuela Lejana').waitFor()
    await context?.setGeolocation({ latitude: 13.6001, longitude: -89.3, accuracy: 12 })
    await page.reload()
    await page.getByText('Escuela Otra').waitFor()
    expect(await page.getByText('Escuela Lejana').count()).toBe(0)
  })

  test('a choice at home without a position holds until the report has one that speaks against it', async () => {
    await openPhone({ options: { permissions: [] }, path: '?at=place' })
    await choosePlace('CE-03')
    await page.getByText('Escuela Lejana').waitFor()
    await context?.grantPermissions(['geolocation'])
    await begin(said.es)
    // The report had begun with what was chosen; its own position speaks against it.
    await place().getByText('Escuela Canaria').waitFor()
  })
})

describe.each(languages)('a mission without a register, in %s', (language) => {
  test('says so, and that the place is described in the words of the report', async () => {
    const words = said[language]
    const { place, home, capture } = words.phone
    await openPhone({ at: bare, language })
    await region(home.place).getByText(`${place.noStations} ${place.describe}`).waitFor()
    expect(await button(home.choose).count()).toBe(0)
    await begin(words)
    await region(place.title).getByText(place.describe).waitFor()
    await region(place.title).getByRole('button').first().click()
    await page.getByText(place.noStations, { exact: true }).waitFor()
    expect(await page.getByText(place.describe).count()).toBe(1)
    expect(await page.getByText('«»').or(page.getByText('“”')).count()).toBe(0)
    await page.getByText(place.otherHint).click()
    await button(place.useOther).click()
    await region(place.title).getByText(place.other).waitFor()
    await region(place.title).getByText(place.describe).waitFor()
    await page.getByLabel(capture.wordsLabel).fill('Calle')
  })

  test('and with one, only another place is to be described', async () => {
    const { place, home } = said[language].phone
    await openPhone({ language })
    await page.getByText('Escuela Canaria').waitFor()
    await begin(said[language])
    await region(place.title).getByText('Escuela Canaria').waitFor()
    expect(await page.getByText(place.describe).count()).toBe(0)
    await region(place.title).getByRole('button').first().click()
    await page.getByText(place.otherHint).click()
    await page.getByText(place.describe).waitFor()
    expect(await page.getByText(place.noStations).count()).toBe(0)
    await button(place.useOther).click()
    await region(place.title).getByText(place.describe).waitFor()
    expect(await button(home.noPicture).count()).toBe(0)
  })
})

test.each(languages)('a position that is refused is explained at home, in %s', async (language) => {
  const { home, place } = said[language].phone
  await openPhone({ language, options: { viewport: small }, before: (fresh) => fresh.clearPermissions() })
  await button(home.findMe).waitFor()
  expect(await page.getByText(place.refused).count()).toBe(0)
  if (context) await setPosition(context, 'denied')
  await button(home.findMe).tap()
  const how = region(home.place).getByText(`${place.refused} ${place.howToAllow.other}`)
  await how.waitFor()
  expect(await how.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await button(home.findMe).count()).toBe(1)
  // Afterwards it is one line, with both buttons beside each other, until the position is asked for again.
  await page.reload()
  await button(place.refusedShort).waitFor()
  expect(await page.getByText(place.refused).count()).toBe(0)
  const [line, ...buttons] = await Promise.all([button(place.refusedShort), button(home.findMe), button(home.choose)].map((one) => one.boundingBox()))
  expect(line?.height).toBe(48)
  expect(new Set(buttons.map((one) => one?.y)).size).toBe(1)
  await button(home.findMe).tap()
  await expect.poll(() => how.evaluate((element) => element === document.activeElement)).toBe(true)
  await button(place.refusedShort).tap()
  expect(await how.count()).toBe(0)
})

describe('how to allow the position on an Android', () => {
  const agent = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'
  const { place } = said.es.phone
  test.each([['a tab of its browser', false, place.howToAllow.browser], ['the app on its home screen', true, place.howToAllow.android]] as const)('is told for %s', async (_, isInstalled, how) => {
    await openPhone({ options: { userAgent: agent }, before: async (fresh) => {
      await setPosition(fresh, 'denied')
      if (isInstalled) await fresh.addInitScript(() => Object.defineProperty(navigator, 'standalone', { value: true }))
    } })
    await button(place.refusedShort).tap()
    await page.getByText(`${place.refused} ${how}`).waitFor()
  })
})

describe('[R113] a position that was known before it was refused', () => {
  const place = () => region(es.place.title)
  const { phone: es } = said.es
  const filed = async () => {
    const [{ id } = { id: '' }] = (await lead.call(listReportsCall, {})).reply.reports
    return (await lead.call(getReportCall, { id })).reply
  }
  const save = async () => {
    await page.locator('[data-category]').first().tap()
    await button(es.capture.save).tap()
    await page.locator('[data-delivery=delivered]').waitFor()
  }

  test('goes out in no report and no picture, and is forgotten', async () => {
    await openPhone()
    await page.getByText('Escuela Canaria').waitFor()
    const chooser = page.waitForEvent('filechooser')
    await button(es.home.gallery).tap()
    await (await chooser).setFiles([await keep('a.jpg', await phonePicture(301))])
    await button(es.place.accuracy.good).waitFor()
    await page.getByRole('img').first().waitFor()
    if (context) await setPosition(context, 'denied')
    await page.reload()
    await button(es.place.refusedShort).waitFor()
    await save()
    const report = await filed()
    expect(report.photos).toHaveLength(1)
    expect(report.photos[0]?.position).toBeNull()
    expect(report.position).toBeNull()
    await page.getByText('Escuela Canaria').waitFor()
  })

  test('suggests no place any more; one that is allowed does, and goes with the report', async () => {
    await openPhone()
    await page.getByText('Escuela Canaria').waitFor()
    if (context) await setPosition(context, 'denied')
    await page.reload()
    await page.getByText(es.home.whereAreYou).waitFor()
    await button(es.home.noPicture).tap()
    await place().getByText(es.place.none).waitFor()
    await save()
    expect(await filed()).toMatchObject({ position: null, filed: { station: null } })
    if (context) await setPosition(context, 'granted')
    await page.reload()
    await page.getByText('Escuela Canaria').waitFor()
    await begin(said.es)
    await save()
    expect(await filed()).toMatchObject({ position: { latitude: 13.5801 }, filed: { station: 'CE-01' } })
  })
})

describe.each(languages)('a position that is 45 minutes old, in %s', (language) => {
  test('is called old where it stands, never good, and goes with the report with its age', async () => {
    const words = said[language]
    const { phone: { place, home, capture } } = words
    await openPhone({ language, before: (fresh) => fresh.clock.setFixedTime(Date.now() + 45 * 60_000) })
    await page.getByText(home.whereAreYou).waitFor()
    await button(home.noPicture).tap()
    const old = region(place.title).getByRole('button', { name: place.positionFrom(words.common.times.ago('45 min')), exact: true })
    await old.waitFor()
    expect(await page.getByText(place.accuracy.good).count()).toBe(0)
    await region(place.title).getByRole('button').first().tap()
    await page.getByText(place.positionFrom(words.common.times.ago('45 min'))).waitFor()
    expect(await page.getByText(place.positionIs.good).count()).toBe(0)
    await page.locator('[data-station=CE-01]').tap()
    await button(place.useCentre).tap()
    await old.waitFor()
    // How far away it is now, nobody knows.
    expect(await region(place.title).getByText(place.wholeCentre, { exact: true }).count()).toBe(1)
    await page.locator('[data-category]').first().tap()
    await button(capture.save).tap()
    await page.locator('[data-delivery=delivered]').waitFor()
    const [{ id } = { id: '' }] = (await lead.call(listReportsCall, {})).reply.reports
    const { position } = (await lead.call(getReportCall, { id })).reply
    expect(position?.ageSeconds).toBeGreaterThanOrEqual(2700)
    expect(position?.ageSeconds).toBeLessThan(2820)
  })
})

describe('a long register', () => {
  const { place } = said.es.phone
  let at: TestHouse
  beforeAll(async () => {
    at = await startHouse({ clock: wallClock })
    const its = await at.person('lead')
    await setUp(at, its)
    await giveStations(at, its, Array.from({ length: 60 }, (_, row) => `EJ-${row + 10},Escuela ${row},La Libertad,La Libertad Este,Zaragoza,13.5${row + 10},-89.28,${8000 + row}`))
  })
  afterAll(() => at.stop())
  const opened = (path: string, options: BrowserContextOptions = {}) => openPhone({ at, path, options })

  test('says how much of it is shown, and finds a code without its dash', async () => {
    await opened('?at=place', { permissions: [] })
    await page.getByText(place.shownOf('40', '63')).waitFor()
    expect(await page.locator('[data-station]').count()).toBe(40)
    await page.getByLabel(place.search).fill('escuela')
    await page.getByText(place.shownOf('40', '63')).waitFor()
    await page.getByLabel(place.search).fill('ej12')
    await expect.poll(() => page.locator('[data-station]').count()).toBe(1)
    await page.locator('[data-station="EJ-12"]').tap()
    expect(await page.getByText(place.shownOf('40', '63').slice(0, 12)).count()).toBe(0)
    // The whole centre stands in one line.
    const chip = page.locator('label', { hasText: place.wholeCentre }).last()
    expect(await chip.evaluate((element) => element.clientHeight)).toBeLessThan(52)
  })

  test('says so of the nearest too', async () => {
    await opened('?at=place')
    await page.getByText(place.positionIs.good).waitFor()
    await page.getByText(place.shownOf('8', '63')).waitFor()
  })
})
