import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReaders } from '../../server/platform/database/open.ts'
import { coverMarginPixels } from '../../shared/press.ts'
import type { Cover } from '../../shared/press.ts'
import { answersOf, openBrowser, patient } from '../support/browser.ts'
import { drawOver, joinAt, joinStaffAt, openWatched, untilLive } from '../support/desk-pages.ts'
import type { Watched } from '../support/desk-pages.ts'
import { draftsOn, killPhone, openPhone, originalsOn, pickFrom, tapsOn, untilKept, untilThumbs } from '../support/kept-phone.ts'
import type { KeptPhone } from '../support/kept-phone.ts'
import { centres, missionName, setUpMission } from '../support/mission.ts'
import type { Invited } from '../support/mission.ts'
import { cameraJpeg, decoded, exifFieldsOf, pixel } from '../support/pictures.ts'
import { startServer } from '../support/process.ts'
import type { Running } from '../support/process.ts'
import { hashOf } from '../support/reports.ts'

const people: Invited[] = [
  { name: 'Ana Paz', role: 'observer', organisation: 'Delegación A', language: 'es' },
  { name: 'Brenda Rivas', role: 'coordinator', organisation: 'Network B', language: 'en' },
  { name: 'Carl Young', role: 'coordinator', organisation: 'Delegation C', language: 'en' },
  { name: 'Paula Press', role: 'press', organisation: 'Delegation C', language: 'en' },
]
/** Two people of other organisations than the observer's; one of them also releases. */
const rules = { eyes: 2, otherOrganisation: true, releaserNotVerifier: false } as const
const firstWords = 'The table was opened in front of me on the telephone.'
const whyRetracted = 'The table’s number was read wrongly.'

type Picture = { path: string; bytes: Buffer; sha256: string }
let folder = ''
let server: Running
let browser: Browser
let phone: KeptPhone
let desk: Watched
let second: Watched
let press: Watched
let links: string[] = []
let late: { id: string; pictures: Picture[] }
let unfolded: { id: string; pictures: Picture[] }
let box: Cover
let captions: { en: string; es: string }
const alternatives = { en: 'A closed classroom door with a table number on it.', es: 'La puerta cerrada de un aula, con el número de una mesa.' }

let stoppedAt: string | null = null
/** One part of the story; what comes after one that failed is not told. */
const part = (title: string, tell: () => Promise<void>) => test(title, async () => {
  if (stoppedAt !== null) throw new Error(`The story had stopped at: ${stoppedAt}`)
  stoppedAt = title
  await tell()
  stoppedAt = null
})

