import exifr from 'exifr'
import type { FileSays } from '../../../shared/photos.ts'

/** Where a file speaks of itself: the blocks that were found in it. */
export type Sources = { exif: Uint8Array | undefined; xmp: Uint8Array | undefined }

const asked = ['DateTimeOriginal', 'OffsetTimeOriginal', 'OffsetTime', 'Make', 'Model', 'Software', 'GPSLatitude', 'GPSLatitudeRef', 'GPSLongitude', 'GPSLongitudeRef']

/** Reads the few fields that are held against what the phone said. What is not there, or not as the standard has it, is null: a file may say anything. */
export async function readSays({ exif, xmp }: Sources): Promise<FileSays> {
  const tags = exif ? await read(exif) : {}
  const [latitude, longitude] = [tags['latitude'], tags['longitude']]
  const isPlace = isWithin(latitude, 90) && isWithin(longitude, 180) && !(latitude === 0 && longitude === 0)
  const device = [text(tags['Make']), text(tags['Model'])].filter((part) => part !== null)
  return {
    takenAt: localTime(tags['DateTimeOriginal']), utcOffset: offset(tags['OffsetTimeOriginal']) ?? offset(tags['OffsetTime']),
    position: isPlace ? { latitude, longitude } : null,
    device: device.length > 0 ? device.join(' ').slice(0, mostCharacters) : null,
    software: text(tags['Software']) ?? creatorTool(xmp),
  }
}

async function read(exif: Uint8Array): Promise<Record<string, unknown>> {
  // Whatever cannot be parsed says nothing: it is no fault of the picture.
  const found: unknown = await exifr.parse(withoutName(exif), { tiff: true, exif: true, gps: true, xmp: false, iptc: false, icc: false, jfif: false, ihdr: false, makerNote: false, userComment: false, ifd1: false, interop: false, pick: asked, reviveValues: false }).catch(() => null)
  return typeof found === 'object' && found !== null ? { ...found } : {}
}

/** In a JPEG and a WebP a name stands before the block. */
const withoutName = (exif: Uint8Array): Uint8Array => (Buffer.from(exif.subarray(0, 6)).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif)

const mostCharacters = 100

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null
  // Controls, and marks that turn the direction of what follows.
  const plain = value.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, mostCharacters)
  return plain === '' ? null : plain
}

function localTime(value: unknown): string | null {
  const found = typeof value === 'string' ? /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)/.exec(value) : null
  if (!found) return null
  const at = `${found[1]}-${found[2]}-${found[3]}T${found[4]}`
  return Number.isNaN(Date.parse(`${at}Z`)) ? null : at
}

const offset = (value: unknown): string | null => (typeof value === 'string' && /^[+-](0\d|1[0-4]):[0-5]\d$/.test(value.trim()) ? value.trim() : null)

const isWithin = (value: unknown, most: number): value is number => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most

/** Editors that leave EXIF alone name themselves here. */
function creatorTool(xmp: Uint8Array | undefined): string | null {
  const start = xmp ? Buffer.from(xmp.subarray(0, 65_536)).toString('utf8') : ''
  return text(/\bCreatorTool(?:="|>)([^"<]{1,200})["<]/.exec(start)?.[1])
}
