import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { patient } from '../support/browser.ts'
import { holding, isPiece } from '../support/bad-network.ts'
import type { Asked, Fate } from '../support/bad-network.ts'
import { keptOn } from '../support/kept-phone.ts'
import { openStand } from '../support/phone-stand.ts'
import type { Stand } from '../support/phone-stand.ts'

// What stands between a phone and its headquarters, and the windows of one phone between them.

let stand: Stand

beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand.close())

const advice = (page: Page, name: string) => page.locator(`[data-advice=${name}]`)
const foreign: Fate = { kind: 'answer', status: 404, type: 'text/html', body: '<!doctype html><title>WiFi</title>No encontrado' }
const isBegun = ({ method, path }: Asked) => method === 'POST' && path === '/api/uploads'
const isHow = ({ method }: Asked) => method === 'HEAD'

describe('a page of a hotel’s network', () => {
  test.each([['whatever is asked', () => true], ['how far an original is', isHow]])('[R425] [lesson 6] that answers 404 to %s amid an original takes nothing of it away: what was sent is not sent again', async (_, answersTo: (asked: Asked) => boolean) => {
    const { network } = stand
    // How quick the line was before is forgotten with the page: small pieces first.
    await stand.page.reload()
    const { path, bytes } = await stand.picture(answersTo === isHow ? 71 : 72, [2400, 1800])
    const [askedBefore, piecesBefore] = [network.asked.length, network.pieces.length]
    let [pieces, foreignHow] = [0, 0]
    network.decide = (asked): Fate | undefined => {
      if (isPiece(asked)) pieces += 1
      // The third is cut, and whoever sends it once more by itself is cut again.
      if (pieces < 3 || !asked.path.startsWith('/api/') || foreignHow === 3) return undefined
      if (isHow(asked)) foreignHow += 1
      return answersTo(asked) ? foreign : isPiece(asked) ? { kind: 'cut', afterBytes: 1000 } : undefined
    }
    await stand.file({ files: [path] })
    await expect.poll(() => [pieces >= 3, foreignHow], patient).toEqual([true, 3])
    const [kept] = (await filedOn(stand.page)).filter(({ photos }) => photos.some((photo) => photo.upload))
    expect(kept?.photos[0]?.upload?.offset).toBeLessThan(bytes.length / 2)
    await stand.untilWhole()
    network.decide = () => undefined
    expect(network.asked.slice(askedBefore).filter(isBegun)).toHaveLength(1)
    const sent = network.pieces.slice(piecesBefore)
    expect(sent.reduce((sum, { arrivedBytes }) => sum + arrivedBytes, 0) - bytes.length).toBeLessThanOrEqual(Math.max(...sent.map(({ sizeBytes }) => sizeBytes)))
  })

  test('[R425] that says to have made an upload is not believed', async () => {
    const { network } = stand
    const invented = 'ab'.repeat(16)
    let told = 0
    network.decide = (asked) => (isBegun(asked) && told++ === 0 ? { kind: 'answer', status: 201, body: '', headers: { location: `/api/uploads/${invented}` } } : undefined)
    await stand.file({ files: [(await stand.picture(73)).path] })
    await stand.untilWhole()
    network.decide = () => undefined
    expect(network.asked.filter(({ path }) => path.endsWith(invented))).toEqual([])
    expect(told).toBe(2)
  })
})

type Kept = { photos: { upload: { offset: number } | null }[] }
const filedOn = (page: Page): Promise<Kept[]> => page.evaluate(() => new Promise<Kept[]>((done) => {
  const opened = indexedDB.open('veedor')
  opened.onsuccess = () => {
    const all = opened.result.transaction('filed').objectStore('filed').getAll() as IDBRequest<Kept[]>
    all.onsuccess = () => { opened.result.close(); done(all.result) }
  }
}))

