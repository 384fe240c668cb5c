import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { strangersIn } from '../../server/platform/pictures/jpeg.ts'
import { canaryJpeg } from '../support/canaries.ts'
import { decoded, exifFieldsOf, fields, jpegOf, noise, openPictureRoom, pixel, pngOf, raster, type Colour, type PictureRoom } from '../support/pictures.ts'


let room: PictureRoom
beforeAll(async () => {
  room = await openPictureRoom()
})
afterAll(() => room.close())

const keep = (bytes: Buffer) => room.files.originals.putBytes(bytes)
const red: Colour = [220, 30, 30]
const green: Colour = [30, 190, 60]
const blue: Colour = [40, 60, 210]
const white: Colour = [250, 250, 250]
/** Four corners that no turn or mirror takes for each other. */
const corners = raster(96, 64, (x, y) => (y < 32 ? (x < 48 ? red : green) : x < 48 ? blue : white))
const cornersOf = async (bytes: Buffer) => {
  const pixels = await decoded(bytes)
  const [x, y] = [pixels.width - 9, pixels.height - 9]
  return [pixel(pixels, 8, 8), pixel(pixels, x, 8), pixel(pixels, 8, y), pixel(pixels, x, y)].map(nearest)
}
/** Which of the four corner colours it is; profiles and JPEG shift them a little. */
function nearest(colour: Colour): number {
  const distances = [red, green, blue, white].map((one) => Math.hypot(...one.map((value, at) => value - (colour[at] ?? 0))))
  return distances.indexOf(Math.min(...distances))
}

describe('sizes', () => {
  it.each([
    ['a wide one', 2_000, 1_000, [320, 160], [1_600, 800]],
    ['a tall one', 900, 1_800, [160, 320], [800, 1_600]],
    ['a small one is not enlarged', 200, 100, [200, 100], [200, 100]],
    ['one between', 1_000, 500, [320, 160], [1_000, 500]],
  ])('for the desk: %s', async (_, width, height, thumb, screen) => {
    const made = await room.pictures.desk(await keep(await sharp({ create: { width, height, channels: 3, background: '#778899' } }).jpeg().toBuffer()))
    expect([made.width, made.height, made.thumb.width, made.thumb.height, made.screen.width, made.screen.height]).toEqual([width, height, ...thumb, ...screen])
    for (const file of [made.thumb, made.screen]) {
      const bytes = await room.bytesOf(file)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
      expect(bytes.length).toBe(file.sizeBytes)
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: file.width, height: file.height })
    }
  })

  it('for the press: full, 1600, 800', async () => {
    const made = await room.pictures.release(await keep(await jpegOf(noise(1_800, 900, 1))), [], fields)
    expect([made.full, made.web, made.wall].map(({ width, height }) => [width, height])).toEqual([[1_800, 900], [1_600, 800], [800, 400]])
  })

  it('the same original gives the same files', async () => {
    const original = await keep(await jpegOf(noise(500, 300, 2)))
    expect(await room.pictures.desk(original)).toEqual(await room.pictures.desk(original))
    expect(await room.pictures.release(original, [], fields)).toEqual(await room.pictures.release(original, [], fields))
  })

  it('the original stays as it came, and no temporary file stays', async () => {
    const bytes = await jpegOf(noise(300, 200, 3), 6)
    const original = await keep(bytes)
    await Promise.all([room.pictures.desk(original), room.pictures.full(original), room.pictures.release(original, [{ left: 0, top: 0, width: 9, height: 9 }], fields)])
    expect(await readFile(room.files.originals.path(original))).toEqual(bytes)
    expect(await readdir(join(room.folder, 'incoming'))).toEqual([])
  })
})

describe('upright', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('from orientation %i, in every rendition, without the tag', async (orientation) => {
    const bytes = await jpegOf(corners, orientation)
    expect((await sharp(bytes).metadata()).orientation).toBe(orientation)
    const original = await keep(bytes)
    const desk = await room.pictures.desk(original)
    expect([desk.width, desk.height]).toEqual([96, 64])
    const release = await room.pictures.release(original, [], fields)
    for (const file of [desk.thumb, desk.screen, await room.pictures.full(original), release.full, release.web, release.wall]) {
      expect([file.width, file.height]).toEqual([96, 64])
      const rendition = await room.bytesOf(file)
      expect(await cornersOf(rendition)).toEqual([0, 1, 2, 3])
      expect((await sharp(rendition).metadata()).orientation).toBeUndefined()
    }
  })
})

