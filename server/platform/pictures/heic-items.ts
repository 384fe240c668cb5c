import type { Sources } from './exif.ts'

/**
 * What a HEIC says of itself, found in its boxes (ISO/IEC 14496-12 8.11, 23008-12 annex A) whatever its brands are, however long their list, and wherever the item lies: the library that reads the fields looks only
 * into files whose second to tenth brand is `heic`, with one piece at an offset from the file's start. Everything here is somebody else's word: what does not fit says nothing.
 */
export function heicSources(file: Buffer): Sources {
  try {
    const items = itemsOf(file)
    return { exif: tiffOf(items.find(({ type }) => type === 'Exif')?.bytes()), xmp: items.find(({ type, content }) => type === 'mime' && content === 'application/rdf+xml')?.bytes() }
  } catch {
    return { exif: undefined, xmp: undefined }
  }
}

type Box = { kind: string; start: number; end: number }
type Piece = { at: number; length: number }
type Item = { type: string; content: string; bytes: () => Buffer | undefined }

const mostBoxes = 10_000
const mostPieces = 10_000
const mostBytes = 1_000_000
const text = (file: Buffer, start: number, end: number): string => file.subarray(start, end).toString('latin1')

function boxesIn(file: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end && boxes.length < mostBoxes;) {
    const short = file.readUInt32BE(at)
    const head = short === 1 ? 16 : 8
    const size = short === 1 ? Number(file.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short
    if (size < head || at + size > end) break
    boxes.push({ kind: text(file, at + 4, at + 8), start: at + head, end: at + size })
    at += size
  }
  return boxes
}

function itemsOf(file: Buffer): Item[] {
  const meta = boxesIn(file, 0, file.length).find(({ kind }) => kind === 'meta')
  if (!meta) return []
  // A version and flags stand before what is inside.
  const inside = boxesIn(file, meta.start + 4, meta.end)
  const named = (kind: string) => inside.find((box) => box.kind === kind)
  const [infos, places, data] = [named('iinf'), named('iloc'), named('idat')]
  if (!infos || !places) return []
  const pieces = piecesOf(file, places, data)
  return kindsOf(file, infos).map(({ id, ...item }) => ({ ...item, bytes: () => joined(file, pieces.get(id) ?? []) }))
}

/** Which items there are: what each is, and of `mime` which content. */
function kindsOf(file: Buffer, { start, end }: Box): { id: number; type: string; content: string }[] {
  const counted = file.readUInt8(start) === 0 ? 2 : 4
  return boxesIn(file, start + 4 + counted, end).flatMap((box) => {
    const version = file.readUInt8(box.start)
    if (box.kind !== 'infe' || version < 2) return []
    const wide = version === 2 ? 2 : 4
    const type = box.start + 4 + wide + 2
    const [, content = ''] = text(file, type + 4, box.end).split('\0')
    return [{ id: file.readUIntBE(box.start + 4, wide), type: text(file, type, type + 4), content }]
  })
}

/** Where each item lies: in the file itself, or in the box of data beside. */
function piecesOf(file: Buffer, { start }: Box, data: Box | undefined): Map<number, Piece[]> {
  const version = file.readUInt8(start)
  const [offsetSize, lengthSize, baseSize, indexSize] = [file.readUInt8(start + 4) >> 4, file.readUInt8(start + 4) & 15, file.readUInt8(start + 5) >> 4, version === 0 ? 0 : file.readUInt8(start + 5) & 15]
  let at = start + 6
  const take = (size: number): number => {
    at += size
    if (size === 0) return 0
    return size === 8 ? Number(file.readBigUInt64BE(at - 8)) : file.readUIntBE(at - size, size)
  }
  const wide = version < 2 ? 2 : 4
  const found = new Map<number, Piece[]>()
  let counted = 0
  for (let left = take(wide); left > 0; left -= 1) {
    const id = take(wide)
    const way = version === 0 ? 0 : take(2) & 15
    const isHere = take(2) === 0
    const base = take(baseSize)
    const pieces: Piece[] = []
    for (let extents = take(2); extents > 0; extents -= 1) {
      // Pieces of no size take no room in the file, however many it claims.
      if ((counted += 1) > mostPieces) throw new RangeError('Too many pieces')
      take(indexSize)
      pieces.push({ at: base + take(offsetSize), length: take(lengthSize) })
    }
    if (isHere && way === 0) found.set(id, pieces)
    else if (isHere && way === 1 && data) found.set(id, pieces.map((piece) => ({ ...piece, at: data.start + piece.at })))
  }
  return found
}

function joined(file: Buffer, pieces: readonly Piece[]): Buffer | undefined {
  const size = pieces.reduce((sum, { length }) => sum + length, 0)
  if (size === 0 || size > mostBytes || pieces.some(({ at, length }) => at + length > file.length)) return undefined
  return Buffer.concat(pieces.map(({ at, length }) => file.subarray(at, at + length)))
}

const farthestName = 64

/** The block itself: how far in it begins stands before it, and some writers count that otherwise. */
function tiffOf(item: Buffer | undefined): Buffer | undefined {
  if (!item || item.length < 12) return undefined
  const isStart = (at: number): boolean => ['II*\0', 'MM\0*'].includes(text(item, at, at + 4))
  const told = 4 + item.readUInt32BE(0)
  if (isStart(told)) return item.subarray(told)
  for (let at = 0; at < farthestName; at += 1) if (isStart(at)) return item.subarray(at)
  return undefined
}