async function picture(seed: number, size: [number, number], orientation: number): Promise<Picture> {
  const bytes = await cameraJpeg(seed, size, orientation)
  const path = join(folder, `IMG_${seed}.jpg`)
  await writeFile(path, bytes)
  return { path, bytes, sha256: hashOf(bytes) }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-story-'))
  browser = await openBrowser()
  // The first was taken with the phone held upright: 3000 × 4000 once it is turned.
  late = { id: '', pictures: [await picture(1, [4000, 3000], 6), await picture(2, [1600, 1200], 1)] }
  unfolded = { id: '', pictures: [await picture(3, [2400, 1800], 3)] }
})
afterAll(async () => {
  await phone?.context.close()
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const profile = () => join(folder, 'phone')
const startAgain = async (port = 0) => (server = await startServer({ folder: join(folder, 'data'), port }))
const port = () => Number(new URL(server.address).port)
const openApp = async () => {
  phone = await openPhone(profile(), centres.near)
  const response = await phone.page.goto(`${server.address}/observer/`)
  return response?.fromServiceWorker()
}
const row = (page: Page, report: { id: string }) => page.locator(`[data-report="${report.id}"]`)
const kept = async () => (await originalsOn(phone.page)).map(({ sha256, hashed, sizeBytes }) => ({ sha256, hashed, sizeBytes })).sort((one, other) => one.sizeBytes - other.sizeBytes)
const asKept = (...pictures: Picture[]) => pictures.map(({ sha256, bytes }) => ({ sha256, hashed: sha256, sizeBytes: bytes.length })).sort((one, other) => one.sizeBytes - other.sizeBytes)

/** What the server's own files hold of a table. */
async function stored() {
  const db = openReaders(join(folder, 'data/mission.db'), 1)
  try {
    return {
      reports: await db.selectFrom('reports').select(['id', 'number', 'status']).orderBy('number').execute(),
      photos: await db.selectFrom('photos').select(['report', 'sha256', 'state']).execute(),
      facts: (await db.selectFrom('journal').select('kind').execute()).map(({ kind }) => kind),
    }
  } finally {
    await db.destroy()
  }
}

describe('the whole story, a phone in Spanish and a desk in English', () => {
  part('everyone comes in by a link', async () => {
    await startAgain()
    links = (await setUpMission(server, people, rules)).links
    phone = await openPhone(profile(), centres.near)
    await joinAt(phone.page, links[0] ?? '', 'Unirme a la misión')
    await phone.page.getByText(centres.near.name).waitFor()
    await untilKept(phone.page)
    desk = await openWatched(browser)
    second = await openWatched(browser)
    press = await openWatched(browser)
    await desk.context.route('**/api/live/changes*', (route) => route.abort())
    await joinStaffAt(desk.page, links[1] ?? '', 'Join the mission')
    await joinStaffAt(second.page, links[2] ?? '', 'Join the mission')
    await joinStaffAt(press.page, links[3] ?? '', 'Join the mission')
    for (const { page } of [desk, press]) await untilLive(page)
    await press.page.getByText('No picture has been released yet').waitFor()
    // The phone is put away, and is taken out again where there is no network.
    await phone.context.close()
    expect(await server.stop()).toBe(0)
  })

  part('[R90] with no network a report is saved in three taps when its place is suggested', async () => {
    expect(await openApp()).toBe(true)
    const { page } = phone
    await page.getByText(centres.near.name).waitFor()
    await pickFrom(page, 'Galería', late.pictures.map(({ path }) => path))
    await untilThumbs(page, 2)
    await page.locator('[data-category="opening.late"]').tap()
    await page.getByRole('button', { name: 'Guardar', exact: true }).tap()
    const saved = page.locator('[data-report]')
    await saved.waitFor()
    expect(await tapsOn(page)).toBe(3)
    late.id = (await saved.getAttribute('data-report')) ?? ''
    expect(await saved.textContent()).toContain('en este teléfono')
    expect(await page.locator('[data-delivery]').textContent()).toContain('1 informe y 2 fotos en este teléfono')
    expect(await kept()).toEqual(asKept(...late.pictures))
  })

  part('[R91] [lesson 4] a phone that is killed opens with no network on the draft, its pictures and every saved report', async () => {
    await pickFrom(phone.page, 'Cámara', unfolded.pictures.map(({ path }) => path))
    await untilThumbs(phone.page, 1)
    await phone.page.getByPlaceholder('Agregar palabras, si quiere').fill('La segunda pila está plana.')
    // What was typed in the instant of the kill is nobody's promise: what the disk has, is.
    await expect.poll(() => draftsOn(phone.page), patient).toEqual(['La segunda pila está plana.'])
    await killPhone(phone, profile())
    expect(await openApp()).toBe(true)
    const { page } = phone
    await untilThumbs(page, 1)
    expect(await page.getByLabel('Palabras').inputValue()).toBe('La segunda pila está plana.')
    expect(await kept()).toEqual(asKept(...late.pictures, ...unfolded.pictures))

    await page.getByText('Todas las categorías').tap()
    await page.locator('[data-category="counting.unfolded_ballots"]').tap()
    await page.getByText(centres.near.name).tap()
    await page.getByLabel('Nombre, código o mesa').fill(centres.far.code)
    await page.locator(`[data-station="${centres.far.code}"]`).tap()
    await page.getByText('00901', { exact: true }).tap()
    await page.getByRole('button', { name: 'Usar mesa 00901' }).tap()
    await page.getByText('No estoy en el lugar').tap()
    await page.getByRole('button', { name: 'Guardar', exact: true }).tap()
    await expect.poll(() => page.locator('[data-report]').count(), patient).toBe(2)
    const ids = await page.locator('[data-report]').evaluateAll((rows) => rows.map((one) => one.getAttribute('data-report') ?? ''))
    unfolded.id = ids.find((id) => id !== late.id) ?? ''
    expect(await page.locator('[data-delivery]').textContent()).toContain('2 informes y 3 fotos en este teléfono')
  })

  part('[R92] what the phone sends lands on an open map by socket, with its first picture', async () => {
    await phone.context.setOffline(true)
    await startAgain(port())
    await untilLive(desk.page)
    await untilLive(press.page)
    for (const { frames, calls } of [desk, press]) {
      frames.splice(0)
      calls.splice(0)
    }
    // Every byte may arrive, but no receipt: the originals stay.
    await phone.context.route('**/api/photos/*/complete', (route) => route.abort())
    await phone.context.setOffline(false)
    for (const report of [late, unfolded]) await desk.page.locator(`[data-map] [data-mark="report"][data-report="${report.id}"]`).waitFor(patient)
    expect(await desk.page.locator('[data-map]').getAttribute('data-drawn')).toBe('2')
    for (const report of [late, unfolded]) {
      await desk.page.locator(`[data-list] [data-report="${report.id}"] img`).first().waitFor(patient)
      expect(desk.frames.some((frame) => frame.includes('changed') && frame.includes(report.id))).toBe(true)
    }
    // Neither loaded again nor asked: told.
    expect(desk.calls.filter((path) => /^\/room\/|^\/api\/(live\/changes|points|reports)$/.test(path))).toEqual([])
  })

  part('[R93] an original leaves the phone when its receipt is there, and not before', async () => {
    const asked = phone.page.waitForRequest('**/api/photos/*/complete', patient)
    await asked
    expect((await stored()).facts.filter((kind) => kind === 'photo.received')).toEqual([])
    expect(await kept()).toEqual(asKept(...late.pictures, ...unfolded.pictures))
    await phone.context.unroute('**/api/photos/*/complete')
    await phone.page.locator('[data-delivery=delivered]').waitFor(patient)
    expect(await kept()).toEqual([])
  })

  part('[R94] [lesson 3] [lesson 6] everything arrived once, to the byte', async () => {
    const { reports, photos, facts } = await stored()
    expect(new Set(reports.map(({ id }) => id))).toEqual(new Set([late.id, unfolded.id]))
    expect(reports.map(({ number }) => number)).toEqual([1, 2])
    const named = [late, unfolded].flatMap(({ id, pictures }) => pictures.map(({ sha256 }) => `${id} ${sha256}`))
    expect(photos.map(({ report, sha256 }) => `${report} ${sha256}`).sort()).toEqual(named.sort())
    expect(['report.filed', 'photo.received'].map((kind) => facts.filter((one) => one === kind).length)).toEqual([2, 3])
    for (const { sha256, bytes } of [...late.pictures, ...unfolded.pictures]) {
      const file = await readFile(join(folder, 'data/originals', sha256.slice(0, 2), sha256.slice(2, 4), sha256))
      expect(file.equals(bytes)).toBe(true)
    }
  })

  part('[R95] the observer is told that it was seen, once a coordinator had it open', async () => {
    await row(desk.page, late).first().click()
    await desk.page.getByRole('link', { name: 'Open', exact: true }).click()
    await desk.page.waitForURL(`**/room/reports/${late.id}*`)
    await expect.poll(() => row(phone.page, late).textContent(), patient).toMatch(/visto .+ después de enviarlo/)
  })

  part('[R96] a second pair of eyes judges without the first', async () => {
    await judge(desk.page, ['Original seen', 'Document seen'], firstWords)
    await desk.page.getByText('You gave your verdict.').waitFor()

    const known: string[] = []
    const unhear = await answersOf(second.page, new RegExp(`/api/reports/${late.id}$`), (text) => known.push(text))
    await second.page.goto(`${server.address}/room/reports/${late.id}`)
    await second.page.getByText('The first verdict is shown after yours').first().waitFor()
    await unhear()
    expect(known.join()).toContain(late.id)
    for (const hidden of [firstWords, 'document']) expect(known.join()).not.toContain(hidden)
    const shown = (await second.page.locator('main').textContent()) ?? ''
    for (const hidden of [firstWords, 'Document seen', 'Verdicts']) expect(shown).not.toContain(hidden)
    expect(second.frames.join()).not.toContain(firstWords)

    await judge(second.page, ['Place agrees'], '')
    await second.page.getByText(firstWords).waitFor()
    await expect.poll(() => row(phone.page, late).textContent(), patient).toContain('verificado')
  })

  part('[R97] a picture is released covered, captioned and answered for, and no sooner', async () => {
    const { page } = desk
    await page.getByRole('link', { name: 'Release this picture' }).click()
    await page.getByRole('link', { name: '2 of 2 pictures' }).click()
    await page.getByRole('link', { name: '1 of 2 pictures' }).click()
    const stage = page.getByRole('group', { name: /^Picture to cover/ })
    await expect.poll(() => stage.locator('img').evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0), patient).toBe(true)
    await drawOver(stage.locator('img'), { x: 0.2, y: 0.3 }, { x: 0.5, y: 0.45 })
    await drawOver(stage.locator('img'), { x: 0.6, y: 0.6 }, { x: 0.8, y: 0.7 })
    await page.keyboard.press('Control+z')
    await expect.poll(() => stage.locator('[data-cover]').count()).toBe(1)
    box = boxIn((await stage.locator('[data-cover="0"]').getAttribute('aria-label')) ?? '')

    await page.getByRole('button', { name: 'Release to press' }).click()
    await page.getByText('5 things are still to be done, marked above.').waitFor()
    const question = (name: string) => page.getByRole('group', { name })
    await question('Is a voter or a minor recognisable?').getByText('Yes').click()
    await page.getByText('Cover whoever can be recognised, then answer again.').waitFor()
    for (const name of ['Is a voter or a minor recognisable?', 'Could a vote be linked to a person?', 'Could the observer be recognised?']) await question(name).getByText('No', { exact: true }).click()

    await page.getByLabel('What cover 1 hides').selectOption('face')
    const caption = { en: page.getByLabel(/^Caption, English/), es: page.getByLabel(/^Caption, Spanish/) }
    captions = { en: await caption.en.inputValue(), es: await caption.es.inputValue() }
    expect(captions.en).toMatch(/^A polling table is not yet open in San Salvador, El Salvador, .+\. \(Misión de los dos lagos\.\) Faces covered by the mission to protect voters\.$/)
    expect(captions.es).toMatch(/^Una mesa de votación aún no ha abierto en San Salvador, El Salvador, .+\. \(Misión de los dos lagos\.\) Rostros cubiertos por la misión para proteger a votantes\.$/)
    await caption.en.fill(`${captions.en} It is a fraud`)
    await page.getByText('“fraud” says more than was verified.').waitFor()
    await page.getByText('Names a crime or an intent.').waitFor()
    await page.getByRole('button', { name: 'Use the proposal' }).click()
    await page.getByLabel(/^Alternative text, English/).fill(alternatives.en)
    await page.getByLabel(/^Alternative text, Spanish/).fill(alternatives.es)

    expect(await press.page.getByText('No picture has been released yet').isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Release to press' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 place is covered.').waitFor()
    await dialog.getByRole('button', { name: 'Release to press' }).click()
    await page.getByText('Released to press').waitFor(patient)
  })

  part('[R98] press hears of the release, of nothing before it, and sees it without a reload', async () => {
    const card = press.page.locator('[data-picture]')
    await card.waitFor(patient)
    expect(await card.textContent()).toContain(captions.en)
    const heard = press.frames.filter((frame) => frame.includes('"changed"') && !frame.includes('"things":[]'))
    expect(heard).toEqual([expect.stringContaining('"kind":"release"')])
    for (const told of [late.id, unfolded.id, late.pictures[0]?.sha256 ?? '', 'Ana Paz', centres.near.name, '"report"']) expect(press.frames.join()).not.toContain(told)
    expect(press.calls.filter((path) => path.startsWith('/press/'))).toEqual([])
    await card.getByRole('link').first().click()
    await press.page.getByText('Verified by two people of the mission, neither of whom saw the other’s verdict.').first().waitFor()
    const shown = (await press.page.getByRole('complementary', { name: 'Picture' }).textContent()) ?? ''
    for (const said of [captions.en, alternatives.en, missionName, 'San Salvador', '3000 × 4000']) expect(shown).toContain(said)
  })

  part('[R99] the downloaded file has the size of the original, solid covers, our fields and nothing of the phone', async () => {
    const coming = press.page.waitForEvent('download', patient)
    await press.page.getByRole('button', { name: 'Download full size' }).click()
    const path = join(folder, 'downloaded.jpg')
    await (await coming).saveAs(path)
    const bytes = await readFile(path)
    const pixels = await decoded(bytes)
    expect([pixels.width, pixels.height]).toEqual([3000, 4000])

    // One colour to the last pixel of the box, so that no block of the file holds both; the picture itself beyond the margin.
    const upright = await decoded(await sharp(late.pictures[0]?.bytes).autoOrient().toBuffer())
    const [left, top, right, bottom] = [box.left, box.top, box.left + box.width - 1, box.top + box.height - 1]
    const solid = new Set<string>()
    for (let y = top; y <= bottom; y += 1) for (let x = left; x <= right; x += 1) solid.add(pixel(pixels, x, y).join())
    expect([...solid]).toHaveLength(1)
    const beyond = coverMarginPixels + 24
    for (const [x, y] of [[left - beyond, top], [right + beyond, bottom], [left, top - beyond], [right, bottom + beyond], [10, 10]] as const) {
      const [was, is] = [pixel(upright, x, y), pixel(pixels, x, y)]
      expect(Math.max(...was.map((value, at) => Math.abs(value - (is[at] ?? 0))))).toBeLessThan(40)
    }

    const fields = await exifFieldsOf(path)
    expect(Object.keys(fields).sort()).toEqual([
      'XMP-dc:Creator', 'XMP-dc:Description', 'XMP-dc:Description-en', 'XMP-dc:Description-es', 'XMP-dc:Rights', 'XMP-iptcCore:AltTextAccessibility', 'XMP-iptcCore:AltTextAccessibility-en',
      'XMP-iptcCore:AltTextAccessibility-es', 'XMP-iptcExt:DigitalSourceType', 'XMP-iptcExt:LocationCreated', 'XMP-photoshop:CaptionWriter', 'XMP-photoshop:Credit', 'XMP-photoshop:DateCreated',
      'XMP-photoshop:Headline', 'XMP-photoshop:Instructions', 'XMP-photoshop:TransmissionReference', 'XMP-xmpRights:UsageTerms', 'XMP-xmpRights:UsageTerms-en', 'XMP-xmpRights:UsageTerms-es',
    ])
    expect(fields).toMatchObject({ 'XMP-dc:Description-en': captions.en, 'XMP-dc:Description-es': captions.es, 'XMP-iptcCore:AltTextAccessibility-es': alternatives.es, 'XMP-photoshop:Credit': missionName, 'XMP-iptcExt:LocationCreated': [{ ProvinceState: 'San Salvador', CountryName: 'El Salvador', CountryCode: 'SV' }] })
    for (const told of ['CanaryPhone', 'Serial-77', 'Ana Paz', centres.near.name, centres.near.code, late.id, late.pictures[0]?.sha256 ?? '']) expect(bytes.includes(told)).toBe(false)
  })

  part('[R95] the observer’s list shows all five steps done, and that press took a picture', async () => {
    await row(phone.page, late).tap()
    await expect.poll(() => phone.page.locator('[data-step][data-reached=true]').evaluateAll((steps) => steps.map((one) => one.getAttribute('data-step'))), patient).toEqual(['here', 'received', 'all_photos', 'seen', 'decided', 'taken'])
    await phone.page.getByRole('heading', { name: 'R-', exact: false }).waitFor()
  })

  part('[R108] a retracted picture leaves the open press page at once, and is nowhere', async () => {
    const { page } = desk
    const image = await press.page.locator('[data-picture] img').first().getAttribute('src')
    await page.goto(`${server.address}/room/reports/${late.id}`)
    await page.getByRole('button', { name: 'Retract', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Retract it from press' }).click()
    await dialog.getByText('This is needed.').waitFor()
    await dialog.getByLabel('Reason').fill(whyRetracted)
    await dialog.getByRole('button', { name: 'Retract it from press' }).click()
    await press.page.getByText('This picture was withdrawn: do not use it').first().waitFor(patient)
    expect(await press.page.locator('[data-picture], img').count()).toBe(0)
    await page.getByText(whyRetracted).first().waitFor()
    const answer = await press.context.request.get(new URL(image ?? '', server.address).href)
    expect(answer.status()).toBe(404)
  })

  part('[R23] afterwards journal, tables and files agree, and no page broke', async () => {
    for (const { faults } of [phone, desk, second, press]) expect(faults).toEqual([])
    expect(await server.stop()).toBe(0)
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'server/commands/verify.ts'], { cwd: resolve(import.meta.dirname, '../..'), env: { ...process.env, DATA_DIR: join(folder, 'data') }, encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, expect.stringContaining('Everything agrees.')])
  })
})

/** A cover as its button tells it: `Face, cover 1 of 1: 900 × 600 pixels at 600, 1,200`. */
function boxIn(label: string): Cover {
  const [width = 0, height = 0, left = 0, top = 0] = (label.split(': ')[1] ?? '').replace(/(\d),(?=\d{3}\b)/g, '$1').match(/\d+/g)?.map(Number) ?? []
  return { width, height, left, top, what: 'face' }
}

async function judge(page: Page, reasons: string[], words: string): Promise<void> {
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  const panel = page.getByRole('region', { name: 'Your verdict' })
  await panel.getByRole('button', { name: 'Verified' }).click()
  for (const reason of reasons) await panel.getByRole('button', { name: reason, exact: true }).click()
  if (words) {
    await panel.getByText('Words for the history').first().click()
    await panel.getByLabel('Words for the history').fill(words)
  }
  await panel.getByRole('button', { name: 'Give verdict' }).click()
}
