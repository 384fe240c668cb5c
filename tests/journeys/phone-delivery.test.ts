import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getReportCall } from '../../shared/reports.ts'
import { openBrowser, pageOf, patient } from '../support/browser.ts'
import { awaited, holding, isPiece, problemAnswer } from '../support/bad-network.ts'
import type { Fate } from '../support/bad-network.ts'
import { untilLive } from '../support/desk-pages.ts'
import { keptOn } from '../support/kept-phone.ts'
import { openStand } from '../support/phone-stand.ts'
import { readWords } from '../support/screen-words.ts'
import type { Stand } from '../support/phone-stand.ts'

let stand: Stand
let browser: Browser

beforeAll(async () => {
  stand = await openStand()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await stand.close()
})

const advice = (name: string) => stand.page.locator(`[data-advice=${name}]`)
const sayNow = () => advice('held').getByRole('button', { name: 'Enviar ahora' }).tap()
const choose = async (when: string) => {
  await stand.page.getByRole('button', { name: 'Menú', exact: true }).tap()
  await stand.page.getByText(when, { exact: true }).tap()
  await stand.page.getByRole('button', { name: 'Atrás', exact: true }).tap()
}

describe('what is under way', () => {
  test('[R250] [lesson 15] a piece that was cut goes on where it arrived, in smaller pieces, and what arrived is not sent again', async () => {
    const { network } = stand
    const { path, bytes } = await stand.picture(1, [2400, 1800])
    const before = network.pieces.length
    const seen: string[] = []
    // The third piece is cut for good, and the fifth: also where the browser sends it once more by itself, else the page would hear of no cut.
    network.decide = (asked): Fate | undefined => {
      if (!isPiece(asked)) return undefined
      const piece = `${asked.path} ${asked.offset} ${asked.sizeBytes}`
      if (!seen.includes(piece)) seen.push(piece)
      return [2, 4].includes(seen.indexOf(piece)) ? { kind: 'cut', afterBytes: Math.floor(asked.sizeBytes / 2) } : undefined
    }
    await stand.file({ files: [path] })
    await stand.untilWhole()
    const sent = network.pieces.slice(before)
    const cut = sent.filter((piece) => piece.arrivedBytes < piece.sizeBytes)
    expect(cut.length).toBeGreaterThanOrEqual(2)
    // A browser sends a request whose connection broke once more by itself, before the page hears of it: one piece, and no more.
    const arrived = sent.reduce((sum, piece) => sum + piece.arrivedBytes, 0)
    expect(arrived - bytes.length).toBeLessThanOrEqual(cut.reduce((sum, piece) => sum + piece.sizeBytes, 0))
    for (const piece of cut) {
      const following = sent.slice(sent.indexOf(piece)).find(({ sizeBytes }) => sizeBytes !== piece.sizeBytes)
      expect(following?.sizeBytes).toBeLessThan(piece.sizeBytes)
      expect(following?.offset).toBeGreaterThan(piece.offset)
    }
  })

  test('[R251] [lesson 16] a newer critical report overtakes an older original amid a piece, also where the line went silent: its text, its small copy and its original go first', async () => {
    const { network } = stand
    const [came, gone] = [awaited(), awaited()]
    let pieces = 0
    // Here the phone never loses patience with a piece by itself.
    await stand.page.evaluate(() => {
      const ring = setTimeout
      Object.assign(window, { setTimeout: (act: () => void, milliseconds = 0) => ring(act, milliseconds < 15_000 ? milliseconds : 600_000) })
    })
    network.decide = (asked) => {
      if (!isPiece(asked) || pieces++ > 0) return undefined
      came.tell()
      return { kind: 'hold', until: gone.come }
    }
    const older = await stand.file({ files: [(await stand.picture(2, [2000, 1500])).path], severity: 'low' })
    await came.come
    const before = network.asked.length
    const newer = await stand.file({ files: [(await stand.picture(3)).path], severity: 'critical' })
    await stand.untilWhole()
    gone.tell()
    network.decide = () => undefined
    await stand.page.reload()
    const order = network.asked.slice(before).filter(({ method }) => method === 'PUT').map(({ path }) => path.replace(/^\/api\/\w+\/([0-9a-f-]{36})(?:\.[0-9a-f]+\/(\w+))?$/, (_, id: string, what = 'text') => `${what} ${id}`))
    expect(order).toEqual([`text ${newer.id}`, `preview ${newer.id}`, `complete ${newer.id}`, `complete ${older.id}`])
  })

  test('[R253] [lesson 9] while it sends, the phone says what is to go and about how long that takes', async () => {
    const session = await stand.phone.context.newCDPSession(stand.page)
    const slow = (uploadThroughput: number) => session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
    const pictures = await Promise.all([41, 42, 43, 44, 45].map(async (seed) => (await stand.picture(seed)).path))
    // How quick the line was before is forgotten with the page.
    await stand.page.reload()
    await slow(20_000)
    await stand.file({ files: pictures })
    await advice('to_go').getByText(/^Faltan [45] fotos, cerca de \d+ min\. Si cierra Veedor, este teléfono sigue cuando puede/).waitFor(patient)
    await slow(-1)
    await stand.untilWhole()
    await advice('to_go').waitFor({ state: 'detached' })
  })
})

