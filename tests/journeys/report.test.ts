import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { partsOf } from '../../shared/photos.ts'
import { Cover, coverMarginPixels, downloadCall, listReleasesCall } from '../../shared/press.ts'
import { getReportCall } from '../../shared/reports.ts'
import { claimReportCall } from '../../shared/verification.ts'
import { expireClaims } from '../../server/features/verification/actions.ts'
import { withMargin } from '../../client/coordinator/release/covers.ts'
import { desktop, openBrowser, pageOf } from '../support/browser.ts'
import { judge, phonePicture, release, reportWithPicture, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { drawOver } from '../support/desk-pages.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { cutTexts } from '../support/screen-checks.ts'
import { decoded, pixel } from '../support/pictures.ts'
import { file, sendOriginal, sendPreview } from '../support/reports.ts'

// What coordinators were promised on the page of one report and where its pictures are released, in a real browser.

const SentCovers = z.object({ covers: z.array(Cover) })
const patient = { timeout: 60_000 }
let house: TestHouse
let browser: Browser
let lead: Caller
let ana: Caller
let bruno: Caller
let carla: Caller
let seed = 7000
const open: { page: Page; faults: string[] }[] = []

beforeAll(async () => {
  house = await startHouse({ exercise: true })
  browser = await openBrowser()
  lead = await house.person('lead')
  ana = await house.person('observer', { name: 'Ana Canaria', organisation: 'Delegation A' })
  bruno = await house.person('coordinator', { name: 'Bruno Rivas', organisation: 'Network B' })
  carla = await house.person('coordinator', { name: 'Carla Young', organisation: 'Delegation C' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(async () => {
  await browser.close()
  await house.stop()
})
afterEach(async () => {
  for (const { page, faults } of open.splice(0)) {
    expect(faults).toEqual([])
    await page.context().close()
  }
  await setRules(lead, { eyes: 1 })
})

async function deskOf(caller: Caller, at: string, options: BrowserContextOptions = {}): Promise<Page> {
  const opened = await pageOf(browser, house, caller, { ...desktop, at, ...options })
  opened.page.setDefaultTimeout(patient.timeout)
  open.push(opened)
  return opened.page
}

const reportOf = async (id: string) => (await bruno.call(getReportCall, { id })).reply
const kindsOf = async (id: string) => (await reportOf(id)).history.map(({ kind }) => kind)
const panel = (page: Page) => page.getByRole('region', { name: 'Your verdict' })
const stage = (page: Page) => page.getByRole('group', { name: /Picture to cover/ })
const covers = (page: Page) => page.locator('[data-cover]')
const releaseAt = (photo: string) => `/room/reports/${partsOf(photo).reportId}/release/${partsOf(photo).sha256}`

/** Answers everything that is asked before a picture leaves, and says what is seen in both languages. */
async function fill(page: Page): Promise<void> {
  for (const question of ['Is a voter or a minor recognisable?', 'Could a vote be linked to a person?', 'Could the observer be recognised?']) await page.getByRole('group', { name: question }).getByText('No', { exact: true }).click()
  await page.getByLabel('Alternative text, Spanish').fill('Papeletas sobre una mesa.')
  await page.getByLabel('Alternative text, English').fill('Ballot papers on a table.')
}

test('[P1] claimed, judged, covered and released: what press gets is solid where it was covered and untouched elsewhere', async () => {
  const size: [number, number] = [1200, 900]
  const bytes = await phonePicture(seed++, size)
  const { id } = await file(house, ana, { station: 'CE-01', table: '77119', pictures: [bytes] })
  await sendOriginal(ana, id, bytes)
  await house.picturesDone()
  const page = await deskOf(bruno, `/room/reports/${id}`)

  await page.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
  await page.keyboard.press('c')
  await panel(page).getByRole('button', { name: 'Verified' }).waitFor()
  // What was pressed has gone: the keys go on in the panel, and where something is missing, there.
  await panel(page).and(page.locator(':focus')).waitFor()
  await page.getByText(/^Yours, \d+:\d\d left$/).waitFor()
  // Nothing is given before it says what it rests on.
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await page.getByText('Say what it rests on: choose at least one.').waitFor()
  await panel(page).getByRole('button', { name: 'Original seen' }).click()
  await page.keyboard.press('Enter')
  const said = page.getByText('Verdict given: verified.')
  await said.waitFor()
  // What was done is told beside the next thing to do, not over it.
  const release = page.getByRole('link', { name: 'Release this picture' })
  await release.waitFor()
  const [toast, next] = [await said.boundingBox(), await release.boundingBox()]
  expect(toast && next && toast.x + toast.width < next.x).toBe(true)
  expect(await reportOf(id)).toMatchObject({ line: { status: 'verified' }, verdicts: [{ outcome: 'verified', reasons: ['original_seen'] }] })

  await release.click()
  await stage(page).waitFor()
  const picture = stage(page).locator('img')
  await drawOver(picture, { x: 0.25, y: 0.25 }, { x: 0.5, y: 0.5 })
  await covers(page).first().waitFor()
  // What a cover hides is claimed of it once a person said so, and of the next ones then.
  await expect.poll(() => page.getByLabel('Caption, English').inputValue(), patient).toContain('Parts covered by the mission')
  await page.getByLabel('What cover 1 hides').selectOption('face')
  await expect.poll(() => page.getByLabel('Caption, English').inputValue(), patient).toContain('Faces covered by the mission')
  await drawOver(picture, { x: 0.9, y: 0.9 }, { x: 0.99, y: 0.99 })
  await expect.poll(() => covers(page).count(), patient).toBe(2)
  await expect.poll(() => page.getByLabel('Caption, English').inputValue(), patient).toContain('Faces covered by the mission')
  await page.getByLabel('What cover 2 hides').selectOption('list')
  await expect.poll(() => page.getByLabel('Caption, English').inputValue(), patient).toContain('Parts covered by the mission')
  await fill(page)
  await page.getByRole('button', { name: 'Release to press' }).click()
  const sent = page.waitForRequest((request) => request.method() === 'PUT' && request.url().includes('/api/releases/'))
  await page.getByRole('dialog').getByRole('button', { name: 'Release to press' }).click()
  const { covers: asked } = SentCovers.parse((await sent).postDataJSON())
  await page.getByText('Released to press').waitFor()
  expect(asked.map(({ what }) => what)).toEqual(['face', 'list'])
  const [first] = asked
  // The stage is smaller than the picture: a drawn pixel is some of its own.
  expect(first && Math.abs(first.left - 300) < 6 && Math.abs(first.top - 225) < 6 && Math.abs(first.width - 300) < 8 && Math.abs(first.height - 225) < 8).toBe(true)

  const press = await house.person('press')
  const wall = (await press.call(listReleasesCall, {})).reply.releases[0]
  expect(wall).toMatchObject({ width: size[0], height: size[1], covered: true })
  const { address } = (await press.call(downloadCall, { id: wall?.id ?? '', size: 'full' })).reply
  const leaves = await decoded(Buffer.from(await (await press.fetch(address)).arrayBuffer()))
  const original = await decoded(bytes)
  expect([leaves.width, leaves.height]).toEqual(size)
  const solid = [0x16, 0x20, 0x2b]
  const off = (x: number, y: number, from: readonly number[]) => Math.max(...pixel(leaves, x, y).map((value, at) => Math.abs(value - (from[at] ?? 0))))
  const [width, height] = size
  for (const cover of asked) {
    const { left, top, ...box } = withMargin(cover, { width, height })
    // JPEG rounds where solid meets picture, within the margin that is there for it.
    const inner = { left: cover.left, top: cover.top, right: cover.left + cover.width, bottom: cover.top + cover.height }
    for (let y = inner.top; y < inner.bottom; y += 3) for (let x = inner.left; x < inner.right; x += 3) expect(off(x, y, solid)).toBeLessThan(6)
    expect(left <= cover.left && top <= cover.top && box.width <= cover.width + 2 * coverMarginPixels).toBe(true)
  }
  let untouched = 0
  for (let y = 700; y < 800; y += 5) for (let x = 100; x < 200; x += 5) if (off(x, y, pixel(original, x, y)) < 60) untouched += 1
  expect(untouched).toBeGreaterThan(380)
})

test('[P12] a verdict that says too little says so where it is seen, and shows where it goes on', async () => {
  const { report } = await reportWithPicture(house, ana, seed++)
  const page = await deskOf(bruno, `/room/reports/${report}`)
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  /** Nothing stands over it, nor is it out of the view. */
  const isSeen = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('button, p') === element
  }
  const goesOn = panel(page).locator('button:focus')
  for (const [say, first] of [['Choose a verdict first.', 'Verified'], ['Say what it rests on: choose at least one.', 'Place differs']] as const) {
    await panel(page).getByRole('button', { name: 'Give verdict' }).click()
    await panel(page).getByText(say).waitFor()
    await expect.poll(() => panel(page).getByText(say).evaluate(isSeen), patient).toBe(true)
    await goesOn.and(page.getByRole('button', { name: first })).waitFor()
    await expect.poll(() => goesOn.evaluate(isSeen), patient).toBe(true)
    expect(await goesOn.evaluate((button) => getComputedStyle(button).boxShadow)).not.toBe('none')
    await page.keyboard.press('2')
  }
  await goesOn.press('Enter')
  expect(await panel(page).getByText('Say what it rests on: choose at least one.').count()).toBe(0)
  expect((await reportOf(report)).verdicts).toEqual([])
})

test('[P13] a box drawn with the mouse has the keys, and the picture stays where it is, however many there are', async () => {
  const { photo } = await verifiedPicture(house, ana, [bruno], seed++, { station: 'CE-02', table: '77121' })
  const page = await deskOf(bruno, releaseAt(photo))
  const picture = stage(page).locator('img')
  await expect.poll(() => picture.evaluate((image) => image instanceof HTMLImageElement && image.clientWidth > 0), patient).toBe(true)
  const at = await picture.boundingBox()
  const label = (which: number) => covers(page).nth(which).getAttribute('aria-label')
  for (let drawn = 0; drawn < 8; drawn += 1) {
    await drawOver(picture, { x: 0.05 + drawn / 10, y: 0.3 }, { x: 0.1 + drawn / 10, y: 0.5 })
    await page.locator(`[data-cover="${drawn}"]:focus`).waitFor()
    expect(await picture.boundingBox()).toEqual(at)
  }
  // The row of what was drawn last is in sight, although the list is longer than its place.
  const row = page.getByLabel('What cover 8 hides')
  expect(await row.evaluate((element) => {
    const { left, top, height } = element.getBoundingClientRect()
    return document.elementFromPoint(left + 4, top + height / 2) === element
  })).toBe(true)

  for (const key of ['ArrowDown', 'Shift+ArrowDown']) {
    const before = await label(7)
    await page.keyboard.press(key)
    await expect.poll(() => label(7), patient).not.toBe(before)
  }
  await page.keyboard.press('Delete')
  await expect.poll(() => covers(page).count(), patient).toBe(7)
  const last = await label(6)
  await covers(page).nth(2).click()
  await page.keyboard.press('Delete')
  await expect.poll(() => covers(page).count(), patient).toBe(6)
  expect(await label(5)).toBe(last?.replace('cover 7 of 7', 'cover 6 of 6'))
  // So does one that is chosen in the list.
  await page.locator('li', { has: page.getByLabel('What cover 1 hides') }).locator('.numbers').click()
  await page.locator('[data-cover="0"]:focus').waitFor()
  await page.keyboard.press('?')
  for (const key of ['Move the chosen box', 'Size the chosen box', 'Remove this cover', 'Before, while it is held', 'Undo', 'Redo']) await page.getByRole('dialog').getByText(key, { exact: true }).waitFor()
})

test('[P2] the second pair of eyes sees nothing of the first verdict, nor hears of it; the third decides when two differ', async () => {
  await setRules(lead, { eyes: 2 })
  const { report } = await reportWithPicture(house, ana, seed++)
  const secret = 'Words of the first verdict'
  const page = await deskOf(carla, `/room/reports/${report}`)
  const heard: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
  page.on('response', (response) => void (response.url().includes('/api/') && response.headers()['content-type']?.includes('json') && response.text().then((text) => heard.push(text), () => undefined)))
  await page.reload()
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
  await judge(house, bruno, report, { outcome: 'not_confirmed', reasons: ['hearsay'], words: secret })

  await page.getByText('The first verdict is shown after yours').waitFor()
  await page.getByText('Someone who is not named gave the first verdict').waitFor()
  const shown = (await page.locator('main').textContent()) ?? ''
  for (const hidden of [secret, 'Told by others', 'Not confirmed by', 'Bruno Rivas has']) expect(shown).not.toContain(hidden)
  expect(heard.join()).toContain(report)
  for (const hidden of [secret, 'hearsay', 'not_confirmed"']) expect(heard.filter((text) => text.includes(report)).join()).not.toContain(hidden)

  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).getByRole('button', { name: 'Verified' }).click()
  await panel(page).getByRole('button', { name: 'Place agrees' }).click()
  await panel(page).getByRole('button', { name: 'Give verdict' }).click()
  await page.getByText('You gave your verdict.').waitFor()
  expect((await page.locator('main').textContent()) ?? '').not.toContain(secret)

  const dora = await house.person('coordinator')
  expect((await judge(house, dora, report)).status).toBe(201)
  await page.getByText(secret).waitFor()
  await page.getByRole('heading', { name: 'Verdicts' }).waitFor()
  for (const told of ['Bruno Rivas gave the first verdict', 'Carla Young gave the second verdict; it differs from the first, a third person decides']) await page.getByText(told, { exact: true }).waitFor()
})

test('[P2] one’s own first verdict is told as one’s own, in both languages, and to nobody else', async () => {
  await setRules(lead, { eyes: 2 })
  const { report } = await reportWithPicture(house, ana, seed++)
  await judge(house, bruno, report)
  for (const [locale, own] of [['en-GB', 'You gave the first verdict'], ['es-SV', 'Usted dio el primer veredicto']] as const) {
    const page = await deskOf(bruno, `/room/reports/${report}`, { locale })
    await page.getByText(own, { exact: true }).waitFor()
    expect(await page.getByText(/Someone who is not named|Alguien que no se nombra/).count()).toBe(0)
  }
  const other = await deskOf(carla, `/room/reports/${report}`)
  await other.getByText('Someone who is not named gave the first verdict').waitFor()
  expect(await other.getByText('You gave').count()).toBe(0)
})

test('a change of the rules shows on a page that is open: who may not judge any more can hand back, and is asked again when they may', async () => {
  const { report } = await reportWithPicture(house, ana, seed++, { station: 'CE-02', table: '77121' })
  const near = await house.person('coordinator', { name: 'Nora', organisation: 'Delegation A' })
  const page = await deskOf(near, `/room/reports/${report}`)
  const other = await deskOf(carla, `/room/reports/${report}`)
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).getByRole('button', { name: 'Verified' }).click()
  await setRules(lead, { eyes: 1, otherOrganisation: true })
  await page.getByText('The observer is of your organisation. Someone of another one has to judge this.').waitFor()
  await page.getByRole('button', { name: 'Give verdict' }).waitFor({ state: 'detached' })
  expect(await other.getByRole('button', { name: 'Hand back' }).count()).toBe(0)
  // What was chosen is there when the rules allow it again.
  await setRules(lead, { eyes: 1 })
  await panel(page).getByRole('button', { name: 'Verified', pressed: true }).waitFor()
  await setRules(lead, { eyes: 1, otherOrganisation: true })
  await page.getByRole('button', { name: 'Give verdict' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Hand back' }).click()
  await other.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
  await page.getByRole('button', { name: 'Hand back' }).waitFor({ state: 'detached' })
  expect((await reportOf(report)).line.claim).toBeNull()
})

test('a release that new rules forbid is not offered any more on a page that is open', async () => {
  const { report } = await verifiedPicture(house, ana, [bruno], seed++)
  const page = await deskOf(bruno, `/room/reports/${report}`)
  const release = page.getByRole('link', { name: 'Release this picture' })
  await release.waitFor()
  await setRules(lead, { eyes: 1, releaserNotVerifier: true })
  await release.waitFor({ state: 'detached' })
  await setRules(lead, { eyes: 1 })
  await release.waitFor()
})

test('[P14] a report that nobody who has joined may decide says so, until somebody who may has come', async () => {
  await setRules(lead, { eyes: 2, otherOrganisation: true })
  const { report } = await reportWithPicture(house, ana, seed++)
  await judge(house, bruno, report, { outcome: 'not_confirmed', reasons: ['hearsay'] })
  const nobody = (page: Page) => page.getByText('Nobody who has joined may judge it. One more person has to be invited to coordinate, of another organisation than the observer’s.')
  const page = await deskOf(bruno, `/room/reports/${report}`)
  await page.getByText('You gave your verdict.').waitFor()
  expect(await nobody(page).count()).toBe(0)
  await judge(house, carla, report)
  await nobody(page).waitFor()
  await house.person('coordinator', { organisation: 'Delegation E' })
  await page.reload()
  await page.getByText('You gave your verdict.').waitFor()
  expect(await nobody(page).count()).toBe(0)
})

test('a word that is longer than a screen is broken, on each screen that shows it', async () => {
  const word = 'palabra'.repeat(40)
  const given = { words: `${word} https://example.org/${word}` }
  const { report, photo } = await reportWithPicture(house, ana, seed++, given)
  await judge(house, bruno, report, { words: word })
  const sent = await release(carla, photo, { captions: { es: `${word} (ejercicio)`, en: `${word} (exercise)` }, alternatives: { es: word, en: word } })
  const unreleased = await verifiedPicture(house, ana, [bruno], seed++, given)
  const press = await house.person('press')
  for (const viewport of [{ width: 1440, height: 900 }, { width: 320, height: 640 }]) {
    const desk = await deskOf(carla, `/room/?report=${report}`, { viewport })
    const look = async (page: Page, at: string | null, known: (page: Page) => Promise<unknown>) => {
      if (at) await page.goto(`${house.address}${at}`)
      await known(page)
      expect([at, viewport.width, await cutTexts(page)]).toEqual([at, viewport.width, []])
    }
    await look(desk, null, (page) => page.locator('[data-card]').getByText(word).first().waitFor())
    await look(desk, `/room/reports/${report}`, (page) => page.getByRole('heading', { name: 'History' }).waitFor())
    expect(await desk.getByText(word).count()).toBeGreaterThan(1)
    await look(desk, releaseAt(unreleased.photo), async (page) => {
      for (const language of ['Spanish', 'English']) {
        await page.getByLabel(`Caption, ${language}`).fill(word)
        await page.getByLabel(`Alternative text, ${language}`).fill(word)
      }
    })
    const wall = await deskOf(press, '/press/', { viewport })
    await look(wall, null, (page) => page.getByText(word).first().waitFor())
    await look(wall, `/press/${sent}`, (page) => page.getByRole('complementary').getByText(word).first().waitFor())
  }
}, 60_000)

test('[P3] it is seen once it was open for two seconds, by those who may claim it; a claim of someone else is said at once', async () => {
  const { report } = await reportWithPicture(house, ana, seed++)
  const page = await deskOf(bruno, `/room/reports/${report}`)
  await expect.poll(() => kindsOf(report), patient).toContain('report.seen')
  await page.reload()
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
  expect((await carla.call(claimReportCall, { id: report })).status).toBe(200)
  await page.getByText(/^Carla Young has it, \d+:\d\d left$/).waitFor()
  await page.getByText('Carla Young is looking at it.').waitFor()
  expect(await page.getByRole('button', { name: 'Claim it to give a verdict' }).count()).toBe(0)
  expect((await kindsOf(report)).filter((kind) => kind === 'report.seen')).toHaveLength(1)
})

test('[P4] a small copy is called one until the original is here, and what a coordinator typed stays meanwhile', async () => {
  const bytes = await phonePicture(seed++, [900, 600])
  const { id } = await file(house, ana, { pictures: [bytes] })
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await page.getByText('This picture has not arrived yet').waitFor()
  // There is nothing to come nearer to.
  expect(await page.getByRole('button', { name: 'Zoom in' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).locator('summary').click()
  await panel(page).getByLabel('Words for the history').fill('Called at 20:40.')
  await sendPreview(ana, id, bytes, await phonePicture(seed, [300, 200]))
  await house.picturesDone()
  await page.getByText('Small copy; the original has not arrived yet').waitFor()
  await sendOriginal(ana, id, bytes)
  await house.picturesDone()
  await page.getByText(/Original, 900 × 600/).waitFor()
  expect(await page.getByText('Small copy; the original has not arrived yet').count()).toBe(0)
  expect(await panel(page).getByLabel('Words for the history').inputValue()).toBe('Called at 20:40.')
  await page.locator(`img[alt*="Picture 1 of 1"]`).waitFor()
  await page.getByRole('button', { name: 'Zoom in' }).waitFor()
})

test('[P11] what was chosen outlives the claim', async () => {
  const { report } = await reportWithPicture(house, ana, seed++)
  const page = await deskOf(bruno, `/room/reports/${report}`)
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).getByRole('button', { name: 'Not confirmed' }).click()
  await panel(page).getByRole('button', { name: 'Told by others' }).click()
  house.clock.forward(11 * 60_000)
  await expireClaims(house.engine)
  await page.getByText('Your claim has ended. What you chose here is still there.').waitFor()
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).getByRole('button', { name: 'Give verdict' }).click()
  await page.getByText('Verdict given: not confirmed.').waitFor()
  expect((await reportOf(report)).verdicts).toMatchObject([{ outcome: 'not_confirmed', reasons: ['hearsay'] }])
})

test('[P5] a coordinator gives a report its department and another category; what the observer said stands beside it', async () => {
  const { id } = await file(house, ana)
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await page.getByRole('button', { name: 'Change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Department').selectOption('San Miguel')
  await dialog.getByText('High', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Save the change' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('observer said: critical').waitFor()
  expect(await reportOf(id)).toMatchObject({ line: { department: 'San Miguel', severity: 'high' }, filed: { severity: 'critical' } })

  await page.keyboard.press('e')
  await dialog.getByLabel('Find a station').fill('lejana')
  await dialog.getByRole('button', { name: /Escuela Lejana/ }).click()
  await dialog.getByLabel('Table').selectOption('77123')
  await dialog.getByRole('button', { name: 'Save the change' }).click()
  await page.getByText('Escuela Lejana, table 77123').first().waitFor()
  await page.getByText('observer said: No station named').waitFor()
  expect((await reportOf(id)).line).toMatchObject({ station: 'CE-03', table: '77123', municipality: 'San Miguel Centro' })
})

test('[P6] covers by keys alone, taken back and done again; a draft outlives leaving', async () => {
  const { photo } = await verifiedPicture(house, ana, [bruno], seed++, { station: 'CE-02', table: '77121' })
  const page = await deskOf(bruno, releaseAt(photo))
  await stage(page).waitFor()
  await expect.poll(() => stage(page).locator('img').evaluate((image) => image instanceof HTMLImageElement && image.clientWidth > 0), patient).toBe(true)
  await page.keyboard.press('n')
  const label = () => covers(page).first().getAttribute('aria-label')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-cover')), patient).toBe('0')
  const before = await label()
  await page.keyboard.press('ArrowRight')
  await expect.poll(label, patient).not.toBe(before)
  const movedTo = await label()
  await page.keyboard.press('Shift+ArrowDown')
  await expect.poll(label, patient).not.toBe(movedTo)
  await page.keyboard.press('Control+z')
  await expect.poll(label, patient).toBe(movedTo)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(label, patient).not.toBe(movedTo)
  const kept = await label()

  await page.keyboard.down('b')
  await page.getByText('Before: without the covers').waitFor()
  expect(await covers(page).count()).toBe(0)
  await page.keyboard.up('b')
  await covers(page).first().waitFor()

  await page.getByLabel('Alternative text, English').fill('Two tables.')
  await page.getByRole('button', { name: 'Keep for later' }).click()
  await page.getByRole('link', { name: 'Release this picture' }).click()
  await covers(page).first().waitFor()
  expect(await label()).toBe(kept)
  expect(await page.getByLabel('Alternative text, English').inputValue()).toBe('Two tables.')
  await covers(page).first().focus()
  await page.keyboard.press('Delete')
  await expect.poll(() => covers(page).count(), patient).toBe(0)
})

test('[P7] a yes blocks; a flagged word is marked, explained, and kept only knowingly', async () => {
  const { report, photo } = await verifiedPicture(house, ana, [bruno], seed++, { station: 'CE-02', table: '77121' })
  const page = await deskOf(bruno, releaseAt(photo))
  await fill(page)
  await page.getByRole('group', { name: 'Could the observer be recognised?' }).getByText('Yes', { exact: true }).click()
  await page.getByText('Cover what gives the observer away, then answer again.').waitFor()
  await page.getByRole('button', { name: 'Release to press' }).click()
  await page.getByText('1 thing is still to be done, marked above.').waitFor()
  await page.getByRole('group', { name: 'Could the observer be recognised?' }).getByText('No', { exact: true }).click()

  await page.getByLabel('Caption, Spanish').fill('Papeletas fraudulentas en La Libertad.')
  await page.getByText('“fraudulentas” says more than was verified.').waitFor()
  expect(await page.locator('mark').textContent()).toBe('fraudulentas')
  await page.getByRole('button', { name: 'Release to press' }).click()
  await page.getByText('Decide what becomes of the marked word.').waitFor()
  // What leaves of an exercise is marked, and what would tell too much is named while it is written.
  await page.getByText('“Ejercicio.” is put before it when it leaves.').waitFor()
  await page.getByLabel('Caption, English').fill('Ballots at 14:06.')
  await page.getByText('“14:06” tells more closely').waitFor()
  await page.getByLabel('Caption, English').fill('Exercise. Ballots.')
  await page.getByText('“14:06” tells more closely').waitFor({ state: 'detached' })
  // The pressed button goes; who uses keys goes on beside it.
  await page.getByRole('button', { name: 'Remove the word' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.getAttribute('tabindex') === '-1' && document.activeElement.id !== 'main')
  expect(await page.getByLabel('Caption, Spanish').inputValue()).toBe('Papeletas en La Libertad.')
  await page.getByLabel('Caption, Spanish').fill('Papeletas fraudulentas en La Libertad.')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await page.getByText('“fraudulentas” is kept, and the history will say so.').waitFor()
  await page.getByRole('button', { name: 'Release to press' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Release to press' }).click()
  await page.getByText('Released to press').waitFor()
  expect((await reportOf(report)).releases).toHaveLength(1)
})

test('[P8] a picture that was released is retracted with a reason, and says so', async () => {
  const { report, photo } = await verifiedPicture(house, ana, [bruno], seed++)
  const id = await release(bruno, photo)
  const page = await deskOf(bruno, `/room/reports/${report}`)
  // What left is shown, not what it was made of.
  const left = page.locator('section', { has: page.getByRole('heading', { name: 'Releases', exact: true }) }).locator('img')
  expect(await left.getAttribute('src')).toBe(`/api/releases/${id}/image?size=wall`)
  await expect.poll(() => left.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0), patient).toBe(true)
  await page.getByRole('button', { name: 'Retract', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Reason').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Retract', exact: true }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Retract it from press' }).click()
  await page.getByRole('dialog').getByText('This is needed.').waitFor()
  await page.getByRole('dialog').getByLabel('Reason').fill('The table’s number was read wrongly.')
  await page.getByRole('dialog').getByRole('button', { name: 'Retract it from press' }).click()
  for (const part of ['Releases', 'History']) await page.locator('section', { has: page.getByRole('heading', { name: part, exact: true }) }).getByText(/The table’s number was read wrongly\./).waitFor()
  expect(await left.count()).toBe(0)
  expect((await reportOf(report)).releases).toMatchObject([{ id, retractedReason: 'The table’s number was read wrongly.' }])
})

test('[P9] an invented report is none, and a server that is silent is said to be so and asked again', async () => {
  const page = await deskOf(bruno, '/room/reports/01890000-0000-7000-8000-000000000000')
  await page.getByText('There is no such report').waitFor()
  const { report } = await reportWithPicture(house, ana, seed++)
  await page.route(`**/api/reports/${report}`, (route) => route.abort())
  await page.goto(`${house.address}/room/reports/${report}`)
  await page.getByText('This report could not be had').waitFor()
  await page.unroute(`**/api/reports/${report}`)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
})
