import { beforeAll, describe, expect, it } from 'vitest'
import { readSays } from '../../server/platform/pictures/exif.ts'
import { heicSources } from '../../server/platform/pictures/heic-items.ts'
import { mutated } from '../support/hostile.ts'
import { drawnHeic } from '../support/pictures.ts'

// HEIC files as phones and programs write them: by brand, by where they keep what they say.

let drawn: Buffer
let exif: Buffer
const said = { takenAt: '2027-02-28T14:00:00', utcOffset: '-06:00', position: { latitude: expect.closeTo(13.5801, 4) as number, longitude: -89.28 }, device: 'CANARY-make Ejercicio 1', software: '18.5' }
const saysOf = (file: Buffer) => readSays(heicSources(file))

beforeAll(async () => {
  drawn = await drawnHeic()
  exif = Buffer.from(heicSources(drawn).exif ?? [])
})

const number = (value: number, bytes: 1 | 2 | 4 | 8): Buffer => {
  const out = Buffer.alloc(bytes)
  if (bytes === 8) out.writeBigUInt64BE(BigInt(value))
  else out.writeUIntBE(value, 0, bytes)
  return out
}
const box = (kind: string, ...parts: Buffer[]): Buffer => Buffer.concat([number(8 + Buffer.concat(parts).length, 4), Buffer.from(kind, 'latin1'), ...parts])
const full = (kind: string, version: number, ...parts: Buffer[]): Buffer => box(kind, number(version, 1), Buffer.alloc(3), ...parts)
const brands = (...names: string[]): Buffer => box('ftyp', Buffer.from(names[0] ?? '', 'latin1'), number(0, 4), Buffer.from(names.slice(1).join(''), 'latin1'))

/** The block as an item has it: how far in it begins, its name, itself. */
const item = (told = 6): Buffer => Buffer.concat([number(told, 4), Buffer.from('Exif\0\0', 'latin1'), exif])

type Kept = { infos?: 0 | 1; entry?: 2 | 3; places: 0 | 1 | 2; inData?: boolean; wide?: 4 | 8; base?: number; pieces?: number; start?: Buffer; told?: number }

/** A file that holds nothing but what it says of itself. */
function heicOf({ infos = 0, entry = 2, places, inData = false, wide = 4, base = 0, pieces = 1, start = brands('heic', 'mif1', 'heic'), told }: Kept): Buffer {
  const block = item(told)
  const [count, id] = [infos === 0 ? number(1, 2) : number(1, 4), entry === 2 ? number(7, 2) : number(7, 4)]
  const about = full('iinf', infos, count, full('infe', entry, id, number(0, 2), Buffer.from('Exif\0', 'latin1')))
  const each = Math.ceil(block.length / pieces)
  const locations = (at: number) => full('iloc', places, number((wide << 4) | wide, 1), number((base > 0 ? 4 : 0) << 4, 1), places === 2 ? number(1, 4) : number(1, 2), places === 2 ? number(7, 4) : number(7, 2),
    ...(places === 0 ? [] : [number(inData ? 1 : 0, 2)]), number(0, 2), ...(base > 0 ? [number(base, 4)] : []), number(pieces, 2),
    ...Array.from({ length: pieces }, (_, piece) => Buffer.concat([number(at + piece * each - base, wide), number(Math.min(each, block.length - piece * each), wide)])))
  const meta = (at: number) => full('meta', 0, about, locations(at), ...(inData ? [box('idat', block)] : []))
  if (inData) return Buffer.concat([start, meta(0)])
  const before = start.length + meta(base).length + 8
  return Buffer.concat([start, meta(before), box('mdat', block)])
}

describe('[R210] what a HEIC says of itself', () => {
  it('is read from a file of libheif', async () => {
    expect(await saysOf(drawn)).toEqual(said)
  })

  it.each<[string, Kept]>([
    ['the brands of a burst or of ten bits', { places: 0, start: brands('heix', 'mif1', 'heix') }],
    ['the generic brand alone', { places: 0, start: brands('mif1', 'mif1', 'miaf') }],
    ['a long list of brands', { places: 0, start: brands('heic', ...Array.from({ length: 20 }, () => 'MiHB'), 'heic') }],
    ['more items than sixteen bits count', { places: 2, infos: 1, entry: 3 }],
    ['sixty-four bits for each place', { places: 1, wide: 8 }],
    ['places counted from a base', { places: 0, base: 40 }],
    ['its block in three pieces', { places: 1, pieces: 3 }],
    ['its block within the description', { places: 1, inData: true }],
    ['a beginning that is told wrongly', { places: 0, told: 0 }],
    ['a beginning that is told far away', { places: 0, told: 4_000_000_000 }],
  ])('is read from one with %s', async (_, kept) => {
    expect(await saysOf(heicOf(kept))).toEqual(said)
  })

  it('is nothing where it is cut, endless, elsewhere or too large', async () => {
    const nothing = { takenAt: null, utcOffset: null, position: null, device: null, software: null }
    const whole = heicOf({ places: 0 })
    const hollow = Buffer.concat(Array.from({ length: 60_000 }, () => Buffer.concat([number(9, 2), number(0, 2), number(0xffff, 2)])))
    expect(await saysOf(Buffer.concat([brands('heic', 'heic'), full('meta', 0, full('iinf', 0, number(0, 2)), full('iloc', 0, number(0, 1), number(0, 1), number(60_000, 2), hollow))]))).toEqual(nothing)
    for (const length of [0, 3, 20, 40, 60, whole.length - exif.length - 5]) expect(await saysOf(whole.subarray(0, length))).toEqual(nothing)
    expect(await saysOf(Buffer.concat([brands('heic', 'heic'), full('meta', 0, full('iinf', 1, number(0xffffffff, 4)), full('iloc', 2, number(0x88, 1), number(0x88, 1), number(0xffffffff, 4)))]))).toEqual(nothing)
  })

  it('never throws on bytes replaced', async () => {
    for (let seed = 0; seed < 300; seed += 1) expect(Object.keys(await saysOf(mutated(seed % 2 === 0 ? drawn : heicOf({ places: 1, pieces: 3 }), seed)))).toHaveLength(5)
  })
})
