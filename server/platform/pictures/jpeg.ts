import type { ReadAt } from './header.ts'

type Frame = { width: number | null; height: number | null; progressive: boolean; blockPixels: number }

/** Enough for 50 MB of full segments; a file of millions of empty ones is not walked to its end. */
const mostSegments = 4096

/**
 * Walks the segments to the frame header and the first scan, a few bytes each. Follows what a decoder follows; at anything irregular
 * it stops and claims the worst: no size before the frame header, a progressive one after it.
 */
export async function readJpegFrame(readAt: ReadAt): Promise<Frame> {
  const damaged: Frame = { width: null, height: null, progressive: true, blockPixels: 16 }
  let frame = damaged
  let components = 0
  let isBaseline = false
  let offset = 2
  for (let step = 0; step < mostSegments; step += 1) {
    const bytes = await readAt(offset, 24)
    const marker = bytes[1]
    if (bytes.length < 4 || bytes[0] !== 0xff || marker === undefined) return frame
    if (marker === 0xff) {
      offset += 1 // padding
      continue
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      offset += 2 // stands alone
      continue
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const length = view.getUint16(2)
    if (marker < 0xc0 || marker === 0xd8 || marker === 0xd9 || length < 2) return frame
    if (isFrameHeader(marker)) {
      const count = bytes[9] ?? 0
      if (components > 0 || count < 1 || count > 4 || bytes.length < 10 + 3 * count) return frame
      const [height, width] = [view.getUint16(5), view.getUint16(7)]
      if (width === 0 || height === 0) return damaged
      components = count
      isBaseline = marker === 0xc0 || marker === 0xc1
      frame = { width, height, progressive: true, blockPixels: blockPixels(bytes, count) }
    }
    if (marker === 0xda) return { ...frame, progressive: !isBaseline || (bytes[4] ?? 0) < components }
    offset += 2 + length
  }
  return frame
}

/** SOF0 to SOF15; DHT, JPG and DAC lie between them. */
const isFrameHeader = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Blocks are 8 wide, times the largest sampling factor: 16 for 4:2:0, 32 for 4:1:1. */
function blockPixels(bytes: Uint8Array, components: number): number {
  let most = 1
  for (let index = 0; index < components; index += 1) {
    const factors = bytes[11 + 3 * index] ?? 0x11
    most = Math.max(most, factors >> 4, factors & 15)
  }
  return 8 * most
}

/**
 * The exit door: what a finished rendition holds besides its picture, as names of the segments that must not be there; empty means
 * clean. Allowed is what a decoder needs, and the given XMP once; nothing after the end, so no second JPEG.
 */
export function strangersIn(jpeg: Buffer, xmp: string | null): string[] {
  const strangers: string[] = []
  const ours = xmp === null ? null : Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(xmp)])
  let awaitsOurs = ours !== null
  if (jpeg.length < 4 || jpeg.readUInt16BE(0) !== 0xffd8) return ['no picture']
  let offset = 2
  while (offset + 4 <= jpeg.length && jpeg[offset] === 0xff) {
    const marker = jpeg[offset + 1] ?? 0
    const end = offset + 2 + jpeg.readUInt16BE(offset + 2)
    const body = jpeg.subarray(offset + 4, end)
    if (marker === 0xe1 && awaitsOurs && ours?.equals(body)) awaitsOurs = false
    else if (!isNeeded(marker)) strangers.push(`segment ${marker.toString(16)}`)
    offset = marker === 0xda ? endOfScan(jpeg, end) : end
  }
  if (offset !== jpeg.length - 2 || jpeg.readUInt16BE(offset) !== 0xffd9) strangers.push('something after the end')
  if (awaitsOurs) strangers.push('not our description')
  return strangers
}

/** Frame header, Huffman and quantisation tables, restart interval, scan. */
const isNeeded = (marker: number) => [0xc0, 0xc2, 0xc4, 0xdb, 0xdd, 0xda].includes(marker)

/** The offset of the marker that ends the coded pixels which begin at `offset`. */
function endOfScan(jpeg: Buffer, offset: number): number {
  for (let at = jpeg.indexOf(0xff, offset); at !== -1; at = jpeg.indexOf(0xff, at + 2)) {
    const next = jpeg[at + 1] ?? 0
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return jpeg.length
}
