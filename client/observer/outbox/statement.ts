import { Zone, type Instant } from '../../../shared/basics.ts'
import type { Me } from '../../../shared/mission.ts'
import type { Pack } from '../../../shared/pack.ts'
import type { Position } from '../../../shared/photos.ts'
import { Statement } from '../../../shared/statement.ts'
import type { Draft, Filed, FiledPhoto, Fix } from './records.ts'

/** What the phone knows at the moment of saving. `zone` is the phone's own. */
export type Saving = { me: Me; now: number; zone: string; language: string }

export const instant = (milliseconds: number): Instant => new Date(milliseconds).toISOString()

const fixLastsSeconds = 3600

/** A fix as a statement has it: where, how sure, and how many seconds old it was at `when`. After an hour it says nothing of where the phone was. */
export function positionOf(fix: Fix | null, when: number): Position | null {
  if (!fix) return null
  const ageSeconds = Math.max(0, Math.round((when - fix.at) / 1000))
  if (ageSeconds > fixLastsSeconds) return null
  return { latitude: fix.latitude, longitude: fix.longitude, accuracyMetres: Math.round(fix.accuracyMetres * 10) / 10, ageSeconds }
}

/** A picture that is older than this says when it was taken, not when its report was seen. */
const pictureLastsMilliseconds = 24 * 3_600_000
const isOfNow = (capturedAt: Instant | null, now: number): capturedAt is Instant => capturedAt !== null && Date.parse(capturedAt) <= now && now - Date.parse(capturedAt) <= pictureLastsMilliseconds

/** When it was seen, if its author does not say: when the first picture of the last day was taken, else now. */
export const observedAtOf = (draft: Draft, now: number): Instant => draft.observedAt ?? draft.photos.map(({ capturedAt }) => capturedAt).find((at) => isOfNow(at, now)) ?? instant(now)

/** The time of a picture's file that was not taken as the report's, while its author does not say when it was. */
export const untakenTimeOf = (draft: Draft, now: number): Instant | null => (draft.observedAt ? null : draft.photos.map(({ capturedAt }) => capturedAt).find((at) => at !== null && !isOfNow(at, now))) ?? null

export const severityOf = (draft: Draft, pack: Pack) => draft.severity ?? pack.categories.find((one) => one.code === draft.category)?.severity ?? 'medium'

/** Makes the report of a draft: its statement is written here once, and from then on kept and sent as it is. @throws when the draft has no category */
export function fileDraft(draft: Draft, { me, now, zone, language }: Saving): Filed {
  const stated = Statement.parse({
    v: 1,
    mission: draft.mission,
    type: 'report',
    id: draft.id,
    author: draft.author,
    category: draft.category,
    severity: severityOf(draft, me.mission.pack),
    station: draft.place.station,
    table: draft.place.station === null ? null : draft.place.table,
    atStation: draft.atStation,
    position: positionOf(draft.fix, now),
    times: { observedAt: observedAtOf(draft, now), finishedAt: instant(now), zone: Zone.safeParse(zone).success ? zone : me.mission.zone },
    words: draft.words,
    language,
    photos: draft.photos,
  } satisfies Record<keyof Statement, unknown>)
  return {
    id: draft.id,
    author: draft.author,
    authorName: me.person.name,
    mission: draft.mission,
    statement: JSON.stringify(stated),
    stated,
    savedAt: now,
    receipt: null,
    hold: null,
    broken: 0,
    notBefore: 0,
    photos: [...stated.photos.map(({ sha256, sizeBytes }): FiledPhoto => ({ sha256, sizeBytes, preview: 'waiting', upload: null, receivedAt: null, restarts: 0, hold: null })), ...(draft.later?.photos ?? [])],
    ladder: null,
    ...(draft.later && { amendments: draft.later.amendments }),
  }
}
