import type { Sha256, Uuid } from '../../../shared/basics.ts'
import { maxPreviewBytes } from '../../../shared/statement.ts'
import { type Smalls, original, putSmalls, smalls } from './queue.ts'

const previewPixels = 1280
const thumbPixels = 240
const targetBytes = 150_000

let line: Promise<unknown> = Promise.resolve()

/** The small copies of a picture, made now if they are not there: one picture at a time, since a decoded one takes much of a cheap phone's memory. */
export function smallsOf(report: Uuid, sha256: Sha256): Promise<Smalls> {
  const made = line.then(async () => (await smalls(report, sha256)) ?? (await make(report, sha256)))
  line = made.catch(() => undefined)
  return made
}

async function make(report: Uuid, sha256: Sha256): Promise<Smalls> {
  const bytes = await original(report, sha256)
  if (!bytes) return { preview: null, thumb: null }
  const made = await shrink(bytes)
  // A phone without room keeps none; headquarters gets its copy all the same.
  await putSmalls(report, sha256, made).catch(() => undefined)
  return made
}

/** A copy of a small copy that is no larger than a line can carry, as near to that as a few sizes come. */
export async function smaller(preview: Blob, mostBytes: number): Promise<Blob> {
  if (preview.size <= mostBytes) return preview
  const picture = await createImageBitmap(preview).catch(() => null)
  // A phone that is out of memory sends what it has.
  if (!picture) return preview
  try {
    let copy = preview
    for (const [pixels, quality] of [[960, 0.6], [640, 0.6], [480, 0.5], [320, 0.4]] as const) {
      if (copy.size > mostBytes) copy = await drawn(picture, pixels, quality)
    }
    return copy
  } finally {
    picture.close()
  }
}

/** A phone that cannot decode a picture (HEIC outside Apple's) sends no preview and shows none; its original goes all the same. */
async function shrink(bytes: Blob): Promise<Smalls> {
  try {
    const picture = await createImageBitmap(bytes, { imageOrientation: 'from-image' })
    try {
      const thumb = await drawn(picture, thumbPixels, 0.7)
      for (const quality of [0.7, 0.5, 0.3]) {
        const preview = await drawn(picture, previewPixels, quality)
        if (preview.size <= targetBytes || (quality === 0.3 && preview.size <= maxPreviewBytes)) return { preview, thumb }
      }
      return { preview: thumb, thumb }
    } finally {
      picture.close()
    }
  } catch {
    return { preview: null, thumb: null }
  }
}

async function drawn(picture: ImageBitmap, longest: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const { pen, toJpeg } = sheet(width, height)
  if (!pen) throw new Error('no canvas')
  pen.imageSmoothingQuality = 'high'
  // What is transparent becomes paper, since JPEG has no transparency.
  pen.fillStyle = 'white'
  pen.fillRect(0, 0, width, height)
  pen.drawImage(picture, 0, 0, width, height)
  const jpeg = await toJpeg(quality)
  if (!jpeg) throw new Error('no picture')
  return jpeg
}

/** Something to draw on: the page's own, which every phone has; in a worker the one without a page. */
function sheet(width: number, height: number): { pen: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null; toJpeg: (quality: number) => Promise<Blob | null> } {
  if (typeof document === 'undefined') {
    const canvas = new OffscreenCanvas(width, height)
    return { pen: canvas.getContext('2d'), toJpeg: (quality) => canvas.convertToBlob({ type: 'image/jpeg', quality }) }
  }
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return { pen: canvas.getContext('2d'), toJpeg: (quality) => new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality)) }
}
