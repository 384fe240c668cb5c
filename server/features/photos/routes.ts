import { completePhotoCall, giveCopyCall, originalFileCall, photoImageCall, sendPreviewCall, takeOriginalCall } from '../../../shared/photos.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { serveUploads } from '../../platform/http/uploads.ts'
import { beginUpload, checkUpload, completePhoto, findShown, giveCopy, isPhotoHere, isUploader, keepCopy, keepPreview, openOriginals, originalOut, renditionOut, takePreview } from './actions.ts'

export function photoRoutes(doors: Doors): void {
  const originals = openOriginals()
  serve(doors, sendPreviewCall, takePreview, keepPreview)
  serve(doors, completePhotoCall, completePhoto(doors.missionKey), checkUpload)
  serveFile(doors, photoImageCall, findShown, renditionOut)
  serve(doors, giveCopyCall, giveCopy, keepCopy)
  serve(doors, takeOriginalCall, originals.start)
  serveFile(doors, originalFileCall, originals.find, originalOut)
  serveUploads(doors, { isHere: (actor, photo, sizeBytes) => isPhotoHere(doors, actor, photo, sizeBytes), begin: (actor, photo, sizeBytes, upload) => beginUpload(doors, actor, photo, sizeBytes, upload), isOwner: (actor, upload) => isUploader(doors, actor, upload) })
}
