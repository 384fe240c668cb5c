import { downloadCall, downloadedFileCall, listReleasesCall, releaseCall, releaseImageCall, releaseProposalCall, retractCall } from '../../../shared/press.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { findDownload, findWallPicture, listReleases, pictureOut, prepareRelease, proposeRelease, releasePicture, retractRelease, startDownload } from './actions.ts'
import { openTickets } from './rules.ts'

export function pressRoutes(doors: Doors): void {
  const tickets = openTickets()
  serve(doors, releaseProposalCall, proposeRelease)
  serve(doors, releaseCall, releasePicture, prepareRelease)
  serve(doors, retractCall, retractRelease)
  serve(doors, listReleasesCall, listReleases)
  serveFile(doors, releaseImageCall, findWallPicture, pictureOut)
  serve(doors, downloadCall, startDownload(tickets))
  serveFile(doors, downloadedFileCall, findDownload(tickets), pictureOut)
}