describe('what a phone sends', () => {
  it.each([
    ['PNG', () => pngOf(corners)],
    ['PNG of 16 bits', () => sharp(corners.data, { raw: { width: 96, height: 64, channels: 3 } }).toColourspace('rgb16').png().toBuffer()],
    ['WebP', () => sharp(corners.data, { raw: { width: 96, height: 64, channels: 3 } }).webp().toBuffer()],
    ['progressive JPEG', () => sharp(corners.data, { raw: { width: 96, height: 64, channels: 3 } }).jpeg({ progressive: true }).toBuffer()],
    ['JPEG in CMYK', () => sharp(corners.data, { raw: { width: 96, height: 64, channels: 3 } }).toColourspace('cmyk').jpeg().toBuffer()],
    ['JPEG with a wide colour profile', () => sharp(corners.data, { raw: { width: 96, height: 64, channels: 3 } }).withIccProfile('p3').jpeg().toBuffer()],
    ['animated WebP: its first frame', async () => sharp([await pngOf(corners), await pngOf(noise(96, 64, 4))], { join: { animated: true } }).webp().toBuffer()],
  ])('%s', async (_, make) => {
    const original = await keep(await make())
    const desk = await room.pictures.desk(original)
    const release = await room.pictures.release(original, [{ left: 40, top: 24, width: 8, height: 8 }], fields)
    expect(await cornersOf(await room.bytesOf(desk.screen))).toEqual([0, 1, 2, 3])
    expect(await cornersOf(await room.bytesOf(release.full))).toEqual([0, 1, 2, 3])
    const covered = pixel(await decoded(await room.bytesOf(release.full)), 44, 28)
    expect(Math.max(...covered.map((value, at) => Math.abs(value - ([0x16, 0x20, 0x2b][at] ?? 0))))).toBeLessThanOrEqual(1)
  })

  it('grey keeps its covers in colour', async () => {
    const original = await keep(await sharp({ create: { width: 90, height: 90, channels: 3, background: '#999' } }).toColourspace('b-w').jpeg().toBuffer())
    const { full } = await room.pictures.release(original, [{ left: 30, top: 30, width: 20, height: 20 }], fields)
    const [r, , b] = pixel(await decoded(await room.bytesOf(full)), 40, 40)
    expect(b - r).toBeGreaterThan(15)
  })

  it('what transparency hid stays hidden', async () => {
    const hidden = await sharp({ create: { width: 90, height: 90, channels: 4, background: { r: 255, g: 0, b: 255, alpha: 0 } } }).png().toBuffer()
    const { screen } = await room.pictures.desk(await keep(hidden))
    expect(Math.min(...(await decoded(await room.bytesOf(screen))).data)).toBeGreaterThan(250)
  })

  it('pictures that look alike have fingerprints that are alike', async () => {
    const scene = await sharp(noise(9, 8, 5).data, { raw: { width: 9, height: 8, channels: 3 } }).resize(640, 480, { kernel: 'cubic', fit: 'fill' }).png().toBuffer()
    const dhash = async (bytes: Buffer) => BigInt(`0x${(await room.pictures.desk(await keep(bytes))).dhash}`)
    const distance = (a: bigint, b: bigint) => (a ^ b).toString(2).replaceAll('0', '').length
    const one = await dhash(await sharp(scene).jpeg({ quality: 90 }).toBuffer())
    expect(distance(one, await dhash(await sharp(scene).resize(500).jpeg({ quality: 40 }).toBuffer()))).toBeLessThan(6)
    expect(distance(one, await dhash(await sharp(scene).flop().jpeg().toBuffer()))).toBeGreaterThan(16)
    expect((await room.pictures.desk(await keep(await jpegOf(raster(90, 80, (x) => [x * 2, x * 2, x * 2]))))).dhash).toBe('ffffffffffffffff')
  })
})

