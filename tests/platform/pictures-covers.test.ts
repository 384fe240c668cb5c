import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decoded, fields, jpegOf, noise, openPictureRoom, pixel, pngOf, raster, type Colour, type PictureRoom, type Raster } from '../support/pictures.ts'

type Box = { left: number; top: number; width: number; height: number }

const cover: Colour = [0x16, 0x20, 0x2b]
const magenta: Colour = [255, 0, 255]
const orientations = [1, 2, 3, 4, 5, 6, 7, 8]


let room: PictureRoom
beforeAll(async () => {
  room = await openPictureRoom()
})
afterAll(() => room.close())

const isIn = (box: Box, x: number, y: number, margin = 0) =>
  x >= box.left - margin && x < box.left + box.width + margin && y >= box.top - margin && y < box.top + box.height + margin

/** The same pixels but for those in the box. */
function changedIn(pixels: Raster, box: Box, seed: number): Raster {
  const [other, data] = [noise(box.width, box.height, seed), Buffer.from(pixels.data)]
  for (let row = 0; row < box.height; row += 1) other.data.copy(data, ((box.top + row) * pixels.width + box.left) * 3, row * box.width * 3, (row + 1) * box.width * 3)
  return { ...pixels, data }
}

async function release(original: Buffer, covers: Box[]) {
  return room.pictures.release(await room.files.originals.putBytes(original), covers, fields)
}

async function differsOutside(one: Buffer, other: Buffer, box: Box): Promise<boolean> {
  const [a, b] = [await decoded(one), await decoded(other)]
  for (let y = 0; y < a.height; y += 1) for (let x = 0; x < a.width; x += 1) if (!isIn(box, x, y) && pixel(a, x, y).join() !== pixel(b, x, y).join()) return true
  return false
}

describe('two originals that differ only below a cover give the same files, byte for byte', () => {
  it.each(orientations)('JPEG of orientation %i, the cover at each of 16 offsets', async (orientation) => {
    const tracesOutside: boolean[] = []
    for (let offset = 0; offset < 16; offset += 1) {
      const box = { left: 40 + offset, top: 33 + ((offset * 5 + 3) % 16), width: 21, height: 14 }
      const one = noise(120, 104, offset)
      const [a, b] = [await jpegOf(one, orientation), await jpegOf(changedIn(one, box, 1_000 + offset), orientation)]
      if (orientation === 1) tracesOutside.push(await differsOutside(a, b, box))
      const [fromA, fromB] = await Promise.all([release(a, [box]), release(b, [box])])
      expect(fromB, `offset ${offset}`).toEqual(fromA)
    }
    // Without the margin the originals would be told apart: this test can fail.
    if (orientation === 1) expect(tracesOutside).toEqual(tracesOutside.map(() => true))
  })

  it.each(orientations)('4:1:1, whose coded units are 32 pixels wide, orientation %i', async (orientation) => {
    for (const edge of [0, 31]) {
      // Only what is at one edge of a unit is covered, and the whole unit differs.
      const [a, b] = [await wideUnits(orientation, 1), await wideUnits(orientation, 2)]
      const [upright, other] = [await decoded(await sharp(a).autoOrient().png().toBuffer()), await decoded(await sharp(b).autoOrient().png().toBuffer())]
      const differing = extent(upright, other)
      expect(Math.max(differing.width, differing.height)).toBe(32)
      const isWide = differing.width === 32
      const box = isWide ? { ...differing, left: differing.left + edge, width: 1 } : { ...differing, top: differing.top + edge, height: 1 }
      const [fromA, fromB] = await Promise.all([release(a, [box]), release(b, [box])])
      expect(fromB, `edge ${edge}`).toEqual(fromA)
    }
  })

  it('PNG', async () => {
    const box = { left: 50, top: 37, width: 20, height: 20 }
    const one = noise(120, 104, 7)
    expect(await release(await pngOf(changedIn(one, box, 8)), [box])).toEqual(await release(await pngOf(one), [box]))
  })

  it('a large one, whose smaller sizes are resized', async () => {
    const box = { left: 701, top: 403, width: 333, height: 222 }
    const one = noise(1_700, 1_100, 9)
    const [a, b] = await Promise.all([release(await jpegOf(one), [box]), release(await jpegOf(changedIn(one, box, 10)), [box])])
    expect(b).toEqual(a)
    expect([a.full.width, a.web.width, a.wall.width]).toEqual([1_700, 1_600, 800])
  })
})

