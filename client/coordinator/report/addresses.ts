import type { DeskPhoto } from '../../../shared/photos.ts'
import { partsOf } from '../../../shared/photos.ts'
import { keptQuery, router } from '../router.ts'

// The query keeps the filter of the list, so that going back leads to where one was.
export const roomLink = (): string => router.address('', keptQuery())
export const reportLink = (id: string): string => router.address(`reports/${id}`, keptQuery())

export function releaseLink({ id }: Pick<DeskPhoto, 'id'>): string {
  const { reportId, sha256 } = partsOf(id)
  return router.address(`reports/${reportId}/release/${sha256}`, keptQuery())
}
