import type { DeskRelease, ReleaseStanding } from '../../../shared/press.ts'

/** What there is to say first of a release. */
export const standingOf = ({ retractedAt, withheldAt, held }: Pick<DeskRelease, 'retractedAt' | 'withheldAt' | 'held'>): ReleaseStanding => (retractedAt !== null ? 'retracted' : withheldAt !== null ? 'withheld' : held ? 'held' : 'out')
