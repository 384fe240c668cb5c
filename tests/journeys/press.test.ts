import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { photoId } from '../../shared/photos.ts'
import { fileReportCall } from '../../shared/reports.ts'
import { type Release, retractCall } from '../../shared/press.ts'
import { cuttable, desktop, openShell, pageOf } from '../support/browser.ts'
import { watchedPages } from '../support/watched.ts'
import { judge, phonePicture, release, reportWithPicture, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file, hashOf, sendOriginal, statementOf } from '../support/reports.ts'
import { axeFaults } from '../support/screen-checks.ts'

// What press was promised, in a real browser: what is released is there at once, what is withdrawn leaves at once, and what is taken is complete.

let house: TestHouse
let browser: Browser
let ana: Caller
let carla: Caller
let press: Caller
let lead: Caller
let seed = 5000

beforeAll(async () => {
  house = await startHouse({ exercise: true })
  browser = await openShell()
  ana = await house.person('observer', { name: 'Ana Canaria' })
  carla = await house.person('coordinator', { name: 'Carla' })
  press = await house.person('press', { name: 'Paula' })
  lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
const keep = watchedPages(() => ({ browser, house }))

async function deskOf(caller: Caller, at = '/press/', options: BrowserContextOptions = {}): Promise<Page> {
  const page = keep(await pageOf(browser, house, caller, { ...desktop, permissions: ['clipboard-read', 'clipboard-write'], at, ...options }))
  return page
}

const seenAt = (instant: string) => ({ times: { observedAt: instant, finishedAt: instant, zone: 'America/El_Salvador' } })
const alternativesOf = (name: string) => ({ es: `Mesa ${name} con papeletas.`, en: `Table ${name} with ballot papers.` })

/** Releases a new picture that is told by its name in the alternative text. */
async function releaseNew(name: string, given: Parameters<typeof verifiedPicture>[4] = {}, texts: Partial<Release> = {}): Promise<string> {
  const { photo } = await verifiedPicture(house, ana, [carla], seed++, { station: 'CE-01', ...given })
  return release(carla, photo, { alternatives: alternativesOf(name), ...texts })
}

const retract = (id: string) => lead.call(retractCall, { id, reason: 'Wrong place' })
const pictureOf = (page: Page, name: string) => page.getByRole('img', { name: `Table ${name} with ballot papers.` })
const drawnNow = (page: Page) => page.locator('[data-picture]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-picture')))
const isLive = (page: Page) => page.locator('[data-state="live"]').waitFor()
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('an empty wall says what will come; the first picture comes by itself, by socket', async () => {
  const page = await deskOf(press)
  await page.getByText('No picture has been released yet').waitFor()
  await page.getByText('Exercise', { exact: true }).waitFor()
  await isLive(page)
  expect(await axeFaults(page)).toEqual([])
  const asked: string[] = []
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname))
  const id = await releaseNew('first', { words: 'The canary words.' })
  await pictureOf(page, 'first').waitFor()
  expect(asked).not.toContain('/api/live/changes')
  expect(await drawnNow(page)).toEqual([id])
  await page.getByText('1 picture', { exact: true }).first().waitFor()
  const card = page.locator(`[data-picture="${id}"]`)
  await card.getByText('Verified by one person of the mission.').waitFor()
  await card.getByText(/^La Libertad, after midday, Sunday,? 28 February 2027/).waitFor()
  const text = await page.locator('body').innerText()
  for (const secret of ['canary words', 'Ana Canaria', 'Escuela Canaria', 'Zaragoza', 'CE-01', 'R-']) expect(text).not.toContain(secret)
})