describe('what cannot be made', () => {
  it('a JPEG that was cut is unreadable, and the next one works', async () => {
    const whole = await jpegOf(noise(200, 150, 6))
    for (const share of [0.02, 0.3, 0.6, 0.95]) {
      const cut = await keep(whole.subarray(0, Math.floor(whole.length * share)))
      await expect(room.pictures.desk(cut)).rejects.toMatchObject({ code: 'unreadable' })
      await expect(room.pictures.full(cut)).rejects.toMatchObject({ code: 'unreadable' })
      await expect(room.pictures.release(cut, [], fields)).rejects.toMatchObject({ code: 'unreadable' })
    }
    expect(room.warnings.length).toBeGreaterThan(0)
    expect((await room.pictures.desk(await keep(whole))).width).toBe(200)
  })

  it('what is no picture is refused before a decoder sees it', async () => {
    const html = await keep(Buffer.from('<!doctype html><script>alert(1)</script>'))
    await expect(room.pictures.desk(html)).rejects.toMatchObject({ code: 'wrong_type' })
    const heic = await keep(Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]))
    await expect(room.pictures.release(heic, [], fields)).rejects.toMatchObject({ code: 'unreadable' })
    const bomb = await keep(await sharp({ create: { width: 8_000, height: 7_600, channels: 3, background: '#000' } }).png().toBuffer())
    await expect(room.pictures.desk(bomb)).rejects.toMatchObject({ code: 'too_large', details: { limit: 60_000_000 } })
  })

  it('an original that is not there is our fault, not the picture\'s', async () => {
    await expect(room.pictures.desk('a'.repeat(64))).rejects.toMatchObject({ code: 'broken' })
  })

  it('fields that do not fit are refused', async () => {
    const original = await keep(await jpegOf(noise(50, 50, 7)))
    await expect(room.pictures.release(original, [], { ...fields, dateCreated: '2027-02-28T14:33' })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('nothing of the phone leaves', () => {
  const canaries = ['CANARY-make', 'CANARY-thumb', 'CANARY-xmp', 'CANARY-comment', 'CANARY-maker', 'CANARY-jumbf', 'CANARY-mpf', 'CANARY-iptc', 'CANARY-tail', 'CANARY-jfif', 'ICC_PROFILE', 'GPS', 'Exif', 'JFIF']
  let parent: Buffer
  beforeAll(async () => {
    parent = await canaryJpeg()
  })

  it('although the parent is full of it', async () => {
    for (const canary of canaries) if (canary !== 'GPS') expect(parent.includes(canary), canary).toBe(true)
    expect(strangersIn(parent, null).length).toBeGreaterThan(6)
    expect(count(parent, Buffer.from([0xff, 0xd8, 0xff]))).toBe(3)
    const tags = await listed(parent)
    expect(tags['IFD0:Make']).toBe('CANARY-make')
    expect(tags['GPS:GPSLatitude']).toBeDefined()
    expect(tags['IFD1:ThumbnailImage']).toBeDefined()
  })

  it('in no rendition: no canary, no second JPEG, nothing after the end', async () => {
    const original = await keep(parent)
    const desk = await room.pictures.desk(original)
    const release = await room.pictures.release(original, [{ left: 20, top: 20, width: 30, height: 30 }], fields)
    for (const file of [desk.thumb, desk.screen, await room.pictures.full(original), release.full, release.web, release.wall]) {
      const bytes = await room.bytesOf(file)
      for (const canary of canaries) expect(bytes.includes(canary), canary).toBe(false)
      expect(count(bytes, Buffer.from([0xff, 0xd8, 0xff]))).toBe(1)
      expect(bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
      expect(count(bytes, Buffer.from([0xff, 0xd9]))).toBe(1)
    }
    expect((await sharp(await room.bytesOf(desk.screen)).metadata()).xmp).toBeUndefined()
  })

  it('an independent reader lists exactly our fields', async () => {
    const original = await keep(parent)
    const release = await room.pictures.release(original, [{ left: 20, top: 20, width: 30, height: 30 }], fields)
    for (const file of [release.full, release.web, release.wall]) {
      expect(await listed(await room.bytesOf(file))).toEqual({
        'XMP-photoshop:Headline': fields.headline,
        'XMP-dc:Description': fields.description['es'],
        'XMP-dc:Description-es': fields.description['es'],
        'XMP-dc:Description-en': fields.description['en'],
        'XMP-photoshop:CaptionWriter': fields.descriptionWriter,
        'XMP-iptcCore:AltTextAccessibility': fields.altText['es'],
        'XMP-iptcCore:AltTextAccessibility-es': fields.altText['es'],
        'XMP-iptcCore:AltTextAccessibility-en': fields.altText['en'],
        'XMP-dc:Creator': [fields.creator],
        'XMP-photoshop:Credit': fields.creditLine,
        'XMP-dc:Rights': fields.copyrightNotice,
        'XMP-photoshop:DateCreated': '2027:02:28 14:00',
        'XMP-iptcExt:LocationCreated': [{ City: 'San Salvador Centro', ProvinceState: 'San Salvador', CountryName: 'El Salvador', CountryCode: 'SV' }],
        'XMP-xmpRights:UsageTerms': fields.usageTerms['es'],
        'XMP-xmpRights:UsageTerms-es': fields.usageTerms['es'],
        'XMP-xmpRights:UsageTerms-en': fields.usageTerms['en'],
        'XMP-photoshop:Instructions': fields.instructions,
        'XMP-photoshop:TransmissionReference': fields.jobId,
        'XMP-iptcExt:DigitalSourceType': 'http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits',
      })
    }
    const plain = await room.pictures.release(original, [], { ...fields, dateCreated: '2027-02-28' })
    expect(await listed(await room.bytesOf(plain.full))).toMatchObject({ 'XMP-photoshop:DateCreated': '2027:02:28', 'XMP-iptcExt:DigitalSourceType': 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture' })
  })

  it('long texts still fit, whole', async () => {
    const long = 'Ñandú & cía. '.repeat(2_500)
    const { wall } = await room.pictures.release(await keep(await jpegOf(noise(50, 50, 8))), [], { ...fields, description: { en: long } })
    expect((await listed(await room.bytesOf(wall)))['XMP-dc:Description-en']).toBe(long)
  })

  it('and the exit door names what would', () => {
    expect(strangersIn(parent, 'x')).toContain('not our description')
    expect(strangersIn(Buffer.from('GIF89a'), null)).toEqual(['no picture'])
    expect(strangersIn(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xd9]), Buffer.from('tail')]), null)).toContain('something after the end')
  })
})

function count(bytes: Buffer, part: Buffer): number {
  let found = 0
  for (let at = bytes.indexOf(part); at !== -1; at = bytes.indexOf(part, at + 1)) found += 1
  return found
}

async function listed(bytes: Buffer): Promise<Record<string, unknown>> {
  const path = join(room.folder, 'listed.jpg')
  await writeFile(path, bytes)
  return exifFieldsOf(path)
}