describe('two windows of one phone', () => {
  const withOther = async (act: (other: Page) => Promise<void>): Promise<void> => {
    const other = await stand.phone.context.newPage()
    await other.goto(`${stand.network.address}/observer/`)
    await other.locator('[data-delivery=delivered]').waitFor(patient)
    await act(other)
    await other.close()
    await stand.page.bringToFront()
  }
  const choose = async (when: string) => {
    await stand.page.bringToFront()
    await stand.page.getByRole('button', { name: 'Menú', exact: true }).tap()
    await stand.page.getByText(when, { exact: true }).tap()
    await stand.page.getByRole('button', { name: 'Atrás', exact: true }).tap()
  }

  test('[R426] a choice about originals that is made in one holds in the other, which sends none of them either', async () => {
    await withOther(async (other) => {
      const { network } = stand
      const before = network.pieces.length
      await choose('Cuando yo diga')
      await expect.poll(() => keptOn(stand.page, 'originals'), patient).toBe('wifi')
      await stand.file({ files: [(await stand.picture(74)).path] })
      await advice(stand.page, 'held').waitFor(patient)
      await advice(other, 'held').waitFor(patient)
      // Each asks whether there is something to send now.
      for (const page of [other, stand.page]) await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/api/my/reports') && answer.ok()), page.evaluate(() => dispatchEvent(new Event('pageshow')))])
      expect(network.pieces.length).toBe(before)
      await choose('Enseguida')
      await stand.untilWhole()
      await advice(other, 'held').waitFor({ ...patient, state: 'detached' })
    })
  })

  test('[R436] "now" that is said in one is followed by the other, which goes on once that one is closed, until everything is there', async () => {
    await withOther(async (other) => {
      const { network } = stand
      await choose('Cuando yo diga')
      await stand.file({ files: [(await stand.picture(80)).path] })
      await advice(stand.page, 'held').waitFor(patient)
      const held = holding(network, isPiece)
      await advice(other, 'held').getByRole('button', { name: 'Enviar ahora' }).tap()
      await advice(stand.page, 'held').waitFor({ ...patient, state: 'detached' })
      await held.came
      await other.close()
      held.letGo()
      await stand.untilWhole()
      await expect.poll(() => keptOn(stand.page, 'originals'), patient).toBe('wifi')
      await choose('Enseguida')
    })
  })

  test('[R434] [lesson 9] both say that it is being sent, and about how long that takes', async () => {
    await withOther(async (other) => {
      const { network } = stand
      const pictures = await Promise.all([75, 76, 77, 78].map(async (seed) => (await stand.picture(seed, [1600, 1200])).path))
      // How quick the line was before is forgotten with the page.
      for (const page of [other, stand.page]) await page.reload()
      network.decide = (asked) => (isPiece(asked) || asked.path.endsWith('/preview') ? { kind: 'delay', milliseconds: 2500 } : undefined)
      await stand.page.bringToFront()
      await stand.file({ files: pictures })
      for (const page of [stand.page, other]) {
        await advice(page, 'to_go').getByText(/cerca de \d+ min/).waitFor(patient)
        await page.locator('[data-delivery=sending]').waitFor(patient)
      }
      network.decide = () => undefined
      await stand.untilWhole()
    })
  })
})

describe('a line', () => {
  test('[R446] [lesson 20] whose speed the browser judges anew is the same line: no piece on its way is sent again', async () => {
    const { network } = stand
    let letGo = () => {}
    const until = new Promise<void>((done) => { letGo = done })
    let pieces = 0
    network.decide = (asked) => (isPiece(asked) && pieces++ === 0 ? { kind: 'hold', until } : undefined)
    const before = network.asked.length
    await stand.file({ files: [(await stand.picture(79)).path] })
    await expect.poll(() => pieces, patient).toBe(1)
    await stand.page.evaluate(() => void (navigator as Navigator & { connection?: EventTarget }).connection?.dispatchEvent(new Event('change')))
    await Promise.all([stand.page.waitForResponse((answer) => answer.url().endsWith('/api/my/reports') && answer.ok()), stand.page.evaluate(() => dispatchEvent(new Event('pageshow')))])
    letGo()
    await stand.untilWhole()
    network.decide = () => undefined
    const offsets = network.asked.slice(before).filter(isPiece).map(({ offset }) => offset)
    expect(offsets).toEqual([...new Set(offsets)])
  })
})
