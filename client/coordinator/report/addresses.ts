import type { DeskPhoto } from '../../../shared/photos.ts'
import { partsOf } from '../../../shared/photos.ts'
import { keptQuery, router } from '../router.ts'

// The query keeps the filter of the list, so that going back leads to where one was.
export const roomLink = (): string => router.address('', keptQuery())

const releasePath = ({ id }: Pick<DeskPhoto, 'id'>): string => {
  const { reportId, sha256 } = partsOf(id)
  return `reports/${reportId}/release/${sha256}`
}
export const releaseLink = (photo: Pick<DeskPhoto, 'id'>): string => router.address(releasePath(photo), keptQuery())
export const openRelease = (photo: Pick<DeskPhoto, 'id'>): void => router.go(releasePath(photo), { query: keptQuery() })
