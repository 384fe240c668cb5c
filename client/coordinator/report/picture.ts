import { useEffect, useState } from 'preact/hooks'
import { type DeskPhoto, photoImageCall } from '../../../shared/photos.ts'
import { addressFor } from '../../kit/call.ts'
import type { Size } from './view.ts'

/** Longer side of the `screen` size. */
const screenPixels = 1600

export const thumbOf = (photo: DeskPhoto): string => addressFor(photoImageCall, { id: photo.id, size: 'thumb' })


export type Shown = { address: string; size: Size | null; isFull: boolean; isLoaded: boolean; failed: boolean; onLoad: (image: HTMLImageElement) => void; onError: () => void }

/**
 * Which file of a picture to show, and how large the picture is. `scale`: CSS pixels for one of its own; once the smaller size would be blurred, the full one is fetched
 * and takes its place when it is decoded.
 */
export function useShown(photo: DeskPhoto, scale: number): Shown {
  // What may be had changes with the state: the small copy first, then the original.
  const key = `${photo.id}.${photo.state}`
  const [loaded, setLoaded] = useState<{ key: string; size: Size } | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [full, setFull] = useState<string | null>(null)
  const own = photo.width !== null && photo.height !== null ? { width: photo.width, height: photo.height } : null
  const size = own ?? (loaded?.key === key ? loaded.size : null)
  const fullAddress = addressFor(photoImageCall, { id: photo.id, size: 'full' })

  const longest = own ? Math.max(own.width, own.height) : 0
  const isWanted = photo.state === 'ready' && longest > screenPixels && longest * scale * devicePixelRatio > screenPixels
  useEffect(() => {
    if (!isWanted || full === fullAddress) return undefined
    let alive = true
    const image = new Image()
    image.src = fullAddress
    image.decode().then(() => alive && setFull(fullAddress), () => undefined)
    return () => void (alive = false)
  }, [isWanted, fullAddress, full])

  const isFull = full === fullAddress
  return {
    size, isFull,
    address: isFull ? fullAddress : `${addressFor(photoImageCall, { id: photo.id, size: 'screen' })}#${photo.state}`,
    isLoaded: loaded?.key === key,
    failed: failed === key,
    onLoad: (image) => setLoaded({ key, size: { width: image.naturalWidth, height: image.naturalHeight } }),
    onError: () => setFailed(key),
  }
}