describe('a withdrawn picture', () => {
  test('leaves wall and opened page at once, says so first, and its address answers as one that never was', async () => {
    const id = await releaseNew('withdrawn')
    const stays = await releaseNew('stays')
    const [wall, opened] = [await deskOf(press), await deskOf(press, `/press/${id}`)]
    await pictureOf(wall, 'withdrawn').waitFor()
    await opened.getByRole('complementary').getByRole('img').waitFor()
    await Promise.all([isLive(wall), isLive(opened)])

    await retract(id)
    for (const page of [wall, opened]) {
      await page.getByRole('alert').getByText('This picture was withdrawn: do not use it').first().waitFor()
      await page.waitForFunction((gone) => !document.documentElement.innerHTML.includes(`/api/releases/${gone}/image`), id)
      expect(await drawnNow(page)).toContain(stays)
      expect(await drawnNow(page)).not.toContain(id)
    }
    expect(await axeFaults(opened)).toEqual([])
    expect(await opened.getByRole('button', { name: /Download full size/ }).count()).toBe(0)
    await wall.getByRole('button', { name: 'Seen' }).click()
    expect(await wall.getByRole('alert').count()).toBe(0)

    // From this very page, with the session's cookie, whatever is asked.
    const statuses = await opened.evaluate(async (address) => {
      const asks: RequestInit[] = [{}, { method: 'HEAD' }, { headers: { Range: 'bytes=0-99' } }, { headers: { 'If-None-Match': '*' } }, { cache: 'force-cache' }, { cache: 'only-if-cached', mode: 'same-origin' }]
      return Promise.all(asks.map((ask) => fetch(address, ask).then((answer) => answer.status, () => 'no answer')))
    }, `/api/releases/${id}/image?size=wall`)
    expect(statuses.slice(0, 5)).toEqual([404, 404, 404, 404, 404])
    expect([504, 'no answer']).toContain(statuses[5])

    await opened.reload()
    await opened.getByText('There is no such picture').waitFor()
  })

  test('takes with it what was said of its file, and nothing that was said of another', async () => {
    const [id, other] = [await releaseNew('taken'), await releaseNew('kept')]
    const page = await deskOf(press, `/press/${other}`)
    const take = async (of: string) => {
      await takenBy(page, page.getByRole('complementary').getByRole('button', { name: /Download full size/ }))
      const said = page.getByText(`veedor-${of}.jpg is coming down.`)
      await said.waitFor()
      return said
    }
    await isLive(page)
    // Nothing ends by itself here: what goes is taken away.
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 1000)
    const stays = await take(other)
    await pictureOf(page, 'taken').click()
    await page.waitForURL(`**/press/${id}`)
    const goes = await take(id)
    await retract(id)
    await goes.waitFor({ state: 'detached' })
    expect(await stays.count()).toBe(1)
  })

  test('that was on a screen without connection leaves it when it is back; meanwhile the screen says that it may not know', async () => {
    const id = await releaseNew('offline')
    const page = await deskOf(press, '/join')
    const cut = await cuttable(page)
    await page.goto(`${house.address}/press/`)
    await pictureOf(page, 'offline').waitFor()
    await isLive(page)
    await cut()
    await page.getByText(/No connection with headquarters since/).waitFor()
    await page.getByText(/this screen would not know/).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await retract(id)
    await page.context().setOffline(false)
    await page.getByRole('alert').getByText('This picture was withdrawn: do not use it').waitFor()
    await isLive(page)
    expect(await drawnNow(page)).not.toContain(id)
    expect(await page.getByText(/No connection with headquarters/).count()).toBe(0)
  })
})

test('while one reads further down, nothing moves: what is new waits behind a button', async () => {
  for (let at = 0; at < 8; at++) await releaseNew(`row${at}`)
  const page = await deskOf(press)
  await pictureOf(page, 'row7').waitFor()
  await isLive(page)
  await page.locator('#wall').evaluate((wall) => wall.scrollTo({ top: wall.scrollHeight }))
  const before = await drawnNow(page)
  const ids = [await releaseNew('new-one'), await releaseNew('new-two')]
  const button = page.getByRole('button', { name: '2 new' })
  await button.waitFor()
  expect(await drawnNow(page)).toEqual(before)
  await button.click()
  await pictureOf(page, 'new-two').waitFor()
  expect(await drawnNow(page)).toEqual([...ids.reverse(), ...before])
  expect(await button.count()).toBe(0)
})

