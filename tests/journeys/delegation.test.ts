import { PDFDocument } from '@cantoo/pdf-lib'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMissionCall, skipRegisterCall } from '../../shared/mission.ts'
import { faultsOf, openShell, pageOf, phone } from '../support/browser.ts'
import { setRules, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { scan } from '../support/scan.ts'
import { delegationOf } from '../support/screen-stage.ts'
import { readWords } from '../support/screen-words.ts'

// A delegation of thirty, from its list to its phones.

const rules = { eyes: 2, otherOrganisation: false, releaserNotVerifier: false } as const
const es = await readWords('es')
const en = await readWords('en')

let house: TestHouse
let lead: Caller
let browser: Browser
let folder: string
let desk: Page
const contexts: BrowserContext[] = []
const faults: string[] = []

beforeAll(async () => {
  ;[house, browser, folder] = [await startHouse({ clock: wallClock }), await openShell(), await mkdtemp(join(tmpdir(), 'veedor-cards-'))]
  lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, rules)
  await lead.call(skipRegisterCall, {})
  await lead.call(openMissionCall, { rules })
  const room = await pageOf(browser, house, lead, { at: '/room/people', acceptDownloads: true })
  contexts.push(room.context)
  desk = room.page
  desk.on('pageerror', (error) => faults.push(String(error)))
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser.close()
  await house.stop()
  await rm(folder, { recursive: true, force: true })
  expect(faults).toEqual([])
})

async function newPhone(at: string): Promise<Page> {
  const context = await browser.newContext({ ...phone, locale: 'es-SV', serviceWorkers: 'block' })
  contexts.push(context)
  const page = await context.newPage()
  faultsOf(page)
  await page.goto(`${house.address}${at}`)
  return page
}

/** What the drawing of each page says, as it stands in its streams. */
async function textOf(bytes: Buffer): Promise<string> {
  const parts: string[] = []
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 7)) {
    const end = bytes.indexOf('endstream', at)
    try {
      parts.push(inflateSync(bytes.subarray(at + 7, end)).toString('latin1'))
    } catch {
      // Not every stream is packed so; the pages' own are.
    }
  }
  return parts.join('\n').replace(/<([0-9A-F]+)> Tj/g, (_, hex: string) => `(${Buffer.from(hex, 'hex').toString('latin1')}) Tj`)
}

