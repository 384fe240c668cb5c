import { describe, expect, test } from 'vitest'
import { getReportCall, listReportsCall } from '../../shared/reports.ts'
import { bare, begin, button, context, house, languages, lead, openPhone, page, region, said, small, withPhone } from '../support/phone-page.ts'

// Where the phone takes its owner to be. Its position is at CE-01; CE-03 is some 130 km away.

withPhone()

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

  test('a choice at home far from the phone is told before it is made, and ends; one without a position holds', async () => {
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
    await page.getByText('Escuela Canaria').waitFor()
    await context?.close()

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
  const session = await context?.newCDPSession(page)
  await session?.send('Browser.setPermission', { permission: { name: 'geolocation' }, setting: 'denied', origin: house.address })
  await button(home.findMe).tap()
  await region(home.place).getByText(`${place.refused} ${place.howToAllow.other}`).waitFor()
  expect(await button(home.findMe).count()).toBe(1)
})