test('words, place and day are searched, stand in the address, and find the same again', async () => {
  const far = await releaseNew('far', { station: 'CE-03', table: null, ...seenAt('2027-03-02T03:00:00.000Z') }, { alternatives: { es: 'El papelógrafo zeta.', en: 'Table far with ballot papers.' } })
  const near = await releaseNew('near', seenAt('2027-03-02T15:00:00.000Z'))
  const page = await deskOf(press)
  await pictureOf(page, 'near').waitFor()
  const onlyFar = () => page.waitForFunction((id) => [...document.querySelectorAll('[data-picture]')].map((card) => card.getAttribute('data-picture')).join() === id, far)

  await page.keyboard.press('/')
  await page.keyboard.type('PAPELOGRAFO')
  await onlyFar()
  await page.waitForURL(/words=PAPELOGRAFO/)
  await page.keyboard.press('Escape')
  await pictureOf(page, 'near').waitFor()

  await page.getByLabel('Place').selectOption('San Miguel')
  await onlyFar()
  await page.getByText(/^1 of \d+ pictures$/).waitFor()
  await page.getByLabel('Place').selectOption('')
  await page.getByLabel('Day').selectOption('2027-03-02')
  await page.waitForFunction((id) => [...document.querySelectorAll('[data-picture]')].map((card) => card.getAttribute('data-picture')).join() === id, near)
  expect(new URL(page.url()).search).toBe('?day=2027-03-02')
  await page.getByLabel('Day').selectOption('2027-03-01')
  await onlyFar()

  // What is released meanwhile and is not of this search stays out of it, and is counted.
  await isLive(page)
  const [, all = ''] = /^1 of (\d+)/.exec(await page.getByText(/^1 of \d+ pictures$/).innerText()) ?? []
  await releaseNew('elsewhere')
  await page.getByText(`1 of ${Number(all) + 1} pictures`).waitFor()
  await onlyFar()

  await page.reload()
  await onlyFar()
  await page.getByLabel('Find pictures').fill('zzz')
  await page.getByText('No released picture matches').waitFor()
  expect(await axeFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Show all pictures' }).click()
  await pictureOf(page, 'elsewhere').waitFor()
  expect(new URL(page.url()).search).toBe('')
})

/** The file that a button brings, under its name. */
async function takenBy(page: Page, button: Locator) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: download.suggestedFilename(), ...(await sharp(await readFile(await download.path())).raw().toBuffer({ resolveWithObject: true })) }
}

/** One names the mission, as those that are proposed do; the other does not. */
const kitCaptions = { en: 'Ballot papers lie on a table, before midday on Sunday, 28 February 2027.', es: 'Papeletas en una mesa, antes del mediodía del domingo 28 de febrero de 2027. (Misión de prueba.)' }

