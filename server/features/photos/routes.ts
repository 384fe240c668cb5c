import { completePhotoCall, photoImageCall, sendPreviewCall } from '../../../shared/photos.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { serveUploads } from '../../platform/http/uploads.ts'
import { beginUpload, checkUpload, completePhoto, findShown, isUploader, keepPreview, renditionOut, takePreview } from './actions.ts'

export function photoRoutes(doors: Doors): void {
  serve(doors, sendPreviewCall, takePreview, keepPreview)
  serve(doors, completePhotoCall, completePhoto(doors.missionKey), checkUpload)
  serveFile(doors, photoImageCall, findShown, renditionOut)
  serveUploads(doors, { begin: (actor, photo, sizeBytes, upload) => beginUpload(doors, actor, photo, sizeBytes, upload), isOwner: (actor, upload) => isUploader(doors, actor, upload) })
}
