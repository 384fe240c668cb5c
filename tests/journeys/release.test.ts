import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { Cover, coverMarginPixels, downloadCall, listReleasesCall } from '../../shared/press.ts'
import { withMargin } from '../../client/coordinator/release/covers.ts'
import { patient } from '../support/browser.ts'
import { phonePicture, release, setRules, verifiedPicture } from '../support/desk.ts'
import { drawOver } from '../support/desk-pages.ts'
import { decoded, pixel } from '../support/pictures.ts'
import { file, sendOriginal } from '../support/reports.ts'
import { ana, bruno, deskOf, house, lead, nextSeed, panel, releaseAt, reportOf, withDesks } from '../support/report-page.ts'

// What coordinators were promised where pictures are covered and released, in a real browser.

withDesks()

const SentCovers = z.object({ covers: z.array(Cover) })
const stage = (page: Page) => page.getByRole('group', { name: /Picture to cover/ })
const covers = (page: Page) => page.locator('[data-cover]')

/** Answers everything that is asked before a picture leaves, and says what is seen in both languages. */
async function fill(page: Page): Promise<void> {
  for (const question of ['Is a voter or a minor recognisable?', 'Could a vote be linked to a person?', 'Could the observer be recognised?']) await page.getByRole('group', { name: question }).getByText('No', { exact: true }).click()
  await page.getByLabel('Alternative text, Spanish').fill('Papeletas sobre una mesa.')
  await page.getByLabel('Alternative text, English').fill('Ballot papers on a table.')
}

test('[P1] claimed, judged, covered and released: what press gets is solid where it was covered and untouched elsewhere', async () => {
  const size: [number, number] = [1200, 900]
  const bytes = await phonePicture(nextSeed(), size)
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

test('[P13] a box drawn with the mouse has the keys, and the picture stays where it is, however many there are', async () => {
  const { photo } = await verifiedPicture(house, ana, [bruno], nextSeed(), { station: 'CE-02', table: '77121' })
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

test('a release that new rules forbid is not offered any more on a page that is open', async () => {
  const { report } = await verifiedPicture(house, ana, [bruno], nextSeed())
  const page = await deskOf(bruno, `/room/reports/${report}`)
  const release = page.getByRole('link', { name: 'Release this picture' })
  await release.waitFor()
  await setRules(lead, { eyes: 1, releaserNotVerifier: true })
  await release.waitFor({ state: 'detached' })
  await setRules(lead, { eyes: 1 })
  await release.waitFor()
})

test('[P6] [R394] covers by keys alone, taken back and done again; a draft outlives leaving, its covers the tab', async () => {
  const { photo } = await verifiedPicture(house, ana, [bruno], nextSeed(), { station: 'CE-02', table: '77121' })
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

  // Another tab begins as one does after a browser that was killed: with what is on the disk.
  const inNewTab = async (act: (tab: Page) => Promise<void>) => {
    const tab = await page.context().newPage()
    await tab.goto(page.url())
    await stage(tab).locator('img').waitFor()
    await act(tab)
    await tab.close()
  }
  await inNewTab(async (tab) => {
    await tab.getByText('What you had begun here is back.').waitFor()
    expect([await covers(tab).first().getAttribute('aria-label'), await tab.getByLabel('Alternative text, English').inputValue()]).toEqual([kept, ''])
  })
  await covers(page).first().focus()
  await page.keyboard.press('Delete')
  await expect.poll(() => covers(page).count(), patient).toBe(0)
  await inNewTab(async (tab) => expect(await covers(tab).count()).toBe(0))
})

test('[P7] a yes blocks; a flagged word is marked, explained, and kept only knowingly', async () => {
  const { report, photo } = await verifiedPicture(house, ana, [bruno], nextSeed(), { station: 'CE-02', table: '77121' })
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
  const { report, photo } = await verifiedPicture(house, ana, [bruno], nextSeed())
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
