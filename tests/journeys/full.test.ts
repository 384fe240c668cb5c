import { expect, test } from 'vitest'
import { listReportsCall } from '../../shared/reports.ts'
import { setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import { begin, button, languages, openPhone, page, patient, said, withPhone } from '../support/phone-page.ts'

withPhone()

const delivery = (kind: string) => page.locator(`[data-delivery=${kind}]`)

test.each(languages)('[R219] while the disk at headquarters is full, the phone says that it waits and keeps the report; it arrives once when there is room (%s)', async (language) => {
  let free = 1
  const house = await startHouse({ clock: wallClock, measureDisk: () => Promise.resolve(free) })
  try {
    const lead = await house.person('lead')
    await setUp(house, lead)
    free = 0.019
    await openPhone({ at: house, language })
    await begin(said[language])
    await page.locator('[data-category]').first().tap()
    await button(said[language].phone.capture.save).tap()
    await delivery('waits').waitFor(patient)
    expect(await delivery('waits').innerText()).toContain(said[language].phone.delivery.waits(said[language].phone.delivery.unsent(1, 0)))
    expect((await lead.call(listReportsCall, {})).reply.total).toBe(0)
    free = 0.021
    await delivery('delivered').waitFor(patient)
    expect((await lead.call(listReportsCall, {})).reply.total).toBe(1)
  } finally {
    await house.stop()
  }
})
