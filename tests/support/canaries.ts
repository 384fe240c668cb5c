import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { pngChunk, segment, withChunks, withSegments } from './hostile.ts'
import { asStored, drawnHeic, noise, pixel, raster } from './pictures.ts'
import type { Raster } from './pictures.ts'

// Pictures with everything that phones, editors and attackers leave in a file: whatever of it is found in what leaves tells where it came through.

/** What stands in these files beside their pixels. The position is 13.7 N 89.2 W. */
export const canary = 'CANARY'

const exif = { IFD0: { Make: 'CANARY-make', ImageDescription: 'CANARY-description' }, IFD2: { LensModel: 'CANARY-maker', UserComment: 'CANARY-comment' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '13/1 42/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '89/1 12/1 0/1' } }
const xmp = '<x>CANARY-xmp</x>'
const jumbf = 'JP\0\x01\0\0\0\x01\0\0\0\x20jumbCANARY-jumbf'
const tail = '<html>CANARY-tail</html>'
const small = (background: string) => sharp({ create: { width: 16, height: 16, channels: 3, background } }).jpeg().toBuffer()

const colours = noise(12, 9, 9)
/** Squares of 10 pixels that no turn or mirror takes for others. */
export const scene: Raster = raster(120, 90, (x, y) => pixel(colours, Math.floor(x / 10), Math.floor(y / 10)))

const stored = (orientation: number) => {
  const { data, width, height } = asStored(scene, orientation)
  return sharp(data, { raw: { width, height, channels: 3 } }).withExif(exif).withIccProfile('p3').withXmp(xmp).withMetadata({ orientation })
}

export async function canaryJpeg(orientation = 1): Promise<Buffer> {
  const thumb = Buffer.concat([await small('#f0f'), Buffer.from('CANARY-thumb')])
  const added = [
    segment(0xe0, 'JFIF\0\x01\x01\0\0\x48\0\x48\0\0CANARY-jfif'),
    segment(0xe1, 'Exif\0\0', exifWithThumbnail(thumb)),
    segment(0xe2, 'MPF\0CANARY-mpf'),
    segment(0xeb, jumbf),
    segment(0xed, 'Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x78\0\x0bCANARY-iptc'),
    segment(0xfe, 'CANARY-comment <script>alert(1)</script>'),
  ]
  const whole = await stored(orientation).jpeg().toBuffer()
  // A decoder takes the orientation of the first EXIF: where it matters the thumbnail's stands behind the camera's.
  const jpeg = orientation === 1 ? withSegments(whole, ...added) : Buffer.concat([whole.subarray(0, afterApps(whole)), ...added, whole.subarray(afterApps(whole))])
  return Buffer.concat([jpeg, await small('#0ff'), Buffer.from(tail)])
}

/** Where the segments of applications end. */
function afterApps(jpeg: Buffer): number {
  let at = 2
  while ((jpeg[at + 1] ?? 0) >= 0xe0 && (jpeg[at + 1] ?? 0) <= 0xef) at += 2 + jpeg.readUInt16BE(at + 2)
  return at
}

export async function canaryPng(orientation = 1): Promise<Buffer> {
  const text = (name: string, body: string) => pngChunk(name, Buffer.from(body, 'latin1'))
  const packed = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('CANARY-packed')])
  const chunks = [text('tEXt', 'Author\0CANARY-author'), pngChunk('zTXt', packed), text('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<x>CANARY-xmp</x>'), text('caBX', jumbf)]
  return Buffer.concat([withChunks(await stored(orientation).png().toBuffer(), ...chunks), await small('#0ff'), Buffer.from(tail)])
}

export async function canaryWebp(orientation = 1): Promise<Buffer> {
  const webp = await stored(orientation).webp({ lossless: true }).toBuffer()
  const chunk = Buffer.concat([Buffer.from('C2PA'), Buffer.from([jumbf.length + (jumbf.length % 2), 0, 0, 0]), Buffer.from(jumbf.padEnd(jumbf.length + (jumbf.length % 2), '\0'), 'latin1')])
  const whole = Buffer.concat([webp, chunk])
  whole.writeUInt32LE(whole.length - 8, 4)
  return Buffer.concat([whole, await small('#0ff'), Buffer.from(tail)])
}

/** Of a HEIC the one orientation that its boxes say. */
export const canaryHeic = async (): Promise<Buffer> => {
  const box = Buffer.from(`\0\0\0\0jumb${jumbf}`, 'latin1')
  box.writeUInt32BE(box.length)
  return Buffer.concat([await drawnHeic(), box, Buffer.from(tail)])
}

export const formats: [string, (orientation: number) => Promise<Buffer>][] = [['JPEG', canaryJpeg], ['PNG', canaryPng], ['WebP', canaryWebp], ['HEIC', canaryHeic]]

/** TIFF with an empty first directory and a second that holds a JPEG. */
function exifWithThumbnail(thumb: Buffer): Buffer {
  const entry = (tag: number, type: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(1, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const head = Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0, 14, 0, 0, 0, 3, 0])
  return Buffer.concat([head, entry(0x0103, 3, 6), entry(0x0201, 4, 56), entry(0x0202, 4, thumb.length), Buffer.alloc(4), thumb])
}