describe('originals on Wi-Fi only', () => {
  test('[R252] text and small copy go, the original waits until its owner says so, and that goes for what waits now', async () => {
    const { page, network } = stand
    await choose('Cuando yo diga')
    const before = network.pieces.length
    await stand.file({ files: [(await stand.picture(5)).path] })
    await advice('held').getByText('1 original espera a que usted lo diga').waitFor(patient)
    expect(network.pieces.length).toBe(before)
    await page.reload()
    await sayNow()
    await stand.untilWhole()
    await stand.file({ files: [(await stand.picture(6)).path] })
    await advice('held').waitFor(patient)
  })

  test('[R436] "now" holds after the browser was killed, until everything is there', async () => {
    const held = holding(stand.network, isPiece)
    await sayNow()
    await held.came
    await stand.kill()
    held.letGo()
    await stand.open()
    await stand.untilWhole()
    await stand.file({ files: [(await stand.picture(14)).path] })
    await advice('held').waitFor(patient)
  })

  test('[R252] where the phone says that it is on Wi-Fi, they go by themselves', async () => {
    const { phone, network } = stand
    await phone.context.addInitScript(() => {
      const connection = Object.assign(new EventTarget(), { type: 'cellular' })
      Object.defineProperty(navigator, 'connection', { value: connection })
      addEventListener('test-wifi', () => {
        connection.type = 'wifi'
        connection.dispatchEvent(new Event('change'))
      })
    })
    await stand.page.reload()
    await advice('held').getByText('1 original espera una red Wi-Fi').waitFor(patient)
    const before = network.pieces.length
    await stand.page.evaluate(() => void dispatchEvent(new Event('test-wifi')))
    await stand.untilWhole()
    expect(network.pieces.length).toBeGreaterThan(before)
    await choose('Enseguida')
  })
})

describe('a picture that headquarters refuses', () => {
  test('[R255] [lesson 7] [lesson 19] holds nothing else up: its author reads which one and how large it may be, and sends it again or seals it', async () => {
    const { page, network } = stand
    let refusals = 1
    network.decide = ({ path }) => (path.endsWith('/complete') && refusals-- > 0 ? problemAnswer(413, { problem: 'too_large', limit: 50_000_000 }) : undefined)
    const held = await stand.file({ files: [(await stand.picture(10)).path, (await stand.picture(11)).path] })
    const other = await stand.file({ files: [(await stand.picture(12)).path] })
    await stand.delivery('attention')
    await expect.poll(async () => (await stand.there()).filter(({ id }) => id === held.id || id === other.id).map(({ photosReceived }) => photosReceived), patient).toEqual([1, 1])
    await page.locator(`[data-report="${held.id}"]`).tap()
    await page.getByRole('alert').getByText('Es demasiado grande: a lo sumo 50 MB.').waitFor(patient)
    expect(await page.locator('[data-photo][data-received=true]').count()).toBe(1)
    await page.getByRole('button', { name: 'Sellar en un archivo', exact: true }).waitFor(patient)
    await page.getByRole('button', { name: 'Intentar de nuevo', exact: true }).tap()
    await page.getByRole('button', { name: 'Atrás', exact: true }).tap()
    await stand.untilWhole()
  })
})

