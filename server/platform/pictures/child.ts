// Runs as a process of its own, started and watched by worker.ts; the only file that imports sharp. It knows paths and pixels: no database, no environment, no network.
import { open, readFile } from 'node:fs/promises'
import sharp, { type OverlayOptions, type Sharp } from 'sharp'
import { coverMarginPixels } from '../../../shared/press.ts'
import { readSays } from './exif.ts'
import { PictureRefused, pixelLimit, readHeaderOfFile, type PictureHeader } from './header.ts'
import { decodeHeic, type Decoded } from './heic.ts'
import { heicSources } from './heic-items.ts'
import { Job, type Box, type Reply, type Size } from './jobs.ts'
import { strangersIn } from './jpeg.ts'
import { shutNetwork } from './shut.ts'

shutNetwork()

// Every other loader stays shut, whatever a file says it is.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp'].flatMap((type) => [`VipsForeignLoad${type}File`, `VipsForeignLoad${type}Buffer`]) })
sharp.cache(false)
sharp.concurrency(1)

const coverColour = '#16202b'

class Unreadable extends Error {}

process.on('message', (message) => {
  void answer(message).then(say)
})
process.on('disconnect', () => process.exit())
say({ outcome: 'ready' })

function say(reply: Reply): void {
  process.send?.(reply)
}

async function answer(message: unknown): Promise<Reply> {
  try {
    return await work(Job.parse(message))
  } catch (error) {
    return failure(error)
  }
}

async function work(job: Job): Promise<Reply> {
  const header = await readHeaderOfFile(job.original)
  if (job.kind === 'says') return { outcome: 'says', says: await says(job.original, header) }
  const original = await openOriginal(job.original, header)
  if (job.kind === 'desk') return await desk(original, job.targets)
  if (job.kind === 'full') return await full(original, job.targets.full)
  return await release(original, job.targets, job.covers, job.xmp)
}

/** A HEIC speaks in its own boxes; of the others the decoder finds the blocks. */
async function says(path: string, header: PictureHeader) {
  if (header.type === 'heic') return readSays(heicSources(await readFile(path)))
  const { exif, xmp } = await reading(sharp(path, { failOn: 'none', limitInputPixels: false }).metadata())
  return readSays({ exif, xmp })
}

/** What a decoder may be given, and its size once upright. `pixels` begins a pipeline of its own each time. */
type Original = { header: PictureHeader; upright: Size; pixels: () => Sharp }

async function openOriginal(path: string, header: PictureHeader): Promise<Original> {
  if (header.type === 'heic') {
    const decoded = await reading(decodeHeic(path))
    return { header, upright: { width: decoded.width, height: decoded.height }, pixels: () => plain(raw(decoded)) }
  }
  if (header.width === null) throw new Unreadable('The header is damaged')
  const open = () => sharp(path, { failOn: 'error', sequentialRead: true, limitInputPixels: pixelLimit(header), autoOrient: true })
  const { autoOrient } = await reading(open().metadata())
  return { header, upright: { width: autoOrient.width, height: autoOrient.height }, pixels: () => plain(open()) }
}

const raw = ({ width, height, rgba }: Decoded) => sharp(rgba, { raw: { width, height, channels: 4 } })

/** As sRGB pixels without transparency; an animation's first frame. */
const plain = (image: Sharp): Sharp => image.flatten({ background: '#ffffff' }).toColourspace('srgb')

/** For the desk: two sizes, and the fingerprint by which alike pictures are found. */
async function desk({ upright, pixels }: Original, targets: { thumb: string; screen: string }): Promise<Reply> {
  const screen = await jpegOf(within(pixels(), 1600), 80)
  const thumb = await jpegOf(within(made(screen.bytes), 320), 80)
  const sizes = { screen: await write(screen, targets.screen), thumb: await write(thumb, targets.thumb) }
  return { outcome: 'desk', upright, dhash: await dhashOf(thumb.bytes), sizes }
}

async function full(original: Original, target: string): Promise<Reply> {
  const whole = await jpegOf(original.pixels(), 92, null, isHuge(original.upright))
  return { outcome: 'full', sizes: { full: await write(whole, target) } }
}

