import type { PhotoSize } from '../../../shared/photos.ts'
import type { PhotoRow } from './tables.ts'

/** Which kept file a desk's rendition is made from: the original once it was looked into, the phone's small copy until then; null when there is nothing to show. */
export function shownFile(photo: Pick<PhotoRow, 'state' | 'sha256' | 'previewSha256'>): string | null {
  return photo.state === 'ready' ? photo.sha256 : photo.previewSha256
}

/** Types that the picture child decodes. HEIC is kept as it came. */
export const isDecoded = (type: string | null): boolean => type === 'jpeg' || type === 'png' || type === 'webp'

/** Original and small copy are at full size what they are; the smaller sizes are made once. */
export const isSmall = (size: PhotoSize): size is 'thumb' | 'screen' => size !== 'full'
