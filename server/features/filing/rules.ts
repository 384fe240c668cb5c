import type { ToldReport } from '../../../shared/filing.ts'
import type { Statement } from '../../../shared/reports.ts'

type Told = { report: ToldReport; mission: { id: string; zone: string }; photos: readonly { sha256: string; sizeBytes: number }[] }

/** The statement of a report that was told: made here, the same from the same content, so that it can be sent twice. No phone says where it was; a picture came by messenger, so its way is that of a gallery. */
export function statementOf({ report, mission, photos }: Told): Statement {
  const { id, author, category, severity, station, table, atStation, observedAt, words, language } = report
  return {
    v: 1, mission: mission.id, type: 'report', id, author, category, severity, station, table, atStation, position: null,
    times: { observedAt, finishedAt: observedAt, zone: mission.zone }, words, language,
    photos: photos.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes, how: 'gallery', position: null, capturedAt: null })),
  }
}
