import type { ReportStatus } from './verification.ts'

/** What was decided against, or taken back, loses its severity's colour wherever it is drawn. Apart from the contracts, since a phone draws it before it asks anything. */
export const colourless: readonly ReportStatus[] = ['not_confirmed', 'false', 'duplicate', 'withdrawn', 'set_aside']
