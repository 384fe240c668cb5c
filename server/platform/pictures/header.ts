import { open } from 'node:fs/promises'
import { maxPhotoBytes } from '../../../shared/photos.ts'
import { Problem } from '../../../shared/problem.ts'
import { readJpegFrame } from './jpeg.ts'

/** Reads up to `length` bytes from `offset`; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>

export type PictureType = 'jpeg' | 'png' | 'webp' | 'heic'

/**
 * What a file's first bytes say. Width and height are those before turning it upright (the decoder tells that), and null where the
 * header is cut or damaged: kept, but not given to a decoder. HEIC tells its size to its own decoder alone.
 */
export type PictureHeader = {
  type: PictureType
  width: number | null
  height: number | null
  /** JPEG that a decoder must hold whole: progressive, or its components in several scans. */
  progressive: boolean
  /** Longer side, in pixels, of the unit that is coded together: what one pixel can leave traces in. 16 for most phones, 64 for HEIC. */
  blockPixels: number
}

/** Why a file is not taken. `limit`: what is allowed; the field `bytes` or `pixels` says of what. */
export class PictureRefused extends Problem {
  declare readonly code: 'wrong_type' | 'too_large' | 'invalid_input'
  constructor(code: 'wrong_type' | 'too_large' | 'invalid_input', details: Problem['details'] = {}) {
    super(code, details)
  }
}

/** Fewer bytes than this cannot be told apart, let alone be a picture. */
const leastBytes = 12

/**
 * Reads a picture's header without a decoder, in a few small reads however large the file claims to be.
 * Throws PictureRefused: `wrong_type` by content, `too_large` in bytes or pixels, `invalid_input` when there is next to nothing.
 */
export async function readHeader(readAt: ReadAt, sizeBytes: number): Promise<PictureHeader> {
  if (sizeBytes > maxPhotoBytes) throw tooLarge('bytes', maxPhotoBytes)
  if (sizeBytes < leastBytes) throw new PictureRefused('invalid_input', { fields: [{ path: 'bytes', reason: 'too_small' }] })
  const header = await headerByContent(readAt)
  const limit = pixelLimit(header)
  if (header.width !== null && header.height !== null && header.width * header.height > limit) throw tooLarge('pixels', limit)
  return header
}

/** The same for a file on disk. */
export async function readHeaderOfFile(path: string): Promise<PictureHeader> {
  const file = await open(path, 'r')
  try {
    const readAt: ReadAt = async (offset, length) => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    }
    return await readHeader(readAt, (await file.stat()).size)
  } finally {
    await file.close()
  }
}

/** Baseline JPEG decodes line by line; everything else is held whole, 200 megapixels of it in 662 MiB. */
export function pixelLimit(header: PictureHeader): number {
  return header.type === 'jpeg' && !header.progressive ? 210_000_000 : 60_000_000
}

const tooLarge = (path: 'bytes' | 'pixels', limit: number) => new PictureRefused('too_large', { limit, fields: [{ path, reason: 'too_large' }] })

async function headerByContent(readAt: ReadAt): Promise<PictureHeader> {
  const start = await readAt(0, 256)
  const text = (from: number, to: number) => Buffer.from(start.subarray(from, to)).toString('latin1')
  if (text(0, 3) === '\xff\xd8\xff') return { type: 'jpeg', ...(await readJpegFrame(readAt)) }
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return { type: 'png', ...pngSize(start) }
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return { type: 'webp', ...webpSize(start) }
  if (text(4, 8) === 'ftyp' && isHeic(brandsOf(start))) return { type: 'heic', ...sized(null, null), blockPixels: 64 }
  throw new PictureRefused('wrong_type')
}

/** Units of PNG and WebP are rows and 16 pixels. A picture without an extent is a damaged one. */
function sized(width: number | null, height: number | null) {
  return { ...(width && height ? { width, height } : { width: null, height: null }), progressive: false, blockPixels: 16 }
}

function pngSize(start: Uint8Array) {
  const view = viewOf(start)
  if (start.length < 24 || view.getUint32(12) !== 0x49484452 /* IHDR comes first */) return sized(null, null)
  return sized(view.getUint32(16), view.getUint32(20))
}

function webpSize(start: Uint8Array) {
  if (start.length < 30) return sized(null, null)
  const view = viewOf(start)
  const kind = Buffer.from(start.subarray(12, 16)).toString('latin1')
  const uint24 = (offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16)
  if (kind === 'VP8X') return sized(uint24(24) + 1, uint24(27) + 1)
  if (kind === 'VP8L' && start[20] === 0x2f) {
    const bits = view.getUint32(21, true)
    return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
  }
  if (kind === 'VP8 ' && uint24(23) === 0x2a019d) return sized(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff)
  return sized(null, null)
}

/** The brands of an ISO media file: the major one, then those that it is compatible with. */
function brandsOf(start: Uint8Array): string[] {
  const end = Math.min(viewOf(start).getUint32(0), start.length)
  const brands: string[] = []
  for (let offset = 8; offset + 4 <= end; offset += 4) {
    if (offset !== 12 /* minor version */) brands.push(Buffer.from(start.subarray(offset, offset + 4)).toString('latin1'))
  }
  return brands
}

/** The generic brands mif1 and msf1 also stand in AVIF files. */
function isHeic(brands: string[]): boolean {
  const heic = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']
  return heic.includes(brands[0] ?? '') && !brands.includes('avif') && !brands.includes('avis')
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