/** Covers are drawn at full size, before any resizing; the smaller sizes come from the covered picture and never see the original. */
async function release({ header, upright, pixels }: Original, targets: { full: string; web: string; wall: string }, covers: Box[], xmp: string): Promise<Reply> {
  const margin = Math.max(coverMarginPixels, header.blockPixels)
  const solids = covers.map((cover, index) => solid(cover, index, margin, upright))
  const whole = await jpegOf(pixels().composite(solids), 92, xmp, isHuge(upright))
  const web = await jpegOf(within(made(whole.bytes), 1600), 82, xmp)
  const wall = await jpegOf(within(made(whole.bytes), 800), 80, xmp)
  return { outcome: 'release', sizes: { full: await write(whole, targets.full), web: await write(web, targets.web), wall: await write(wall, targets.wall) } }
}

/** A cover with its margin, cut at the picture's edges. One that lies outside was drawn on another picture. */
function solid(cover: Box, index: number, margin: number, picture: Size): OverlayOptions {
  const isOutside = cover.left >= picture.width || cover.top >= picture.height || cover.left + cover.width <= 0 || cover.top + cover.height <= 0
  if (isOutside) throw new PictureRefused('invalid_input', { fields: [{ path: `covers.${index}`, reason: 'does_not_agree' }] })
  const [left, top] = [Math.max(0, cover.left - margin), Math.max(0, cover.top - margin)]
  const width = Math.min(picture.width, cover.left + cover.width + margin) - left
  const height = Math.min(picture.height, cover.top + cover.height + margin) - top
  return { input: { create: { width, height, channels: 3, background: coverColour } }, left, top }
}

/** A rendition that we have just made. */
const made = (jpeg: Buffer) => sharp(jpeg, { failOn: 'error', sequentialRead: true, limitInputPixels: 210_000_000 })

const within = (image: Sharp, pixels: number) => image.resize({ width: pixels, height: pixels, fit: 'inside', withoutEnlargement: true })

type Jpeg = { bytes: Buffer; size: Size }

/** Best tables of a JPEG are known once all of it is coded: at 210 megapixels that holds 1.3 GB, and with the standard ones 120 MB. */
const isHuge = ({ width, height }: Size): boolean => width * height > 60_000_000

/** A JPEG that holds its pixels, the given XMP and nothing else; read again to be sure. */
async function jpegOf(image: Sharp, quality: number, xmp: string | null = null, hasStandardTables = false): Promise<Jpeg> {
  const { data, info } = await reading((xmp === null ? image : image.withXmp(xmp)).jpeg({ quality, optimiseCoding: !hasStandardTables }).toBuffer({ resolveWithObject: true }))
  const strangers = strangersIn(data, xmp)
  if (strangers.length > 0) throw new Error(`A rendition holds ${strangers.join(', ')}`)
  return { bytes: data, size: { width: info.width, height: info.height } }
}

async function write(jpeg: Jpeg, path: string): Promise<Size> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(jpeg.bytes)
  } finally {
    await file.close()
  }
  return jpeg.size
}

/** 64 bits in hex: is each of 8 x 8 grey cells darker than its right neighbour? */
async function dhashOf(thumb: Buffer): Promise<string> {
  const grey = await made(thumb).toColourspace('b-w').resize({ width: 9, height: 8, fit: 'fill' }).raw().toBuffer()
  let bits = 0n
  for (let cell = 0; cell < 64; cell += 1) {
    const at = Math.floor(cell / 8) * 9 + (cell % 8)
    bits = (bits << 1n) | ((grey[at] ?? 0) < (grey[at + 1] ?? 0) ? 1n : 0n)
  }
  return bits.toString(16).padStart(16, '0')
}

/** Whatever libvips throws while it reads an original is the picture's fault. */
async function reading<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw new Unreadable(messageOf(error))
  }
}

/** The picture's own fault, the disk's, or ours. */
function failure(error: unknown): Reply {
  if (error instanceof PictureRefused) return { outcome: 'refused', code: error.code, limit: error.details.limit, fields: error.details.fields }
  const why = messageOf(error)
  if (/ENOSPC|EDQUOT/.test(why)) return { outcome: 'full_disk', why }
  return { outcome: error instanceof Unreadable ? 'unreadable' : 'broken', why }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
