import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { openBrowser, phone, signIn } from '../support/browser.ts'
import { atFirstStation, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import { noise } from '../support/pictures.ts'
import { startServer } from '../support/process.ts'
import { openSlowLink } from '../support/slow-link.ts'
import type { Line } from '../support/slow-link.ts'
import { listen } from '../support/sockets.ts'
import type { Figure } from './figure.ts'
import { alone, beside } from './figure.ts'
import { openPlainForm } from './plain-form.ts'

const slow: Line = { bytesPerSecond: 8_000, roundTripMilliseconds: 400, loss: 0.2, cutEverySeconds: 30 }
/** In the short form, for the originals: otherwise they take an hour. */
const faster: Line = { ...slow, bytesPerSecond: 768_000 }
const pictures = 5

/** One report with five pictures through the phone's app in Chromium, on a line that is slow, loses and is cut; beside a plain form on a line of its own. */
export async function slowLine({ isLong }: { isLong: boolean }): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-bench-'))
  const house = await startHouse({ folder: join(folder, 'mission'), clock: wallClock })
  const lead = await house.person('lead')
  await setUp(house, lead)
  const ana = await house.person('observer', { language: 'es' })
  await house.close()
  const files = await Promise.all(Array.from({ length: pictures }, async (_, seed) => {
    const [path, bytes] = [join(folder, `IMG_${seed}.jpg`), await photograph(seed)]
    await writeFile(path, bytes)
    return { path, bytes }
  }))
  const filesBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const [server, browser] = [await startServer({ folder: join(folder, 'mission') }), await openBrowser()]
  const [link, plain] = [await openSlowLink(server.address), await openPlainForm(files.map(({ bytes }) => bytes), 'The second stack is flat.')]
  try {
    const context = await browser.newContext({ ...phone, deviceScaleFactor: 2, locale: 'es-SV', permissions: ['geolocation'], geolocation: atFirstStation })
    await signIn(context, link, ana)
    const page = await context.newPage()
    page.setDefaultTimeout(isLong ? 3 * 3_600_000 : 280_000)
    const desk = await listen(server, lead)
    const draft = await begin(page, link.address, files.map(({ path }) => path))

    const before = link.up()
    for (const line of [link, plain]) line.become(slow)
    const begun = performance.now()
    const seconds = () => (performance.now() - begun) / 1000
    await page.getByRole('button', { name: 'Guardar', exact: true }).tap()
    const preview = desk.until(({ things }) => things.some((one) => one.kind === 'report' && one.id === draft && one.thing.picture !== null)).then(seconds)
    await page.locator(`[data-report="${draft}"]`).getByText(/R-\d+/).waitFor()
    const text = seconds()
    const firstPreview = await preview
    if (!isLong) for (const line of [link, plain]) line.become(faster)
    await page.locator('[data-delivery=delivered]').waitFor()
    const [whole, sent] = [seconds(), link.up() - before]
    const form = await plain.stop()
    desk.close()
    return [
      alone('64 kbit/s, 400 ms, 20 % loss, cut every 30 s: text of a report acknowledged on the phone', text, 's', { of: 'ours', most: 5 }),
      alone('the same: first small picture at headquarters', firstPreview, 's', { of: 'ours', most: 60 }),
      beside(
        `${isLong ? '' : 'originals on a line 96 times faster: '}bytes sent over bytes of files (${pictures} pictures, ${Math.round(filesBytes / 1e6)} MB), beside a plain form that is sent again when cut`,
        sent / filesBytes, form.bytesSent / filesBytes, 'times', isLong ? { of: 'ours', most: 1.1 } : undefined,
      ),
      beside(`pictures that arrived in ${Math.round(whole)} s, beside the plain form (tried ${form.tries} times)`, pictures, form.arrived, 'pictures'),
    ]
  } finally {
    await browser.close()
    await link.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Opens the app on a fast line and begins a report with these pictures, all but saved; gives its id. */
async function begin(page: Page, address: string, paths: string[]): Promise<string> {
  await page.goto(`${address}/observer/`)
  await page.getByRole('button', { name: 'Galería', exact: true }).waitFor()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Galería', exact: true }).tap()
  await (await chooser).setFiles(paths)
  await page.waitForURL(/draft=/)
  await page.locator('[data-category]').first().tap()
  await page.waitForFunction((count) => [...document.querySelectorAll('main img')].filter((image) => image instanceof HTMLImageElement && image.naturalWidth > 0).length >= count, paths.length)
  return new URL(page.url()).searchParams.get('draft') ?? ''
}

/** About 4 MB, most of it fine grain as in a picture of a night: its small copy is as large as one of a real picture. Of its own kind for each seed. */
async function photograph(seed: number): Promise<Buffer> {
  const [width, height] = [4400, 3300]
  const { data } = noise(60, 45, seed)
  const scene = await sharp(data, { raw: { width: 60, height: 45, channels: 3 } }).resize(width, height, { kernel: 'cubic' }).raw().toBuffer()
  const grain = await sharp({ create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 17 } } }).raw().toBuffer()
  return sharp(scene, { raw: { width, height, channels: 3 } }).composite([{ input: grain, raw: { width, height, channels: 3 }, blend: 'overlay' }]).jpeg({ quality: 88 }).toBuffer()
}
