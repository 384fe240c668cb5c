import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { photoId } from '../../shared/photos.ts'
import { inviteCall } from '../../shared/people.ts'
import { openShell, pageOf, phone } from '../support/browser.ts'
import { judge, release, setRules, setUp } from '../support/desk.ts'
import { untilLive } from '../support/desk-pages.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { noise } from '../support/pictures.ts'
import { file, giveStations, hashOf, sendOriginal } from '../support/reports.ts'

// Names, words, places and captions that are scripts: every page shows them as what they are, and nothing of them runs. All the while no page asks anybody else for anything.

const payload = (where: string) => `<img src=x onerror="window.ran='${where}'"><script>window.ran='${where}'</script>{{7*7}}\${7*7}`

let house: TestHouse
let browser: Browser
let [ana, carla, press, lead]: Caller[] = []
let report = ''
const asked = new Set<string>()
const faults: string[] = []

beforeAll(async () => {
  house = await startHouse()
  browser = await openShell()
  lead = await house.person('lead', { name: `Lidia ${payload('lead')}` })
  ;[ana, carla, press] = [await house.person('observer', { name: `Ana ${payload('observer')}`, organisation: `Red ${payload('organisation')}` }), await house.person('coordinator', { name: `Carla ${payload('coordinator')}` }), await house.person('press')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  await giveStations(house, lead, [`CE-66,"Escuela ${payload('station').replaceAll('"', "'")}",La Libertad,La Libertad Este,Zaragoza,13.58,-89.28,66001`])
  await lead.call(inviteCall, { id: randomUUID(), name: `Nadia ${payload('invited').slice(0, 100)}`, role: 'press', organisation: `Org ${payload('invitedOrg').slice(0, 100)}`, language: 'es' })
  const { data } = noise(400, 300, 96_001)
  const bytes = await sharp(data, { raw: { width: 400, height: 300, channels: 3 } }).withExif({ IFD0: { Make: payload('make'), ImageDescription: payload('description'), Copyright: payload('copyright') } }).jpeg().toBuffer()
  const filed = await file(house, ana, { station: 'CE-66', table: '66001', words: payload('words'), pictures: [bytes] })
  report = filed.id
  await sendOriginal(ana, report, bytes)
  await house.picturesDone()
  await judge(house, carla, report, { words: payload('verdict') })
  await file(house, ana, { station: 'CE-66', table: '66001', words: payload('waiting') })
  const caption = `Una mesa ${payload('caption')}`
  await release(carla, photoId(report, hashOf(bytes)), { captions: { es: caption, en: caption }, alternatives: { es: caption, en: caption }, credit: `Misión ${payload('credit').slice(0, 100)}` })
})
afterAll(async () => {
  await browser.close()
  await house.stop()
})

async function open(who: Caller | undefined, at: string, options: Parameters<typeof pageOf>[3] = {}): Promise<Page> {
  const opened = await pageOf(browser, house, who ?? house.nobody, { at, ...options })
  opened.page.on('request', (request) => asked.add(new URL(request.url()).origin))
  opened.page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); void dialog.dismiss() })
  // An app that has just begun may be on its way to another of its pages.
  await opened.page.waitForLoadState('networkidle')
  await opened.page.reload()
  return Object.assign(opened.page, { faults: opened.faults })
}

/** The text is on the page as it was written, and nothing of it became an element or ran. */
async function expectPlain(page: Page, where: string): Promise<void> {
  await page.getByText(`onerror="window.ran='${where}'"`).or(page.getByText(`onerror='window.ran='${where}''`)).first().waitFor({ timeout: 120_000 })
  expect(await page.evaluate(() => ({ ran: (window as { ran?: string }).ran ?? null, planted: document.querySelectorAll('img[src="x"], [onerror]').length }))).toEqual({ ran: null, planted: 0 })
}

test('[R227] the room, the report, the people and the wall show scripts as text, and the phone runs none', async () => {
  const room = await open(carla, '/room/')
  await untilLive(room)
  await expectPlain(room, 'station')
  await room.goto(`${house.address}/room/reports/${report}`)
  for (const where of ['words', 'station', 'observer', 'verdict']) await expectPlain(room, where)
  const people = await open(lead, '/room/people')
  for (const where of ['observer', 'coordinator']) await expectPlain(people, where)
  const wall = await open(press, '/press/')
  await wall.getByRole('link').filter({ hasText: 'onerror' }).or(wall.getByRole('button').filter({ hasText: 'onerror' })).or(wall.getByText("window.ran='caption'")).first().click()
  await expectPlain(wall, 'caption')
  const list = await open(ana, '/observer/', phone)
  await list.getByRole('heading').first().waitFor()
  expect(await list.evaluate(() => (window as { ran?: string }).ran ?? null)).toBeNull()
  // Blob and data addresses are the page's own.
  expect([...asked].filter((origin) => origin !== 'null')).toEqual([house.address])
  expect(faults).toEqual([])
  for (const page of [room, people, wall, list]) await page.context().close()
})
