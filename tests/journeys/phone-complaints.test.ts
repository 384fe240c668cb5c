import { afterAll, beforeAll, expect, test } from 'vitest'
import { getReportCall } from '../../shared/reports.ts'
import { patient } from '../support/browser.ts'
import { awaited, holding, isPiece } from '../support/bad-network.ts'
import type { Fate } from '../support/bad-network.ts'
import { untilKept } from '../support/kept-phone.ts'
import { openStand } from '../support/phone-stand.ts'
import type { Stand } from '../support/phone-stand.ts'

// What users of neighbouring systems complained of, on a phone whose network, browser or owner does what others' did.

let stand: Stand
beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand.close())

const button = (name: string) => stand.page.getByRole('button', { name, exact: true })

/** Closes the app and opens it anew in a page for which `prepare` ran before anything else did. */
async function reopen(prepare: () => void): Promise<void> {
  const page = await stand.phone.context.newPage()
  await page.addInitScript(prepare)
  await stand.page.close()
  stand.page = page
}
/** The line is there again, and the phone hears of it. */
async function restore(): Promise<void> {
  stand.network.cut(false)
  await stand.phone.context.setOffline(true)
  await stand.phone.context.setOffline(false)
}
const address = () => `${stand.network.address}/observer/`

test('[R410] [lesson 2] saved without a network and without a position, its place described in words: it is sent as it is, can be corrected afterwards, and until it is there the app’s icon says so', async () => {
  const { network, phone, desk } = stand
  await untilKept(stand.page)
  await phone.context.clearPermissions()
  await reopen(() => {
    const shown: number[] = []
    Object.assign(globalThis, { shown })
    Object.assign(navigator, { setAppBadge: (left: number) => Promise.resolve(void shown.push(left)), clearAppBadge: () => Promise.resolve(void shown.push(0)) })
  })
  const { page } = stand
  const onIcon = () => page.evaluate(() => (Reflect.get(globalThis, 'shown') as number[]).at(-1))
  network.cut(true)
  await page.goto(address())
  await button('Sin foto').tap()
  await page.waitForURL(/draft=/)
  const id = new URL(page.url()).searchParams.get('draft') ?? ''
  await page.getByRole('region', { name: 'Elegir lugar', exact: true }).getByRole('button').first().tap()
  await page.getByText('Calle, bodega, junta municipal').tap()
  await button('Usar otro lugar').tap()
  await page.locator('[data-category]').first().tap()
  await page.getByLabel('Palabras').fill('Calle abajo de la iglesia, casa verde.')
  await button('Guardar').tap()
  await page.locator(`[data-report="${id}"]`).waitFor()
  await stand.delivery('silent')
  stand.finished.push({ id, pictures: [] })
  await expect.poll(onIcon, patient).toBe(1)

  await restore()
  await stand.untilWhole()
  await expect.poll(onIcon, patient).toBe(0)
  const there = async () => (await desk.call(getReportCall, { id })).reply
  expect(await there()).toMatchObject({ position: null, line: { station: null }, words: 'Calle abajo de la iglesia, casa verde.' })
  await page.locator(`[data-report="${id}"]`).tap()
  await button('Corregir lo que dice').tap()
  await page.getByLabel('Palabras').fill('Calle arriba de la iglesia, casa verde.')
  await button('Guardar corrección').tap()
  await page.locator('[data-amended=correction]').waitFor()
  await expect.poll(async () => (await there()).words, patient).toBe('Calle arriba de la iglesia, casa verde.')
  await button('Atrás').tap()
  await phone.context.grantPermissions(['geolocation'])
})

test('[R411] [lesson 8] Save pressed again and again saves once, sends once, and leaves its owner in the app', async () => {
  const { page, network } = stand
  const held = holding(network, ({ method, path }) => method === 'PUT' && /^\/api\/reports\/[^/]+$/.test(path))
  const { path, sha256 } = await stand.picture(20, [1600, 1200])
  const before = await page.locator('[data-report]').count()
  const chooser = page.waitForEvent('filechooser')
  await button('Cámara').tap()
  await (await chooser).setFiles(path)
  await page.waitForURL(/draft=/)
  const id = new URL(page.url()).searchParams.get('draft') ?? ''
  await page.locator('[data-category]').first().tap()
  await page.evaluate((report) => {
    const { put } = IDBObjectStore.prototype
    let saved = 0
    IDBObjectStore.prototype.put = function (value: { id?: string }, ...key) {
      if (this.name === 'filed' && value.id === report) document.body.dataset['saved'] = String((saved += 1))
      return put.call(this, value, ...key)
    }
  }, id)
  await button('Guardar').evaluate(async (save: HTMLElement) => {
    for (let press = 0; press < 3; press += 1) {
      save.click()
      await Promise.resolve()
    }
  })
  await held.came
  await page.locator(`[data-report="${id}"]`).waitFor()
  await page.waitForURL((url) => url.pathname === '/observer/' && !url.searchParams.has('draft'))
  await button('Sin foto').waitFor()
  expect(await page.locator('[data-report]').count()).toBe(before + 1)
  expect(await page.locator('body').getAttribute('data-saved')).toBe('1')
  stand.finished.push({ id, pictures: [sha256] })
  held.letGo()
  await stand.untilWhole()
  expect(await page.locator('[data-draft]').count()).toBe(0)
})

