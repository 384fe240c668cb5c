import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ExifTool } from 'exiftool-vendored'
import sharp from 'sharp'
import { openFiles, type Files } from '../../server/platform/files/files.ts'
import type { Limits } from '../../server/platform/pictures/confined.ts'
import { openPictures, type Pictures } from '../../server/platform/pictures/pictures.ts'
import type { ReleaseFields } from '../../server/platform/pictures/xmp.ts'

export type PictureRoom = { folder: string; files: Files; pictures: Pictures; warnings: unknown[]; bytesOf: (rendition: { sha256: string }) => Promise<Buffer>; close: () => Promise<void> }

/** Real files and real children in a folder of their own. */
export async function openPictureRoom(limits: Partial<Limits> = {}): Promise<PictureRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-pictures-'))
  const files = await openFiles(folder)
  const warnings: unknown[] = []
  const pictures = openPictures({ files, log: { warn: (details) => warnings.push(details) }, limits })
  return {
    folder, files, pictures, warnings,
    bytesOf: ({ sha256 }) => readFile(files.renditions.path(sha256)),
    async close() {
      await pictures.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Pixels as three bytes each, row by row. */
export type Raster = { width: number; height: number; data: Buffer }
export type Colour = readonly [number, number, number]

export function raster(width: number, height: number, colourAt: (x: number, y: number) => Colour): Raster {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) data.set(colourAt(x, y), (y * width + x) * 3)
  return { width, height, data }
}

export function pixel({ width, data }: Raster, x: number, y: number): Colour {
  const at = (y * width + x) * 3
  return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1]
}

export async function decoded(picture: Buffer): Promise<Raster> {
  const { data, info } = await sharp(picture).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

/** Noise that is the same for the same seed. */
export function noise(width: number, height: number, seed: number): Raster {
  const data = Buffer.alloc(width * height * 3)
  let block = createHash('sha256').update(`${seed}`).digest()
  for (let at = 0; at < data.length; at += block.length) {
    block.copy(data, at)
    block = createHash('sha256').update(block).digest()
  }
  return { width, height, data }
}

/** The pixels as a camera held in another way stores them: by the table of the EXIF standard for the tag Orientation. */
export function asStored(upright: Raster, orientation: number): Raster {
  const [right, bottom] = [upright.width - 1, upright.height - 1]
  const uprightOf = [
    (x: number, y: number) => [x, y], (x: number, y: number) => [right - x, y], (x: number, y: number) => [right - x, bottom - y], (x: number, y: number) => [x, bottom - y],
    (x: number, y: number) => [y, x], (x: number, y: number) => [right - y, x], (x: number, y: number) => [right - y, bottom - x], (x: number, y: number) => [y, bottom - x],
  ][orientation - 1]
  const [width, height] = orientation >= 5 ? [upright.height, upright.width] : [upright.width, upright.height]
  return raster(width, height, (x, y) => {
    const [column = 0, row = 0] = uprightOf?.(x, y) ?? []
    return pixel(upright, column, row)
  })
}

const image = ({ data, width, height }: Raster) => sharp(data, { raw: { width, height, channels: 3 } })

export const pngOf = (pixels: Raster) => image(pixels).png().toBuffer()

export function jpegOf(pixels: Raster, orientation = 1, chromaSubsampling = '4:2:0'): Promise<Buffer> {
  return image(asStored(pixels, orientation)).withMetadata({ orientation }).jpeg({ quality: 85, chromaSubsampling }).toBuffer()
}

/** A picture as a phone's camera stores it: large, with the device, the position and the way it was held in its EXIF. Of its own kind for each seed. */
export async function cameraJpeg(seed: number, [width, height]: [number, number], orientation = 1): Promise<Buffer> {
  const coarse = noise(Math.ceil(width / 8), Math.ceil(height / 8), seed)
  const exif = { IFD0: { Make: 'CanaryPhone', Model: 'Serial-77', Orientation: String(orientation) }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '13/1 42/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '89/1 12/1 0/1' } }
  return image(coarse).resize(width, height, { kernel: 'cubic' }).withExif(exif).withMetadata({ orientation }).jpeg({ quality: 88 }).toBuffer()
}

/** A real HEIC: a scene drawn by the sample, 320 x 240, coded by heif-enc of libheif 1.15 and laid out as phones do (no base offsets), from a JPEG whose EXIF says 28 February 2027 14:00:00 -06:00, 13.5801 N 89.28 W, "CANARY-make Ejercicio 1", software 18.5. */
export const drawnHeic = (): Promise<Buffer> => readFile(new URL('../fixtures/drawn.heic', import.meta.url))

/** What ExifTool finds in a file by group and name, without what it says of the file system, the JPEG's own frame and what it computes from those. */
export async function exifFieldsOf(path: string): Promise<Record<string, unknown>> {
  const exiftool = new ExifTool({ maxProcs: 1, useMWG: false })
  try {
    const tags: Record<string, unknown> = { ...(await exiftool.readRaw(path, { readArgs: ['-G1', '-a', '-struct'] })) }
    return Object.fromEntries(Object.entries(tags).filter(([name]) => /:/.test(name) && !/^(System|File|Composite):|^ExifTool:ExifToolVersion$/.test(name)))
  } finally {
    await exiftool.end()
  }
}

export const fields: ReleaseFields = {
  language: 'es',
  headline: 'Papeletas sin doblez entre las contadas',
  description: { es: 'Una papeleta "sin doblez" & otras <tres>. Rostros cubiertos por la misión.', en: 'An unfolded ballot paper. Faces covered by the mission.' },
  descriptionWriter: 'Misión de prueba',
  altText: { es: 'Una mesa con papeletas', en: 'A table with ballot papers' },
  creator: 'Misión de prueba',
  creditLine: 'Misión de prueba / Veedor',
  copyrightNotice: '© 2027 Misión de prueba',
  dateCreated: '2027-02-28T14',
  location: { municipality: 'San Salvador Centro', department: 'San Salvador', country: 'El Salvador', countryCode: 'SV' },
  usageTerms: { es: 'Uso editorial', en: 'Editorial use' },
  instructions: 'No recortar lo que el pie nombra',
  jobId: '0b0c0d0e-1111-4222-8333-444455556666',
}
