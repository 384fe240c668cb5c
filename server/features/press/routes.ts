import { downloadCall, downloadedFileCall, listReleasesCall, releaseCall, releaseImageCall, releaseProposalCall, retractCall } from '../../../shared/press.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { findWallPicture, listReleases, openDownloads, pictureOut, prepareRelease, proposeRelease, releasePicture, retractRelease } from './actions.ts'

export function pressRoutes(doors: Doors): void {
  const downloads = openDownloads()
  serve(doors, releaseProposalCall, proposeRelease)
  serve(doors, releaseCall, releasePicture, prepareRelease)
  serve(doors, retractCall, retractRelease)
  serve(doors, listReleasesCall, listReleases)
  serveFile(doors, releaseImageCall, findWallPicture, pictureOut)
  serve(doors, downloadCall, downloads.start)
  serveFile(doors, downloadedFileCall, downloads.find, pictureOut)
}