describe('a delegation of thirty', () => {
  let codes: { name: string; code: string }[] = []
  let scanned = ''

  test('[R135] is read from its list, with its wrong lines left out knowingly, and invited', async () => {
    await desk.getByRole('button', { name: en.delegation.importList }).click()
    await desk.locator('input[type=file]').setInputFiles({ name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from(`${delegationOf(30)}\n,Red Norte,,\nPersona 3,red norte,,`) })
    await desk.getByText(en.delegation.fault({ line: 33, column: 'name', reason: 'twice', found: 'Persona 3', hint: null, otherLine: 5 })).waitFor()
    await desk.getByText(en.delegation.leftOut(2)).waitFor()
    await desk.getByRole('button', { name: en.delegation.invite(30) }).click()
    await desk.locator('[data-cards="30"] [data-card]').nth(29).waitFor()
    codes = await desk.locator('[data-cards] [data-card]').evaluateAll((cards) => cards.map((card) => ({ name: card.getAttribute('aria-label') ?? '', code: card.querySelector('code')?.textContent ?? '' })))
    expect(codes.map(({ name }) => name)).toContain('Łukasz Żółć')
    expect(new Set(codes.map(({ code }) => code)).size).toBe(30)
    scanned = await scan(desk.getByRole('img', { name: 'Persona 1', exact: true }).first())
    expect(scanned).toMatch(/\/join#[\w-]{43}$/)
  })

  test('prints as sheets of eight cards: the page’s own printing, and a PDF of both papers that holds every code', async () => {
    await desk.emulateMedia({ media: 'print' })
    expect(await desk.locator('#app').isVisible()).toBe(false)
    const printed = await PDFDocument.load(await desk.pdf({ preferCSSPageSize: true, format: 'A4' }))
    expect(printed.getPageCount()).toBe(4)
    const letter = await PDFDocument.load(await desk.pdf({ format: 'Letter' }))
    expect(letter.getPageCount()).toBe(4)
    await desk.emulateMedia({ media: 'screen' })
    for (const [paper, width, height] of [['a4', 595, 842], ['letter', 612, 791]] as const) {
      await desk.getByText(en.delegation.papers[paper], { exact: true }).click()
      const coming = desk.waitForEvent('download')
      await desk.getByRole('button', { name: en.delegation.savePdf }).click()
      const path = join(folder, `${paper}.pdf`)
      await (await coming).saveAs(path)
      const bytes = await readFile(path)
      const pdf = await PDFDocument.load(bytes)
      expect(pdf.getPages().map((page) => [Math.round(page.getWidth()), Math.round(page.getHeight())])).toEqual(Array(4).fill([width, height]))
      const text = await textOf(bytes)
      for (const { code } of codes) expect(text).toContain(`(${code})`)
      expect(text).toContain('(Persona 29)')
      expect(text).toContain('Organización')
      // A name in other letters than these fonts have is there as a picture, not as question marks.
      expect(text).not.toContain('?ukasz')
    }
  })

  test('[R136] joins with two phones: one by its card’s code typed, one by what its card’s square holds', async () => {
    const typed = await newPhone('/join')
    await typed.getByLabel(es.join.code).fill((codes[0]?.code ?? '').toLowerCase())
    await typed.getByRole('button', { name: es.join.goOnWithCode }).click()
    await typed.getByText(es.join.welcome('Persona 0')).waitFor()
    await typed.getByRole('button', { name: es.join.join }).click()
    await typed.getByRole('button', { name: es.phone.home.camera }).waitFor()

    const inApp = await newPhone('/observer/')
    await inApp.getByLabel(es.late.join.link).fill(scanned)
    await inApp.getByRole('button', { name: es.late.join.look }).click()
    await inApp.getByText(es.late.join.welcome('Persona 1')).waitFor()
    await inApp.getByRole('button', { name: es.late.join.join }).click()
    await inApp.getByRole('button', { name: es.phone.home.camera }).waitFor()

    // Used already: the second phone is told so, beside the field.
    const late = await newPhone('/join')
    await late.getByLabel(es.join.code).fill(codes[0]?.code ?? '')
    await late.getByRole('button', { name: es.join.goOnWithCode }).click()
    await late.getByText(es.join.wrongCode).waitFor()
  })

  test('[R64] one of them is retired, and the list says who is where', async () => {
    await desk.getByRole('button', { name: en.delegation.done }).click()
    await desk.getByRole('row', { name: /Persona 1 .*joined/ }).waitFor()
    await desk.getByRole('button', { name: en.people.menu('Persona 1'), exact: true }).click()
    await desk.getByRole('menuitem', { name: en.people.remove }).click()
    await desk.getByRole('dialog').getByRole('button', { name: en.people.remove }).click()
    await desk.getByText(en.people.removed('Persona 1')).waitFor()
    await desk.getByText(en.people.summary({ joined: 2, invited: 28, link_ended: 0, retired: 1 }, 0)).waitFor()
  })

  test('[R229] and is taken back with a new card', async () => {
    await desk.getByRole('button', { name: en.people.menu('Persona 1'), exact: true }).click()
    await desk.getByRole('menuitem', { name: en.people.takeBack }).click()
    await desk.getByRole('dialog').getByRole('button', { name: en.people.takeBack }).click()
    await desk.getByText(en.people.takenBack('Persona 1')).waitFor()
    await desk.getByRole('row', { name: /Persona 1 .*invited/ }).waitFor()
    const { pathname, hash } = new URL(await scan(desk.getByRole('img', { name: /Persona 1$/ }).first()))
    const back = await newPhone(pathname + hash)
    await back.getByText(es.join.welcome('Persona 1')).waitFor()
  })

  test('gets new cards where they were lost: the ones before end', async () => {
    await desk.getByRole('button', { name: en.delegation.newCards, exact: true }).click()
    await desk.getByRole('button', { name: en.delegation.newCardsDo(29) }).click()
    await desk.locator('[data-cards="29"] [data-card]').nth(28).waitFor()
    const old = await newPhone('/join')
    await old.getByLabel(es.join.code).fill(codes[2]?.code ?? '')
    await old.getByRole('button', { name: es.join.goOnWithCode }).click()
    await old.getByText(es.join.wrongCode).waitFor()
    // Nothing of them was printed or saved: leaving asks first, and another page of the room keeps them.
    await desk.getByRole('button', { name: en.delegation.done }).click()
    await desk.getByRole('dialog').getByRole('button', { name: en.delegation.stay }).click()
    await desk.getByRole('link', { name: en.room.map }).click()
    await desk.getByRole('link', { name: en.room.people }).click()
    await desk.locator('[data-cards="29"]').waitFor()
  })
})