describe('a sealed file of unsent work', () => {
  test('[R259] [R262] [R288] [R345] [R368] [lesson 13] [lesson 14] half an hour without a network the phone says that what waits could be cleared; one tap seals it with what was said of it later, a coordinator drops it onto the room, and when the phone has a network again nothing is there twice', async () => {
    const { page, phone, network } = stand
    await expect.poll(() => keptOn(page, 'sealKey'), patient).toBeTruthy()
    network.cut(true)
    const words = 'Por memoria USB'
    const finished = await stand.file({ files: [(await stand.picture(8)).path, (await stand.picture(9)).path], words })
    const { id } = finished
    await stand.delivery('silent')
    const later = await phone.context.newPage()
    await later.addInitScript(() => {
      const now = Date.now
      Date.now = () => now() + 31 * 60_000
      for (const name of ['persist', 'persisted'] as const) navigator.storage[name] = () => Promise.resolve(false)
    })
    await later.goto(`${network.address}/observer/`)
    await later.locator('[data-advice=pressure]').getByRole('button', { name: 'Sellar en un archivo' }).waitFor(patient)
    await later.close()
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await page.locator(`[data-report="${id}"]`).tap()
    await button('Corregir lo que dice').tap()
    await page.getByLabel('Palabras').fill(`${words}, de la mesa nueve`)
    await button('Guardar corrección').tap()
    await page.locator('[data-amended=correction]').waitFor(patient)
    await button('Agregar palabras o fotos').tap()
    const added = await stand.picture(13)
    const chooser = page.waitForEvent('filechooser')
    await button('Galería').tap()
    await (await chooser).setFiles(added.path)
    await page.locator('main img').first().waitFor(patient)
    await button('Guardar agregado').tap()
    await page.locator('[data-amended=addition]').waitFor(patient)
    finished.pictures.push(added.sha256)
    await button('Atrás').tap()
    await page.getByRole('button', { name: 'Menú', exact: true }).tap()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Sellar en un archivo', exact: true }).tap()
    const [name, path] = [(await download).suggestedFilename(), await (await download).path()]
    await page.getByRole('button', { name: 'Atrás', exact: true }).tap()
    const bytes = await readFile(path)
    expect(bytes.includes(words)).toBe(false)

    const { page: room, context, faults } = await pageOf(browser, stand.server(), stand.desk, { at: '/room/', locale: 'es-SV' })
    await untilLive(room)
    const drop = await room.evaluateHandle(({ base64, called }) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], called))
      return data
    }, { base64: bytes.toString('base64'), called: name })
    await room.locator('main').dispatchEvent('drop', { dataTransfer: drop })
    await room.getByText(/^R-\d+ ya está aquí, con 2 fotos\.$/).waitFor(patient)
    await room.getByText(/^La corrección de R-\d+ ya está aquí\.$/).waitFor(patient)
    await room.getByText(/^Lo que se agrega a R-\d+ ya está aquí, con 1 foto\.$/).waitFor(patient)
    await room.getByLabel('Un archivo sellado de un teléfono').last().setInputFiles({ name: 'x.veedor', mimeType: 'application/octet-stream', buffer: Buffer.from('nada') })
    await room.getByText('No es un archivo sellado').waitFor(patient)
    await room.goto(new URL(`/room/reports/${id}`, room.url()).href)
    await room.getByText(/ presentó el informe: lo trajo .+ en un archivo sellado$/).waitFor(patient)
    await room.getByText(/ lo corrigió: lo trajo .+ en un archivo sellado$/).waitFor(patient)
    expect(faults).toEqual([])
    await context.close()
    expect((await stand.there()).filter((one) => one.id === id)).toMatchObject([{ photosReceived: 3 }])
    const { versions, ...there } = (await stand.desk.call(getReportCall, { id })).reply
    expect(there).toMatchObject({ signed: 'signed', filedBy: null, setAsideFor: null, words: `${words}, de la mesa nueve` })
    expect(versions.map((one) => [one.type, one.signed])).toEqual([['report', 'signed'], ['correction', 'signed'], ['addition', 'signed']])
    const [askedBefore, piecesBefore] = [network.asked.length, network.pieces.length]
    network.cut(false)
    await stand.untilWhole()
    // What the file brought is asked about once a picture, and none of its bytes come again.
    const asked = network.asked.slice(askedBefore)
    expect([asked.filter(({ method, path: where }) => method === 'POST' && where === '/api/uploads').length, network.pieces.slice(piecesBefore).reduce((sum, { arrivedBytes }) => sum + arrivedBytes, 0)]).toEqual([3, 0])
    expect(phone.faults).toEqual([])
  })
})

