import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listReportsCall } from '../../shared/reports.ts'
import { signIn } from '../support/browser.ts'
import { atFirstStation, phonePicture, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import { keptNamesOn, openPhone as openKeptPhone, originalsOn, pickFrom } from '../support/kept-phone.ts'
import { begin, button, house, keep, languages, openPhone, page, patient, said, withPhone } from '../support/phone-page.ts'

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

test('[R375] a phone that runs out of room unannounced keeps what it refused first, warns before the next picture fails, and goes on once there is room', async () => {
  const words = said.es
  const profile = await mkdtemp(join(tmpdir(), 'veedor-full-'))
  const { context, page, faults } = await openKeptPhone(profile, atFirstStation)
  try {
    await signIn(context, house, await house.person('observer', { language: 'es' }))
    await context.route('**/api/uploads**', (route) => route.abort())
    const session = await context.newCDPSession(page)
    // The browser enforces it, and tells the page of ten free gigabytes all the same.
    const setQuota = (quotaSize: number) => session.send('Storage.overrideQuotaForOrigin', { origin: house.address, quotaSize })
    await setQuota(32_000_000)
    await page.goto(`${house.address}/observer/`)
    const advice = page.locator('[data-advice=room]')
    const choose = async (seed: number) => pickFrom(page, 'Galería', [await keep(`IMG_${seed}.jpg`, Buffer.concat([await phonePicture(seed), randomBytes(9_000_000)]))])
    const save = async () => {
      await page.locator('[data-category]').first().click()
      await page.getByRole('button', { name: words.phone.capture.save, exact: true }).click()
      await page.locator('[data-report]').first().waitFor(patient)
    }
    const wholeOriginals = async () => (await originalsOn(page)).filter(({ sizeBytes, sha256, hashed }) => sizeBytes > 9_000_000 && sha256 === hashed).length
    await expect.poll(() => keptNamesOn(page), patient).toContain('reserve')
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin: house.address })
    await setQuota(usage + 1_000_000)
    expect(await advice.count()).toBe(0)
    await choose(901)
    await page.locator('main img').first().waitFor(patient)
    await save()
    await advice.getByText(words.delivering.little(1)).waitFor(patient)
    expect(await wholeOriginals()).toBe(1)
    await choose(902)
    await page.locator('main img').first().waitFor(patient)
    await choose(903)
    await page.getByText(words.phone.capture.added.phone_full).first().waitFor(patient)
    await save()
    await advice.getByText(words.delivering.little(0)).waitFor(patient)
    expect(await wholeOriginals()).toBe(2)
    await setQuota(200_000_000)
    await page.reload()
    await expect.poll(() => keptNamesOn(page), patient).toContain('reserve')
    expect(await advice.count()).toBe(0)
    expect(faults).toEqual([])
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
})