test('one picture with all that is published with it: texts are copied as they are, in either language; the file comes under its public name', async () => {
  const { photo } = await verifiedPicture(house, ana, [carla], seed++, { station: 'CE-01', ...seenAt('2027-02-28T15:20:00.000Z') })
  const id = await release(carla, photo, { alternatives: alternativesOf('kit'), covers: [{ left: 100, top: 80, width: 60, height: 60, what: 'face' }], captions: kitCaptions })
  const page = await deskOf(press)
  await pictureOf(page, 'kit').click()
  await page.waitForURL(`**/press/${id}`)
  const panel = page.getByRole('complementary')
  await panel.getByText(/before midday, Sunday,? 28 February 2027/).waitFor()
  await panel.getByText('Parts of it, by the mission').waitFor()
  await panel.getByText('400 × 300 px').first().waitFor()
  expect(await axeFaults(page)).toEqual([])

  const caption = await panel.getByText(/^Exercise\. .*before midday on Sunday, 28 February 2027/).innerText()
  await panel.getByText(`${caption.length} characters`).waitFor()
  const taking = [
    ['Copy caption', caption, 'Caption copied.'], ['Copy with credit', `${caption}\nMisión de prueba`, 'Caption and credit copied.'], ['Copy text', 'Table kit with ballot papers.', 'Alternative text copied.'],
    ['Copy sentence', 'Verified by one person of the mission.', 'Sentence copied.'], ['Copy credit', 'Misión de prueba', 'Credit copied.'],
  ] as const
  for (const [button, text, said] of taking) {
    await panel.getByRole('button', { name: button }).click()
    await page.getByText(said).first().waitFor()
    expect(await copied(page)).toBe(text)
  }
  await panel.getByText('Español').click()
  await panel.getByText(`Ejercicio. ${kitCaptions.es}`).waitFor()
  // Its tab is told from those of other pictures.
  await expect.poll(() => page.title()).toMatch(/^Ejercicio\. .+ · Press desk · /)
  // Never the credit twice: where the caption names it, there is one thing to copy.
  await panel.getByRole('button', { name: 'Copy caption' }).click()
  await expect.poll(() => copied(page)).toBe(`Ejercicio. ${kitCaptions.es}`)
  expect(await panel.getByRole('button', { name: 'Copy with credit' }).count()).toBe(0)
  await panel.getByRole('button', { name: 'Copy text' }).click()
  await expect.poll(() => copied(page)).toBe('Mesa kit con papeletas.')
  expect(await page.locator(`[data-picture="${id}"]`).innerText()).toContain('Ejercicio.')

  const { name, data, info } = await takenBy(page, panel.getByRole('button', { name: /Download full size/ }))
  expect([name, info.width, info.height]).toEqual([`veedor-${id}.jpg`, 400, 300])
  // Solid where it was covered.
  const inside = [110, 130, 150].map((x) => [...data.subarray((110 * info.width + x) * info.channels, (110 * info.width + x) * info.channels + 3)].join())
  expect(new Set(inside).size).toBe(1)
  // No larger than the web size: one choice, which says so.
  await panel.getByText('this is the web size too').waitFor()
  expect(await panel.getByRole('button', { name: /Web size/ }).count()).toBe(0)
})

test('a picture that is larger than the web shows it comes in two sizes', async () => {
  const bytes = await phonePicture(seed++, [2000, 1500])
  const { id: report } = await file(house, ana, { station: 'CE-01', table: '77119', pictures: [bytes] })
  await sendOriginal(ana, report, bytes)
  await house.picturesDone()
  await judge(house, carla, report)
  const id = await release(carla, photoId(report, hashOf(bytes)), { alternatives: alternativesOf('large') })
  const page = await deskOf(press, `/press/${id}`)
  const panel = page.getByRole('complementary')
  for (const [button, name, width] of [[/Download full size/, `veedor-${id}.jpg`, 2000], [/Web size/, `veedor-${id}-web.jpg`, 1600]] as const) {
    await panel.getByText(`${width} × ${width * 0.75} px`).waitFor()
    const taken = await takenBy(page, panel.getByRole('button', { name: button }))
    expect([taken.name, taken.info.width, taken.info.height]).toEqual([name, width, width * 0.75])
  }
  expect(await panel.getByText('this is the web size too').count()).toBe(0)
})

