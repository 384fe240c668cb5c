import { correctCall, downloadCall, downloadedFileCall, listReleasesCall, releaseCall, releaseImageCall, releaseProposalCall, reportReleasesCall, deskReleasesCall, retractCall } from '../../../shared/press.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { correctRelease, findWallPicture, listReleases, listReportReleases, listDeskReleases, openDownloads, pictureOut, prepareCorrection, prepareRelease, proposeRelease, releasePicture, retractRelease } from './actions.ts'

export function pressRoutes(doors: Doors): void {
  const downloads = openDownloads()
  serve(doors, releaseProposalCall, proposeRelease)
  serve(doors, releaseCall, releasePicture, prepareRelease)
  serve(doors, retractCall, retractRelease)
  serve(doors, correctCall, correctRelease, prepareCorrection)
  serve(doors, listReleasesCall, listReleases(doors.numbers))
  serve(doors, reportReleasesCall, listReportReleases)
  serve(doors, deskReleasesCall, listDeskReleases)
  serveFile(doors, releaseImageCall, findWallPicture, pictureOut)
  serve(doors, downloadCall, downloads.start)
  serveFile(doors, downloadedFileCall, downloads.find, pictureOut)
}
