import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { PictureRefused, readHeader, readHeaderOfFile, type PictureHeader } from '../../server/platform/pictures/header.ts'

async function headerOf(bytes: Uint8Array, claimedBytes = bytes.length): Promise<PictureHeader> {
  return readHeader(async (offset, length) => bytes.subarray(offset, offset + length), claimedBytes)
}

async function refusalOf(bytes: Uint8Array, claimedBytes = bytes.length): Promise<PictureRefused> {
  const header = await headerOf(bytes, claimedBytes).catch((error: unknown) => error)
  if (header instanceof PictureRefused) return header
  throw new Error(`Not refused: ${JSON.stringify(header)}`)
}

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#8899aa' } })
const ascii = (text: string) => Buffer.from(text, 'latin1')
const segment = (marker: number, body: Buffer) => Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body])

/** SOI, frame header, first scan: all that is needed to judge, none of the pixels. */
function jpegHeader({ frame = 0xc0, width, height, sampling = [0x22, 0x11, 0x11], inScan = sampling.length, before = Buffer.alloc(0) }:
  { frame?: number; width: number; height: number; sampling?: number[]; inScan?: number; before?: Buffer }): Buffer {
  const components = sampling.flatMap((factors, index) => [index + 1, factors, index === 0 ? 0 : 1])
  const sof = segment(frame, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, sampling.length, ...components]))
  const sos = segment(0xda, Buffer.from([inScan, ...Array.from({ length: inScan }, (_, index) => [index + 1, 0]).flat(), 0, 63, 0]))
  return Buffer.concat([Buffer.from([0xff, 0xd8]), before, sof, sos])
}

function pngHeader(width: number, height: number): Buffer {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return Buffer.concat([ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), size, Buffer.from([8, 2, 0, 0, 0, 0, 0, 0, 0])])
}

function webpExtended(width: number, height: number): Buffer {
  const bytes = Buffer.concat([ascii('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0'), Buffer.alloc(6)])
  bytes.writeUIntLE(width - 1, 24, 3)
  bytes.writeUIntLE(height - 1, 27, 3)
  return bytes
}

const ftyp = (major: string, ...others: string[]) =>
  Buffer.concat([Buffer.from([0, 0, 0, 16 + 4 * others.length]), ascii(`ftyp${major}\0\0\0\0${others.join('')}`), ascii('\xff\xff\xff\xf0meta')])

describe('real pictures', () => {
  it.each([
    ['jpeg', () => picture(123, 45).jpeg(), { type: 'jpeg', width: 123, height: 45, progressive: false, blockPixels: 16 }],
    ['jpeg 4:4:4', () => picture(123, 45).jpeg({ chromaSubsampling: '4:4:4' }), { type: 'jpeg', width: 123, height: 45, progressive: false, blockPixels: 8 }],
    ['jpeg, grey', () => picture(123, 45).toColourspace('b-w').jpeg(), { type: 'jpeg', width: 123, height: 45, progressive: false, blockPixels: 8 }],
    ['jpeg, progressive', () => picture(123, 45).jpeg({ progressive: true }), { type: 'jpeg', width: 123, height: 45, progressive: true, blockPixels: 16 }],
    ['jpeg with EXIF, ICC, XMP', () => picture(123, 45).withExif({ IFD0: { Make: 'x'.repeat(30_000) } }).withIccProfile('p3').withXmp('<x/>').jpeg(), { type: 'jpeg', width: 123, height: 45, progressive: false, blockPixels: 16 }],
    ['png', () => picture(123, 45).png(), { type: 'png', width: 123, height: 45, progressive: false, blockPixels: 16 }],
    ['webp, lossy', () => picture(123, 45).webp(), { type: 'webp', width: 123, height: 45, progressive: false, blockPixels: 16 }],
    ['webp, lossless', () => picture(123, 45).webp({ lossless: true }), { type: 'webp', width: 123, height: 45, progressive: false, blockPixels: 16 }],
    ['webp, extended', () => picture(123, 45).withExif({ IFD0: { Make: 'x' } }).webp(), { type: 'webp', width: 123, height: 45, progressive: false, blockPixels: 16 }],
    ['webp, animated', async () => sharp([await picture(123, 45).png().toBuffer(), await picture(123, 45).negate().png().toBuffer()], { join: { animated: true } }).webp(), { type: 'webp', width: 123, height: 45, progressive: false, blockPixels: 16 }],
  ] as const)('%s', async (_, make, expected) => {
    const bytes = await (await make()).toBuffer()
    expect(await headerOf(bytes)).toEqual(expected)
  })

  it('are read from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'veedor-header-'))
    const path = join(folder, 'picture')
    await writeFile(path, await picture(70, 20).jpeg().toBuffer())
    expect(await readHeaderOfFile(path)).toMatchObject({ type: 'jpeg', width: 70, height: 20 })
    await writeFile(path, '')
    await expect(readHeaderOfFile(path)).rejects.toMatchObject({ code: 'invalid_input' })
    await rm(folder, { recursive: true })
  })
})