test('everything is reached by keys; the focus goes to the picture that was opened and comes back', async () => {
  const [older, newer] = [await releaseNew('older'), await releaseNew('newer')]
  const page = await deskOf(press)
  await pictureOf(page, 'newer').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/press/${older}`)
  await page.keyboard.press('ArrowLeft')
  await page.waitForURL(`**/press/${newer}`)
  await page.getByRole('complementary').getByText(/^1 of \d+$/).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('d')])
  expect(download.suggestedFilename()).toBe(`veedor-${newer}.jpg`)
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Download full size').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.getByRole('complementary').waitFor({ state: 'detached' })
  expect(new URL(page.url()).pathname).toBe('/press/')
  await page.waitForFunction((id) => document.activeElement?.closest('[data-picture]')?.getAttribute('data-picture') === id, newer)
})

test('what is not released cannot be had: not by guessing an address, and nothing of it comes over the socket', async () => {
  const page = await deskOf(press)
  await isLive(page)
  const frames: string[] = []
  // A second page, so that every frame of its socket is heard from its first on.
  const listening = await deskOf(press, '/join')
  listening.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void frames.push(String(payload))))
  await listening.goto(`${house.address}/press/`)
  await isLive(listening)
  const { report, photo, bytes } = await reportWithPicture(house, ana, seed++, { station: 'CE-01', words: 'Unreleased canary.' })
  await judge(house, carla, report)
  const statement = await statementOf(house, ana, { words: 'Another canary.' })
  await ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })
  const marker = await releaseNew('marker')
  await pictureOf(listening, 'marker').waitFor()
  const heard = frames.join('\n')
  expect(heard).toContain(marker)
  for (const secret of [report, statement.id, photo, hashOf(bytes), 'canary', ana.id, carla.id, 'Ana']) expect(heard).not.toContain(secret)

  const guesses = [report, randomUUID()].flatMap((id) => [`/api/releases/${id}/image?size=wall`, `/api/releases/${id}/image?size=web`])
  const addresses = [...guesses, `/api/photos/${photo}/image?size=screen`, `/api/photos/${photo}/image?size=full`, `/api/downloads/${hashOf(bytes)}`, `/originals/${hashOf(bytes)}`, `/renditions/${hashOf(bytes)}`]
  const answers = await page.evaluate((list) => Promise.all(list.map((address) => fetch(address).then((answer) => answer.status))), addresses)
  for (const status of answers) expect([403, 404]).toContain(status)
})

describe('whose desk it is', () => {
  test('an observer is told that it is not theirs, and where their own app is', async () => {
    const page = await deskOf(ana)
    await page.getByRole('heading', { name: 'The press desk is not yours' }).waitFor()
    expect(await page.getByRole('link', { name: 'To your app' }).getAttribute('href')).toBe('/observer/')
    expect(await page.evaluate(() => fetch('/api/releases').then((answer) => answer.status))).toBe(403)
    expect(await page.locator('img').count()).toBe(0)
    expect(await axeFaults(page)).toEqual([])
  })

  test('a coordinator may look at what press sees, and goes back to the room', async () => {
    await releaseNew('for-all')
    const page = await deskOf(carla)
    await pictureOf(page, 'for-all').waitFor()
    expect(await page.getByRole('link', { name: 'To the room' }).getAttribute('href')).toBe('/room/')
  })

  test('a session that ends takes its pictures off the screen', async () => {
    const paula = await house.person('press', { name: 'Raúl' })
    await releaseNew('ending')
    const page = await deskOf(paula)
    await pictureOf(page, 'ending').waitFor()
    await isLive(page)
    await page.evaluate(() => fetch('/api/leave', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }))
    await page.getByRole('heading', { name: 'Press desk' }).waitFor()
    await page.getByText('Your session has ended').waitFor()
    expect(await page.locator('main img').count()).toBe(0)
    // It does not look for a connection any more, nor counts what it has not.
    expect(await page.locator('header [data-tone]').count()).toBe(0)
  })
})

test('a picture further down than the wall has come is opened by its address', async () => {
  const id = await releaseNew('deep', { words: '' })
  await file(house, ana)
  const page = await deskOf(press, `/press/${id}?place=San+Miguel`)
  await page.getByRole('complementary').getByRole('img', { name: 'Table deep with ballot papers.' }).waitFor()
  expect(await page.locator(`[data-picture="${id}"]`).count()).toBe(0)
})
