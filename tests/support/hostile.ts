import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { jpegOf, noise } from './pictures.ts'

// Files that are made to break whoever opens them; each is made here, none is kept.

const latin = (text: string) => Buffer.from(text, 'latin1')
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A segment of a JPEG. */
export const segment = (marker: number, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin(part) : part)))
  return Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body])
}

/** Puts segments after a JPEG's start. */
export const withSegments = (jpeg: Buffer, ...segments: Buffer[]): Buffer => Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

export const pngChunk = (name: string, body: Buffer): Buffer => {
  const named = Buffer.concat([latin(name), body])
  return Buffer.concat([uint32(body.length), named, uint32(crc32(named))])
}

/** Puts chunks after a PNG's first. */
export const withChunks = (png: Buffer, ...chunks: Buffer[]): Buffer => Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])

/** A PNG of one bit a pixel, all zero. */
export function zeroPng(side: number): Buffer {
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(side / 8)) * side), { level: 9 })
  return Buffer.concat([latin('\x89PNG\r\n\x1a\n'), pngChunk('IHDR', Buffer.concat([uint32(side), uint32(side), Buffer.from([1, 0, 0, 0, 0])])), pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))])
}

/** A sound JPEG whose header says that it is of another size. */
export async function jpegSaying(width: number, height: number): Promise<Buffer> {
  const jpeg = Buffer.from(await jpegOf(noise(64, 48, 1)))
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(height, frame + 5)
  jpeg.writeUInt16BE(width, frame + 7)
  return jpeg
}

const flat = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#778899' } })

/** A GIF of many frames of one pixel. */
const gif = (frames: number) => Buffer.concat([latin('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff'), ...Array.from({ length: frames }, () => latin('!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0')), latin(';')])

const heicStart = (brand: string) => latin(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1heic`)

/** A HEIC by its brand, in which there is nothing to decode. */
export const brokenHeic = (seed: number): Buffer => Buffer.concat([heicStart('heic'), noise(20, 20, seed).data])

async function animatedWebp(frames: number): Promise<Buffer> {
  const pages = await Promise.all(Array.from({ length: frames }, (_, at) => sharp({ create: { width: 16, height: 16, channels: 3, background: { r: at % 256, g: at >> 8, b: 90 } } }).png().toBuffer()))
  return sharp(pages, { join: { animated: true } }).webp({ loop: 0, minSize: false }).toBuffer()
}

/** What a file says of itself, 200 MB of it in half a megabyte: a comment and a profile. */
async function swollenPng(): Promise<Buffer> {
  const packed = deflateSync(Buffer.alloc(100_000_000, 'A'), { level: 9 })
  return withChunks(await flat(64, 48).png().toBuffer(), pngChunk('zTXt', Buffer.concat([latin('Comment\0\0'), packed])), pngChunk('iCCP', Buffer.concat([latin('icc\0\0'), packed])))
}

export type Hostile = { name: string; make: () => Promise<Buffer> | Buffer; answer: 'kept' | 'too_large' | 'wrong_type' | 'invalid_input'; state?: 'ready' | 'unreadable' }

/** Each with the answer it gets at the door and, where it is kept, what becomes of it. */
export const corpus: Hostile[] = [
  { name: 'PNG of zeros, 30,000 x 30,000', make: () => zeroPng(30_000), answer: 'too_large' },
  { name: 'JPEG whose header says 65,535 x 65,535', make: () => jpegSaying(65_535, 65_535), answer: 'too_large' },
  { name: 'JPEG whose header says 15,000 x 15,000', make: () => jpegSaying(15_000, 15_000), answer: 'too_large' },
  // Damage does not always throw: what is missing is grey.
  { name: 'JPEG whose header says 14,000 x 14,000', make: () => jpegSaying(14_000, 14_000), answer: 'kept', state: 'ready' },
  { name: 'JPEG of 200 megapixels, baseline', make: () => flat(16_320, 12_240).jpeg({ optimiseCoding: false }).toBuffer(), answer: 'kept', state: 'ready' },
  { name: 'JPEG that says 200 megapixels, progressive', make: async () => progressive(await jpegSaying(16_320, 12_240)), answer: 'too_large' },
  { name: '150 full EXIF segments', make: async () => withSegments(await jpegOf(noise(64, 48, 2)), ...Array.from({ length: 150 }, () => segment(0xe1, 'Exif\0\0', Buffer.alloc(65_527, 'E')))), answer: 'kept', state: 'ready' },
  { name: 'script in a comment and a page behind the end', make: async () => Buffer.concat([withSegments(await jpegOf(noise(64, 48, 3)), segment(0xfe, '<script>alert(1)</script>')), latin('<!doctype html><script>alert(2)</script>')]), answer: 'kept', state: 'ready' },
  { name: 'GIF of 10,000 frames', make: () => gif(10_000), answer: 'wrong_type' },
  { name: 'SVG that names a file', make: () => latin('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>'), answer: 'wrong_type' },
  { name: 'TIFF', make: () => flat(20, 20).tiff().toBuffer(), answer: 'wrong_type' },
  { name: 'PDF', make: () => latin('%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript >> >> endobj\n%%EOF\n'), answer: 'wrong_type' },
  { name: 'HTML named as a JPEG', make: () => latin('<!doctype html><script>alert(1)</script>'), answer: 'wrong_type' },
  { name: 'WebP of 1,000 frames', make: () => animatedWebp(1_000), answer: 'kept', state: 'ready' },
  { name: 'PNG that says it is animated', make: async () => withChunks(await flat(64, 48).png().toBuffer(), pngChunk('acTL', Buffer.concat([uint32(4_000_000_000), uint32(0)]))), answer: 'kept', state: 'ready' },
  { name: 'PNG with 200 MB of words and profile in half a megabyte', make: swollenPng, answer: 'kept', state: 'ready' },
  { name: 'HEIC whose meta box is 4 GB long', make: () => Buffer.concat([heicStart('heic'), Buffer.from([0xff, 0xff, 0xff, 0xf0]), latin('meta\0\0\0\0'), Buffer.alloc(2_000)]), answer: 'kept', state: 'unreadable' },
  { name: 'HEIC of 2,000 boxes', make: () => Buffer.concat([heicStart('heic'), ...Array.from({ length: 2_000 }, () => latin('\0\0\0\x10meta\0\0\0\0\0\0\0\0'))]), answer: 'kept', state: 'unreadable' },
  { name: 'a film in the clothes of one', make: () => Buffer.concat([heicStart('isom'), Buffer.alloc(2_000)]), answer: 'wrong_type' },
  { name: '3 bytes', make: () => Buffer.from([0xff, 0xd8, 0xff]), answer: 'invalid_input' },
]

function progressive(jpeg: Buffer): Buffer {
  const bytes = Buffer.from(jpeg)
  bytes[bytes.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc2
  return bytes
}

/** A picture with eight of its bytes replaced, always the same ones for the same seed. */
export function mutated(bytes: Buffer, seed: number): Buffer {
  const other = Buffer.from(bytes)
  const { data } = noise(16, 1, seed)
  for (let at = 0; at < 8; at += 1) other[data.readUInt32BE(at * 5) % other.length] = data[at * 5 + 4] ?? 0
  return other
}