describe('pixels', () => {
  it.each([
    ['baseline JPEG of 200 megapixels', jpegHeader({ width: 16_320, height: 12_240 }), null],
    ['baseline JPEG of 14,000 x 14,000', jpegHeader({ width: 14_000, height: 14_000 }), null],
    ['baseline JPEG of 15,000 x 14,000: at the limit', jpegHeader({ width: 15_000, height: 14_000 }), null],
    ['baseline JPEG, one row more', jpegHeader({ width: 15_000, height: 14_001 }), 210_000_000],
    ['baseline JPEG of 15,000 x 15,000', jpegHeader({ width: 15_000, height: 15_000 }), 210_000_000],
    ['JPEG of 65,535 x 65,535', jpegHeader({ width: 65_535, height: 65_535 }), 210_000_000],
    ['progressive JPEG of 200 megapixels', jpegHeader({ frame: 0xc2, width: 16_320, height: 12_240 }), 60_000_000],
    ['baseline JPEG of 200 megapixels with a scan for each colour', jpegHeader({ width: 16_320, height: 12_240, inScan: 1 }), 60_000_000],
    ['arithmetic JPEG of 200 megapixels', jpegHeader({ frame: 0xc9, width: 16_320, height: 12_240 }), 60_000_000],
    ['progressive JPEG of 60 megapixels', jpegHeader({ frame: 0xc2, width: 10_000, height: 6_000 }), null],
    ['a frame header that is all there is', jpegHeader({ width: 16_320, height: 12_240 }).subarray(0, 21), 60_000_000],
    ['PNG of 30,000 x 30,000', pngHeader(30_000, 30_000), 60_000_000],
    ['PNG of 4,294,967,295 squared', pngHeader(0xffffffff, 0xffffffff), 60_000_000],
    ['PNG of 60 megapixels', pngHeader(10_000, 6_000), null],
    ['WebP of 16,777,216 squared', webpExtended(16_777_216, 16_777_216), 60_000_000],
    ['WebP of 60 megapixels and a bit', webpExtended(10_000, 6_001), 60_000_000],
  ])('%s', async (_, bytes, limit) => {
    if (limit === null) expect((await headerOf(bytes)).width).toBeGreaterThan(9_000)
    else expect(await refusalOf(bytes)).toMatchObject({ code: 'too_large', details: { limit, fields: [{ path: 'pixels', reason: 'too_large' }] } })
  })

  it('are judged from a real PNG of zeros', async () => {
    const bytes = await sharp({ create: { width: 8_000, height: 7_600, channels: 3, background: '#000' } }).png({ compressionLevel: 9 }).toBuffer()
    expect(bytes.length).toBeLessThan(400_000)
    expect((await refusalOf(bytes)).code).toBe('too_large')
  })

  it.each([
    ['4:2:0', [0x22, 0x11, 0x11], 16],
    ['4:2:2', [0x21, 0x11, 0x11], 16],
    ['4:4:4', [0x11, 0x11, 0x11], 8],
    ['4:1:1', [0x41, 0x11, 0x11], 32],
    ['upright 4:1:1', [0x14, 0x11, 0x11], 32],
  ])('coded together: %s', async (_, sampling, blockPixels) => {
    expect((await headerOf(jpegHeader({ width: 100, height: 100, sampling }))).blockPixels).toBe(blockPixels)
  })
})

describe('bytes', () => {
  it.each([
    [0, 'invalid_input'],
    [3, 'invalid_input'],
    [11, 'invalid_input'],
    [50_000_001, 'too_large'],
  ])('%i', async (sizeBytes, code) => {
    const bytes = jpegHeader({ width: 100, height: 100 })
    expect((await refusalOf(bytes.subarray(0, Math.min(sizeBytes, bytes.length)), sizeBytes)).code).toBe(code)
  })

  it('names the limit', async () => {
    expect((await refusalOf(jpegHeader({ width: 100, height: 100 }), 50_000_001)).details).toEqual({ limit: 50_000_000, fields: [{ path: 'bytes', reason: 'too_large' }] })
  })

  it('takes 50,000,000', async () => {
    expect((await headerOf(jpegHeader({ width: 100, height: 100 }), 50_000_000)).type).toBe('jpeg')
  })
})

