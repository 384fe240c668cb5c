import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listReportsCall } from '../../shared/reports.ts'
import { patient, signIn } from '../support/browser.ts'
import { atFirstStation, phonePicture, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import { type KeptPhone, keptNamesOn, openPhone as openKeptPhone, originalsOn, pickFrom } from '../support/kept-phone.ts'
import { begin, button, house, keep, languages, openPhone, page, said, withPhone } from '../support/phone-page.ts'

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

type Full = KeptPhone & { setQuota: (bytes: number) => Promise<unknown>; leave: (bytes: number) => Promise<unknown>; choose: (seed: number, bytes: number) => Promise<void>; save: () => Promise<void>; says: (how: number) => Promise<void> }

/** With an observer's phone that says that it has room, keeps its reserve, and sends no picture. `leave`: how much room there is besides; what the browser knew to be free just before, some 7 MB at first, it may still take. */
async function onFullPhone(act: (phone: Full) => Promise<void>): Promise<void> {
  const words = said.es
  const profile = await mkdtemp(join(tmpdir(), 'veedor-full-'))
  const phone = await openKeptPhone(profile, atFirstStation)
  const { context, page } = phone
  try {
    await signIn(context, house, await house.person('observer', { language: 'es' }))
    await context.route('**/api/uploads**', (route) => route.abort())
    const session = await context.newCDPSession(page)
    // The browser enforces it, and tells the page of ten free gigabytes all the same.
    const setQuota = (quotaSize: number) => session.send('Storage.overrideQuotaForOrigin', { origin: house.address, quotaSize })
    await setQuota(32_000_000)
    await page.goto(`${house.address}/observer/`)
    await expect.poll(() => keptNamesOn(page), patient).toContain('reserve')
    expect(await page.locator('[data-advice=room]').count()).toBe(0)
    await act({
      ...phone, setQuota,
      leave: async (bytes) => setQuota((await session.send('Storage.getUsageAndQuota', { origin: house.address })).usage + bytes),
      choose: async (seed, bytes) => pickFrom(page, 'Galería', [await keep(`IMG_${String(seed)}.jpg`, Buffer.concat([await phonePicture(seed), randomBytes(bytes)]))]),
      save: async () => {
        await page.locator('[data-category]').first().click()
        await page.getByRole('button', { name: words.phone.capture.save, exact: true }).click()
        await page.locator('[data-report]').first().waitFor(patient)
      },
      says: (how) => page.locator('[data-advice=room]').getByText(words.delivering.little(how)).waitFor(patient),
    })
    expect(phone.faults).toEqual([])
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
}

test('[R375] a phone that runs out of room unannounced keeps what it refused first, warns before the next picture fails, and goes on once there is room', () => onFullPhone(async ({ page, setQuota, leave, choose, save, says }) => {
  const wholeOriginals = async () => (await originalsOn(page)).filter(({ sizeBytes, sha256, hashed }) => sizeBytes > 9_000_000 && sha256 === hashed).length
  await leave(1_000_000)
  expect(await page.locator('[data-advice=room]').count()).toBe(0)
  await choose(901, 9_000_000)
  await page.locator('main img').first().waitFor(patient)
  await save()
  await says(1)
  expect(await wholeOriginals()).toBe(1)
  await choose(902, 9_000_000)
  await page.locator('main img').first().waitFor(patient)
  await choose(903, 9_000_000)
  await page.getByText(said.es.phone.capture.added.phone_full).first().waitFor(patient)
  await save()
  await says(0)
  expect(await wholeOriginals()).toBe(2)
  await setQuota(200_000_000)
  await page.reload()
  await expect.poll(() => keptNamesOn(page), patient).toContain('reserve')
  expect(await page.locator('[data-advice=room]').count()).toBe(0)
}))

test('[R450] how many more pictures fit goes down with each that is kept, also over reloads, is none after one found no room, and goes up once there is some', () => onFullPhone(async ({ page, leave, choose, save, says }) => {
  await leave(3_000_000)
  for (const [seed, more] of [[911, 2], [912, 1], [913, 0]] as const) {
    await choose(seed, 8_000_000)
    await page.locator('main img').first().waitFor(patient)
    await save()
    await says(more)
    if (seed === 912) await page.reload()
    await says(more)
  }
  await choose(914, 8_000_000)
  await page.getByText(said.es.phone.capture.added.phone_full).first().waitFor(patient)
  await save()
  await page.reload()
  await says(0)
  await leave(18_000_000)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await says(2)
}))