describe('covers', () => {
  it.each(orientations)('are solid where they were drawn, on the upright picture, orientation %i', async (orientation) => {
    const box = { left: 61, top: 43, width: 30, height: 25 }
    const made = await release(await jpegOf(raster(180, 140, (x, y) => (isIn(box, x, y) ? magenta : [250, 250, 250])), orientation), [box])
    const full = await decoded(await room.bytesOf(made.full))
    expect([full.width, full.height]).toEqual([180, 140])
    const inside = new Set<string>()
    for (let y = 0; y < full.height; y += 1) {
      for (let x = 0; x < full.width; x += 1) {
        const colour = pixel(full, x, y)
        if (isIn(box, x, y)) inside.add(colour.join())
        // JPEG rings at the edge of a cover, within the coded unit.
        else if (isIn(box, x, y, 16)) expect(far(colour, cover), `${x},${y}`).toBeLessThan(60)
        else if (!isIn(box, x, y, 33)) expect(far(colour, [250, 250, 250]), `${x},${y}`).toBeLessThan(4)
      }
    }
    expect(inside.size).toBe(1)
    expect(far([...inside].join().split(',').map(Number), cover)).toBeLessThanOrEqual(1)
  })

  it('reach the edges, and may lie over each other and partly outside', async () => {
    const boxes = [{ left: 0, top: 0, width: 10, height: 10 }, { left: 5, top: 5, width: 20, height: 10 }, { left: 100, top: 60, width: 500, height: 500 }]
    const full = await decoded(await room.bytesOf((await release(await jpegOf(raster(120, 90, () => [250, 250, 250])), boxes)).full))
    for (const [x, y] of [[0, 0], [9, 9], [20, 12], [119, 89], [119, 60], [100, 89]] as const) expect(far(pixel(full, x, y), cover), `${x},${y}`).toBeLessThanOrEqual(1)
    expect(far(pixel(full, 75, 20), [250, 250, 250])).toBeLessThan(4)
  })

  it('can be two hundred', async () => {
    const boxes = Array.from({ length: 200 }, (_, index) => ({ left: (index % 20) * 40, top: Math.floor(index / 20) * 60, width: 4, height: 4 }))
    const full = await decoded(await room.bytesOf((await release(await jpegOf(raster(800, 600, () => [250, 250, 250])), boxes)).full))
    for (const box of boxes) expect(far(pixel(full, box.left + 1, box.top + 1), cover)).toBeLessThanOrEqual(1)
  })

  it('that lie outside were drawn on another picture', async () => {
    const original = await jpegOf(noise(60, 40, 1), 6)
    for (const box of [{ left: 60, top: 0, width: 9, height: 9 }, { left: 0, top: 40, width: 9, height: 9 }, { left: -9, top: 0, width: 9, height: 9 }]) {
      await expect(release(original, [{ left: 1, top: 1, width: 2, height: 2 }, box])).rejects.toMatchObject({ code: 'invalid_input', details: { fields: [{ path: 'covers.1', reason: 'does_not_agree' }] } })
    }
  })

  it('hide in every size what is below them', async () => {
    const box = { left: 600, top: 400, width: 500, height: 400 }
    const made = await release(await jpegOf(raster(1_800, 1_200, (x, y) => (isIn(box, x, y) ? magenta : [200, 210, 200]))), [box])
    for (const size of [made.full, made.web, made.wall]) {
      const pixels = await decoded(await room.bytesOf(size))
      const scale = pixels.width / 1_800
      let nearest = 1_000
      for (let at = 0; at < pixels.data.length; at += 3) nearest = Math.min(nearest, far([...pixels.data.subarray(at, at + 3)], magenta))
      expect(nearest).toBeGreaterThan(100)
      for (const [x, y] of [[601, 401], [1_099, 401], [601, 799], [850, 600]] as const) {
        expect(far(pixel(pixels, Math.round(x * scale), Math.round(y * scale)), cover), `${pixels.width}: ${x},${y}`).toBeLessThanOrEqual(6)
      }
    }
  })

  it('are not there when nobody drew one', async () => {
    const made = await release(await jpegOf(raster(64, 64, () => [250, 250, 250])), [])
    const full = await decoded(await room.bytesOf(made.full))
    expect(Math.min(...full.data)).toBeGreaterThan(245)
  })
})

/** Largest difference of one channel. */
function far(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))))
}

/** The box of the pixels that differ. */
function extent(one: Raster, other: Raster): Box {
  const [columns, rows]: [number[], number[]] = [[], []]
  for (let y = 0; y < one.height; y += 1) for (let x = 0; x < one.width; x += 1) {
    if (pixel(one, x, y).join() === pixel(other, x, y).join()) continue
    columns.push(x)
    rows.push(y)
  }
  const [left, top] = [Math.min(...columns), Math.min(...rows)]
  return { left, top, width: Math.max(...columns) - left + 1, height: Math.max(...rows) - top + 1 }
}

/**
 * A 4:1:1 JPEG, which sharp does not write: 4:2:0 too codes four blocks of light with one of each colour, so its header can be made to
 * say 4:1:1, twice as wide and half as high. The picture is scrambled, the units are true. `seed` changes one unit alone.
 */
async function wideUnits(orientation: number, seed: number): Promise<Buffer> {
  const unit = { left: 32, top: 96, width: 16, height: 16 }
  const pixels = changedIn(noise(96, 192, 5), unit, seed)
  const bytes = await sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } }).withMetadata({ orientation }).jpeg({ quality: 85, chromaSubsampling: '4:2:0' }).toBuffer()
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  bytes.writeUInt16BE(96, frame + 5)
  bytes.writeUInt16BE(192, frame + 7)
  expect(bytes[frame + 11]).toBe(0x22)
  bytes[frame + 11] = 0x41
  return bytes
}
