import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canary, canaryHeic, formats, scene } from '../support/canaries.ts'
import { decoded, exifFieldsOf, fields, noise, openPictureRoom, pixel, type PictureRoom } from '../support/pictures.ts'


let room: PictureRoom
beforeAll(async () => {
  room = await openPictureRoom()
})
afterAll(() => room.close())

const keep = (bytes: Buffer) => room.files.originals.putBytes(bytes)

/** Every file that is made of a picture, for desk and press. */
async function renditionsOf(original: string): Promise<Buffer[]> {
  const desk = await room.pictures.desk(original)
  const release = await room.pictures.release(original, [{ left: 20, top: 20, width: 30, height: 30 }], fields)
  return Promise.all([desk.thumb, desk.screen, await room.pictures.full(original), release.full, release.web, release.wall].map((file) => room.bytesOf(file)))
}

/** Of the tables and segments that a decoder needs, and of what begins and ends a file. */
const traces = [canary, 'JFIF', 'Exif', 'ICC_PROFILE', 'jumb', 'GPS', 'Adobe', '<html', 'MPF']

describe.each(formats)('[R207] nothing that was in a %s beside its pixels is in what is made of it', (format, make) => {
  it('although it is full of it', async () => {
    const bytes = await make(1)
    expect(bytes.toString('latin1').split(canary).length).toBeGreaterThan(format === 'HEIC' ? 4 : 6)
    await writeFile(join(room.folder, 'parent'), bytes)
    expect(Object.keys(await exifFieldsOf(join(room.folder, 'parent'))).filter((name) => /GPSLatitude$|:Make$/.test(name)).length).toBeGreaterThan(1)
  })

  it.each(format === 'HEIC' ? [1] : [1, 2, 3, 4, 5, 6, 7, 8])('of orientation %i: no canary, no second picture, nothing after the end, and upright', async (orientation) => {
    const made = await renditionsOf(await keep(await make(orientation)))
    for (const bytes of made) {
      const text = bytes.toString('latin1')
      expect(traces.filter((trace) => text.includes(trace))).toEqual([])
      expect([text.split('\xff\xd8\xff').length, text.split('\xff\xd9').length, text.endsWith('\xff\xd9')]).toEqual([2, 2, true])
      const { width = 0, height = 0, orientation: turned } = await sharp(bytes).metadata()
      expect([width > height, turned]).toEqual([true, undefined])
    }
    if (format === 'HEIC') return
    // The same pixels, however the camera was held; a colour profile and JPEG shift them a little.
    const full = await decoded(made[2] ?? Buffer.alloc(0))
    expect([full.width, full.height]).toEqual([scene.width, scene.height])
    const apart = Array.from({ length: 108 }, (_, at) => [(at % 12) * 10 + 5, Math.floor(at / 12) * 10 + 5]).map(([x = 0, y = 0]) => Math.hypot(...pixel(full, x, y).map((value, at) => value - (pixel(scene, x, y)[at] ?? 0))))
    expect(apart.sort((one, other) => one - other)[54]).toBeLessThan(60)
  })

  it('and an independent reader finds our description alone', async () => {
    const { full } = await room.pictures.release(await keep(await make(6)), [], fields)
    await writeFile(join(room.folder, 'full.jpg'), await room.bytesOf(full))
    const names = Object.keys(await exifFieldsOf(join(room.folder, 'full.jpg')))
    expect(names.filter((name) => !/^XMP-(photoshop|dc|iptcCore|iptcExt|xmpRights):/.test(name))).toEqual([])
  })
})

describe('[R207] a covered place cannot be told from what is made of a picture', () => {
  it.each([
    ['WebP without loss', (bytes: Buffer) => sharp(bytes).webp({ lossless: true }).toBuffer()],
    ['PNG turned by its EXIF', (bytes: Buffer) => sharp(bytes).withMetadata({ orientation: 1 }).png().toBuffer()],
  ])('%s: two that differ only there give the same files', async (_, encode) => {
    const box = { left: 50, top: 37, width: 20, height: 20 }
    const one = noise(120, 104, 7)
    const other = { ...one, data: Buffer.from(one.data) }
    const inside = noise(box.width, box.height, 8)
    for (let row = 0; row < box.height; row += 1) inside.data.copy(other.data, ((box.top + row) * one.width + box.left) * 3, row * box.width * 3, (row + 1) * box.width * 3)
    const [a, b] = await Promise.all([one, other].map(async ({ data, width, height }) => encode(await sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer())))
    expect(a?.equals(b ?? Buffer.alloc(0))).toBe(false)
    const [first, second] = await Promise.all([a, b].map(async (bytes) => room.pictures.release(await keep(bytes ?? Buffer.alloc(0)), [box], fields)))
    expect(second).toEqual(first)
  })

  it('HEIC: the cover reaches as far as the unit that is coded together', async () => {
    const { full } = await room.pictures.release(await keep(await canaryHeic()), [{ left: 150, top: 120, width: 10, height: 10 }], fields)
    const pixels = await decoded(await room.bytesOf(full))
    const isCover = (x: number, y: number) => pixel(pixels, x, y).every((value, at) => Math.abs(value - ([0x16, 0x20, 0x2b][at] ?? 0)) < 6)
    expect([isCover(150 - 60, 125), isCover(159 + 60, 125), isCover(155, 120 - 60), isCover(155, 129 + 60)]).toEqual([true, true, true, true])
  })
})
