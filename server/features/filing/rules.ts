import type { Amendment } from '../../../shared/amendments.ts'
import type { ToldAmendment, ToldReport } from '../../../shared/filing.ts'
import type { Statement } from '../../../shared/reports.ts'

type Sent = { mission: { id: string; zone: string }; photos: readonly { sha256: string; sizeBytes: number }[] }

/** The statement of a report that was told: made here, the same from the same content, so that it can be sent twice. No phone says where it was; a picture came by messenger, so its way is that of a gallery. */
export function statementOf({ report, mission, photos }: Sent & { report: ToldReport }): Statement {
  const { id, author, category, severity, station, table, atStation, observedAt, words, language } = report
  return {
    v: 1, mission: mission.id, type: 'report', id, author, category, severity, station, table, atStation, position: null,
    times: { observedAt, finishedAt: observedAt, zone: mission.zone }, words, language,
    photos: photos.map(asStated),
  }
}

/** The same of what was told of a report later. */
export function amendmentOf({ told: { id, report, type, toldAt, words, language, corrected }, author, mission, photos }: Sent & { told: ToldAmendment; author: string }): Amendment {
  return { v: 1, mission: mission.id, type, id, reportId: report, author, times: { finishedAt: toldAt, zone: mission.zone }, words, language, photos: photos.map(asStated), ...(corrected && { corrected }) }
}

const asStated = ({ sha256, sizeBytes }: Sent['photos'][number]): Statement['photos'][number] => ({ sha256, sizeBytes, how: 'gallery', position: null, capturedAt: null })