test('[R256] [lesson 21] a report with three pictures of which every word and every byte comes twice is one report, and each picture is there once', async () => {
  const { network, desk } = stand
  network.decide = ({ method }): Fate | undefined => (method === 'GET' || method === 'HEAD' ? undefined : { kind: 'repeat' })
  const { id, pictures } = await stand.file({ files: await Promise.all([21, 22, 23].map(async (seed) => (await stand.picture(seed, [300, 240])).path)) })
  await stand.untilWhole()
  network.decide = () => undefined
  const { photos, history } = (await desk.call(getReportCall, { id })).reply
  expect(photos.map(({ sha256 }) => sha256).sort()).toEqual([...pictures].sort())
  expect(history.map(({ kind }) => kind).filter((kind) => kind === 'report.filed')).toHaveLength(1)
})

/** How quick the line was is forgotten with the page: its pieces are small again. */
const freshPage = () => stand.page.reload()

/** What follows this piece goes on in the same upload, where the piece began at the earliest. */
function goesOnFrom(at: number): void {
  const [cut, ...after] = stand.network.pieces.slice(at)
  expect(cut?.offset).toBeGreaterThan(0)
  expect(after.length).toBeGreaterThan(0)
  for (const { upload, offset } of after) expect([upload, offset >= (cut?.offset ?? 0)]).toEqual([cut?.upload, true])
}

test('[R250] [lesson 23] a call comes in the middle of a picture: the page stands still, the line is gone meanwhile, and afterwards it goes on where it was', async () => {
  const { network } = stand
  await freshPage()
  let pieces = 0
  const held = holding(network, (asked) => isPiece(asked) && (pieces += 1) === 3)
  await stand.file({ files: [(await stand.picture(24, [1600, 1200])).path] })
  await held.came
  const before = network.pieces.length
  await stand.whileStill(async () => {
    network.cut(true)
    held.letGo()
    await expect.poll(() => network.pieces.length, patient).toBe(before + 1)
    network.cut(false)
  })
  await stand.untilWhole()
  goesOnFrom(before)
})

test('[R408] of what arrived before the browser was killed, one piece at most is sent again', async () => {
  const { network } = stand
  await freshPage()
  const came = awaited()
  let [pieces, cutAt] = [0, 0]
  network.decide = (asked): Fate | undefined => {
    if (!isPiece(asked) || (pieces += 1) < 3) return undefined
    if (pieces === 3) cutAt = network.pieces.length
    came.tell()
    return { kind: 'cut', afterBytes: Math.floor(asked.sizeBytes / 2) }
  }
  await stand.file({ files: [(await stand.picture(25, [1600, 1200])).path] })
  await came.come
  await stand.kill()
  network.decide = () => undefined
  await stand.open()
  await stand.untilWhole()
  goesOnFrom(cutAt)
})

test('[R409] a phone that is opened again sends at once: no timer of a second or more has to run down first', async () => {
  const { network } = stand
  network.cut(true)
  const { id } = await stand.file()
  await stand.delivery('silent')
  await reopen(() => {
    const timer = globalThis.setTimeout
    const short = (run: () => void, milliseconds = 0) => (milliseconds < 1000 ? timer(run, milliseconds) : 0)
    Object.assign(globalThis, { setTimeout: short, setInterval: () => 0 })
  })
  network.cut(false)
  const sent = stand.page.waitForRequest((request) => request.method() === 'PUT' && request.url().endsWith(`/api/reports/${id}`), patient)
  await stand.page.goto(address())
  await sent
  await stand.page.reload()
  await stand.untilWhole()
})

test('[R253] where the browser sends nothing for a closed page, the phone says to keep it open, what is to go and about how long that takes', async () => {
  await reopen(() => void Reflect.deleteProperty(globalThis, 'SyncManager'))
  const session = await stand.phone.context.newCDPSession(stand.page)
  const slow = (uploadThroughput: number) => session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
  await stand.page.goto(address())
  await slow(50_000)
  await stand.file({ files: await Promise.all([26, 27].map(async (seed) => (await stand.picture(seed, [1600, 1200])).path)) })
  await stand.page.locator('[data-advice=to_go]').getByText(/^Deje Veedor abierto: faltan 2 fotos, cerca de \d+ min\.$/).waitFor(patient)
  await slow(-1)
  await stand.untilWhole()
})