describe('content decides the type', () => {
  it.each([
    ['SVG', ascii('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>')],
    ['SVG behind a declaration', ascii('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['GIF', ascii('GIF89a\x01\0\x01\0\0\0\0\0\0')],
    ['TIFF', ascii('II*\0\x08\0\0\0\0\0\0\0\0\0')],
    ['TIFF, big-endian', ascii('MM\0*\0\0\0\x08\0\0\0\0\0\0')],
    ['PDF', ascii('%PDF-1.7\n%âãÏÓ\n')],
    ['HTML', ascii('<!doctype html><script>alert(1)</script>')],
    ['BMP', ascii('BM\x46\0\0\0\0\0\0\0\x36\0\0\0')],
    ['MP4', ftyp('isom', 'iso2', 'mp41')],
    ['AVIF', ftyp('avif', 'mif1', 'miaf')],
    ['AVIF under its generic brand', ftyp('mif1', 'avif', 'miaf')],
    ['animated AVIF', ftyp('msf1', 'avis')],
    ['RIFF that is sound', ascii('RIFF\0\0\0\0WAVEfmt \x10\0\0\0')],
    ['zeros', Buffer.alloc(64)],
  ])('%s is refused', async (_, bytes) => {
    expect((await refusalOf(bytes)).code).toBe('wrong_type')
  })

  it('a real AVIF and a real TIFF too', async () => {
    expect((await refusalOf(await picture(20, 20).avif().toBuffer())).code).toBe('wrong_type')
    expect((await refusalOf(await picture(20, 20).tiff().toBuffer())).code).toBe('wrong_type')
  })

  it.each(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'])('HEIC by its brand %s, its boxes not looked at', async (brand) => {
    expect(await headerOf(ftyp(brand, 'mif1', 'heic'))).toEqual({ type: 'heic', width: null, height: null, progressive: false, blockPixels: 64 })
  })
})

describe('damage', () => {
  it('keeps a JPEG that was cut anywhere, with its size once the frame header is there', async () => {
    const whole = await picture(300, 200).withExif({ IFD0: { Make: 'x'.repeat(3_000) } }).jpeg().toBuffer()
    const frameAt = whole.indexOf(Buffer.from([0xff, 0xc0]))
    for (let length = 12; length < whole.length; length += 1) {
      const header = await headerOf(whole.subarray(0, length))
      expect(header).toMatchObject({ type: 'jpeg', ...(length >= frameAt + 19 ? { width: 300, height: 200 } : { width: null, height: null }) })
    }
  })

  it.each([
    ['no width', jpegHeader({ width: 0, height: 100 })],
    ['no height', jpegHeader({ width: 100, height: 0 })],
    ['noise between segments', jpegHeader({ width: 100, height: 100, before: Buffer.concat([segment(0xe0, Buffer.alloc(9)), Buffer.from([0x12])]) })],
    ['a second start', jpegHeader({ width: 100, height: 100, before: Buffer.from([0xff, 0xd8]) })],
    ['a segment of length 1', jpegHeader({ width: 100, height: 100, before: Buffer.from([0xff, 0xe1, 0, 1]) })],
    ['no components', jpegHeader({ width: 100, height: 100, sampling: [] })],
    ['PNG without IHDR', ascii('\x89PNG\r\n\x1a\n\0\0\0\rtEXt\0\0\0\x01\0\0\0\x01')],
    ['PNG without an extent', pngHeader(0, 9)],
    ['WebP of an unknown kind', ascii('RIFF\0\0\0\0WEBPVP8?\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0')],
  ])('%s: kept, no size to decode by', async (_, bytes) => {
    expect(await headerOf(bytes)).toMatchObject({ width: null, height: null })
  })

  it('takes the first of two frame headers, and the stricter limit', async () => {
    const second = jpegHeader({ width: 100, height: 100, before: jpegHeader({ width: 9_000, height: 9_000 }).subarray(2, 21) })
    expect((await refusalOf(second)).code).toBe('too_large')
  })

  it('walks past 700 full segments without reading them, past padding and lone markers', async () => {
    const full = segment(0xe1, Buffer.alloc(65_533))
    const bytes = jpegHeader({ width: 640, height: 480, before: Buffer.concat([Buffer.from([0xff, 0xff, 0x01, 0xff, 0xd0]), ...Array.from({ length: 700 }, () => full)]) })
    let read = 0
    const header = await readHeader(async (offset, length) => {
      read += length
      return bytes.subarray(offset, offset + length)
    }, bytes.length)
    expect(header).toMatchObject({ width: 640, height: 480, progressive: false })
    expect(read).toBeLessThan(20_000)
  })

  it('does not follow millions of empty segments or of padding to their end', async () => {
    for (const piece of [Buffer.from([0xff, 0xe1, 0, 2]), Buffer.from([0xff, 0xff])]) {
      const bytes = jpegHeader({ width: 640, height: 480, before: Buffer.alloc(8_000_000, piece) })
      let reads = 0
      const header = await readHeader(async (offset, length) => {
        reads += 1
        return bytes.subarray(offset, offset + length)
      }, bytes.length)
      expect(header).toMatchObject({ width: null, height: null })
      expect(reads).toBeLessThan(5_000)
    }
  })
})
