import type { AmendmentRow } from '../../features/amendments/tables.ts'
import type { MapCountRow, ReportCountRow, TimeCountRow } from '../../features/counts/tables.ts'
import type { ReportTraitRow } from '../../features/finding/tables.ts'
import type { PhoneKeyRow } from '../../features/keys/tables.ts'
import type { CounterRow, MissionRow } from '../../features/mission/tables.ts'
import type { InviteRow, OrganisationRow, PersonRow } from '../../features/people/tables.ts'
import type { DeviceRow, SessionRow } from '../../features/sessions/tables.ts'
import type { PressRulesRow } from '../../features/embargo/tables.ts'
import type { NoteRow } from '../../features/notes/tables.ts'
import type { NoticeCopyRow, NoticeRow } from '../../features/notices/tables.ts'
import type { AlikePhotoRow, DecodedCopyRow, FindingRow, PhotoRow, RenditionRow, UploadRow } from '../../features/photos/tables.ts'
import type { ReleaseRow, ReleaseVersionRow, ReleaseWordsRow } from '../../features/press/tables.ts'
import type { MissionKeyRow } from '../../features/receipts/tables.ts'
import type { ReportChangeRow, ReportRow, ReportWordsRow } from '../../features/reports/tables.ts'
import type { ScreenFaultRow } from '../../features/screens/tables.ts'
import type { DownloadRow, UseRow } from '../../features/takes/tables.ts'
import type { StationRow, StationTableRow } from '../../features/stations/tables.ts'
import type { PasskeyRow, PasskeyUseRow, PassphraseRow, PassphraseSecretRow, RecoveryCodeRow, SignInNameRow } from '../../features/staff/tables.ts'
import type { TokenRow, TokenUseRow } from '../../features/tokens/tables.ts'
import type { VerdictRow } from '../../features/verification/tables.ts'

/** The tables that the journal folds to: each with its primary key. A change to one of them is a fact, or it does not happen. */
export const foldedTables = {
  mission: ['id'],
  missionKeys: ['publicKey'],
  counters: ['name'],
  organisations: ['code'],
  people: ['id'],
  invites: ['id'],
  signInNames: ['person'],
  passkeys: ['id'],
  passphrases: ['id'],
  recoveryCodes: ['id'],
  tokens: ['id'],
  phoneKeys: ['id'],
  stations: ['code'],
  stationTables: ['code'],
  reports: ['id'],
  amendments: ['id'],
  photos: ['report', 'sha256'],
  findings: ['report', 'sha256'],
  decodedCopies: ['report', 'sha256'],
  verdicts: ['id'],
  notes: ['id'],
  releases: ['id'],
  releaseVersions: ['id'],
  downloads: ['id'],
  uses: ['id'],
  pressRules: ['id'],
  notices: ['id'],
  noticeCopies: ['notice', 'person'],
} as const

export type FoldedTable = keyof typeof foldedTables

export type FoldedRows = {
  mission: MissionRow
  missionKeys: MissionKeyRow
  counters: CounterRow
  organisations: OrganisationRow
  people: PersonRow
  invites: InviteRow
  signInNames: SignInNameRow
  passkeys: PasskeyRow
  passphrases: PassphraseRow
  recoveryCodes: RecoveryCodeRow
  tokens: TokenRow
  phoneKeys: PhoneKeyRow
  stations: StationRow
  stationTables: StationTableRow
  reports: ReportRow
  amendments: AmendmentRow
  photos: PhotoRow
  findings: FindingRow
  decodedCopies: DecodedCopyRow
  verdicts: VerdictRow
  notes: NoteRow
  releases: ReleaseRow
  releaseVersions: ReleaseVersionRow
  downloads: DownloadRow
  uses: UseRow
  pressRules: PressRulesRow
  notices: NoticeRow
  noticeCopies: NoticeCopyRow
}

/** Columns that tables were given later: what they hold in rows whose facts are older, and do not name them. The same as the migration's default. */
export const laterColumns: { [Table in FoldedTable]?: Partial<FoldedRows[Table]> } = {
  mission: { closedAt: null },
  people: { telephone: null, quarantinedAt: null, quarantinedBy: null, quarantineReason: null },
  invites: { kind: 'card', codeHash: null },
  reports: { signed: 'unsigned', signingKey: null, channel: 'web', setAsideFor: null, quarantined: 0, amendedHow: null, amendedAt: null },
  amendments: { channel: 'web', filedBy: null },
  notices: { amended: null, restored: 0 },
  releases: { embargoUntil: null, embargoStatement: 0, held: 0, outAt: null, withheldAt: null, version: 1 },
}

/** Every table. What is not folded is operational: it can be lost without a fact being lost. */
export type Schema = FoldedRows & {
  sessions: SessionRow
  devices: DeviceRow
  passkeyUses: PasskeyUseRow
  passphraseSecrets: PassphraseSecretRow
  tokenUses: TokenUseRow
  uploads: UploadRow
  renditions: RenditionRow
  alikePhotos: AlikePhotoRow
  reportWords: ReportWordsRow
  reportChanges: ReportChangeRow
  reportTraits: ReportTraitRow
  reportCounts: ReportCountRow
  mapCounts: MapCountRow
  timeCounts: TimeCountRow
  releaseWords: ReleaseWordsRow
  screenFaults: ScreenFaultRow
  journal: { number: number; kind: string; at: string; commitment: string; leaf: string; chain: string }
  journalBodies: { number: number; salt: string; body: string }
  journalSubjects: { number: number; type: string; id: string }
  shelfMarks: { shelf: string; mission: string; markedAt: string }
  migrations: { number: number; name: string; at: string }
}

/** Rows that wait when they are added, since hardly any write asks for them: they are written together, in this order, in which they name each other. */
export const addedTables = ['reports', 'photos', 'journal', 'journalBodies', 'journalSubjects', 'reportWords'] as const satisfies readonly (keyof Schema)[]

/** Of these, rows that name others or that others name: while such a row waits, nothing else is changed before it. */
export const namedTables = ['reports', 'photos'] as const satisfies readonly (typeof addedTables)[number][]

/** What the database itself makes of rows that may wait: whoever asks for it asks for them. */
export const madeTables = ['reportTraits', 'reportCounts', 'mapCounts', 'timeCounts'] as const satisfies readonly (keyof Schema)[]

/** Rows that are there, are set by their key again and again, and of which the last setting is what stays. */
export const setTables = ['counters'] as const satisfies readonly (keyof Schema)[]

/** What nearly every write asks for and few change. Nothing but statements that name them changes these: no trigger, and no row that goes with another. */
export const settledTables = ['mission', 'missionKeys', 'organisations', 'people', 'phoneKeys', 'sessions', 'stations', 'stationTables', 'pressRules'] as const satisfies readonly (keyof Schema)[]
