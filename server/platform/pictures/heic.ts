/// <reference path="./heic-decode.d.ts" />
import { readFile } from 'node:fs/promises'

export type Decoded = { width: number; height: number; rgba: Buffer }

/** What its process may hold in memory ends a decode long before this; a size that is a lie is refused without one. */
const mostPixels = 60_000_000

/**
 * A HEIC's first picture, upright as the file's own boxes say; its colours are taken for sRGB. The decoder (libheif, WebAssembly) is loaded when the first one comes: most missions see none.
 * Throws whatever the decoder throws: then the file cannot be read.
 */
export async function decodeHeic(path: string): Promise<Decoded> {
  const { default: heic } = await import('heic-decode')
  const images = await heic.all({ buffer: await readFile(path) })
  try {
    const [image] = images
    if (!image || image.width < 1 || image.height < 1 || image.width * image.height > mostPixels) throw new Error('No picture of a size that can be')
    const { width, height, data } = await image.decode()
    return { width, height, rgba: Buffer.from(data.buffer, data.byteOffset, data.byteLength) }
  } finally {
    images.dispose()
  }
}