describe('50 pictures', () => {
  test('[R257] [lesson 5] [lesson 20] [lesson 26] taken while the line hardly carries anything, the page killed twice: all arrive without a tap', async () => {
    // The first report has more than the 5 MB beyond which others kept nothing.
    const made = await Promise.all(Array.from({ length: 50 }, (_, at) => stand.picture(100 + at, at < 10 ? [1200, 900] : [640, 480])))
    expect(made.slice(0, 10).reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(5_000_000)
    const pictures = made.map(({ path }) => path)
    // The line is as slow as can be: nothing but what was let through goes on.
    const takes = async (from: number, until: number) => {
      for (let at = from; at < until; at += 10) await stand.file({ files: pictures.slice(at, at + 10) })
    }
    let held = holding(stand.network, isPiece)
    await takes(0, 20)
    await held.came
    await stand.kill()
    held.letGo()
    held = holding(stand.network, isPiece)
    await stand.open()
    await held.came
    await takes(20, 40)
    await stand.nothingLost()
    await stand.kill()
    held.letGo()
    await stand.open()
    await takes(40, 50)
    await stand.untilWhole()
  })
})

describe('a line that never lasts long', () => {
  test('[R311] a small copy for which the line never lasts long enough is sent smaller, and holds no original up (lesson 20)', async () => {
    const { network } = stand
    const { path } = await stand.picture(9, [1600, 1200])
    const copies: number[] = []
    network.decide = ({ method, path: where, sizeBytes }): Fate | undefined => {
      if (method !== 'PUT' || !where.endsWith('/preview')) return undefined
      copies.push(sizeBytes)
      return sizeBytes > 40_000 ? { kind: 'cut', afterBytes: 40_000 } : undefined
    }
    await stand.file({ files: [path] })
    await stand.untilWhole()
    network.decide = () => undefined
    expect(Math.max(...copies)).toBeGreaterThan(40_000)
    expect(copies.at(-1)).toBeLessThanOrEqual(40_000)
  })
})

describe('headquarters that was restored from an older backup', () => {
  test('[R327] [R328] [R329] [R344] [R451] is sent once more what it lacks, by itself, and nothing that it has; an original that was let go is said to be lost; an open desk loads anew', async () => {
    const { network } = stand
    const words = (await readWords('es')).late
    const others = stand.finished.map(({ id }) => id)
    const kept = await stand.file({ words: 'Antes del respaldo' })
    await stand.untilWhole()
    const backup = await stand.backup()
    const gone = await stand.file({ files: [(await stand.picture(41)).path] })
    await stand.untilWhole()
    await stand.page.locator(`[data-report="${kept.id}"]`).tap()
    await stand.page.getByRole('button', { name: words.amend.add, exact: true }).tap()
    await stand.page.getByLabel('Palabras').fill('Después del respaldo')
    await stand.page.getByRole('button', { name: words.amend.saveAdded, exact: true }).tap()
    await stand.page.locator('[data-version=addition][data-received=true]').waitFor({ ...patient, state: 'attached' })
    await stand.page.goBack()
    const held = holding(network, isPiece)
    const still = await stand.file({ files: [(await stand.picture(42)).path] })
    await held.came
    const { page, context, faults } = await pageOf(browser, stand.server(), stand.desk, { at: '/room/' })
    const row = page.locator(`button[data-number][data-report="${gone.id}"]`)
    await row.waitFor(patient)
    await untilLive(page)
    let loads = 0
    page.on('load', () => { loads += 1 })

    network.cut(true)
    await stand.restore(backup)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await row.waitFor({ ...patient, state: 'detached' })
    await untilLive(page)
    expect(loads).toBe(1)
    const before = network.asked.length
    network.decide = () => undefined
    held.letGo()
    network.cut(false)
    const look = () => stand.page.evaluate(() => dispatchEvent(new Event('pageshow')))
    await look()

    const received = async (id: string) => (await stand.there()).find((one) => one.id === id)
    await expect.poll(async () => (await received(still.id))?.photosReceived, patient).toBe(1)
    await expect.poll(async () => (await received(gone.id))?.picture, patient).not.toBeNull()
    await expect.poll(async () => (await stand.desk.call(getReportCall, { id: kept.id })).reply.versions.map(({ type, signed }) => [type, signed]), patient).toEqual([['report', 'signed'], ['addition', 'signed']])
    expect((await stand.desk.call(getReportCall, { id: gone.id })).reply).toMatchObject({ signed: 'signed', setAsideFor: null, line: { photoCount: 1, photosReceived: 0 } })
    await row.waitFor(patient)

    await stand.delivery('attention')
    await stand.page.locator(`[data-report="${gone.id}"]`).tap()
    await stand.page.getByRole('alert').getByText(words.report.lostTitle).waitFor(patient)
    await stand.page.locator('[data-lost]').getByText(/Este teléfono lo envió de nuevo por sí solo\.$/).waitFor(patient)
    // Two looks later it was all sent once, and nothing of what was there.
    for (let looks = 0; looks < 2; looks++) await Promise.all([stand.page.waitForResponse((answer) => answer.url().endsWith('/api/my/reports') && answer.ok()), look()])
    const sent = network.asked.slice(before).filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/reports/'))
    expect(sent.map(({ path }) => path.split('/')[3]).sort()).toEqual([gone.id, kept.id, still.id].sort())
    expect(network.asked.slice(before).filter(({ path }) => others.some((id) => path.includes(id)))).toEqual([])
    expect(network.asked.slice(before).filter(({ method, path }) => method === 'POST' && path === '/api/uploads')).toHaveLength(1)
    expect([faults, stand.phone.faults]).toEqual([[], []])
    await context.close()
  })
})
