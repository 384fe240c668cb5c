import type { AmendedField, Amendment, SaidChange } from '../../../shared/amendments.ts'
import { Severity } from '../../../shared/basics.ts'
import { titleOf } from '../../../shared/pack.ts'
import type { StatedPhoto } from '../../../shared/photos.ts'
import type { StatedField, Statement } from '../../../shared/reports.ts'
import { signedIn } from '../../kit/me.ts'
import { nameOfLanguage, number, size } from '../../kit/numbers.ts'
import { dated, duration } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { distance, stationName } from '../place/words.ts'
import { register } from '../state.ts'
import { signing } from '../words/signing.ts'

type PhotoField = Extract<StatedField, `photos.${string}`>
type Group = 'report' | 'what' | 'where' | 'when'
export type Told = { field: StatedField | AmendedField; told: string }
export type Lines = { parts: { group: Group; lines: Told[] }[]; photos: Told[][] }

/** Every field of a statement with the part it stands in and how it is said: one more field without its line here fails the build. */
const ofReport: Record<Exclude<StatedField, PhotoField>, [Group, (stated: Statement) => string]> = {
  type: ['report', ({ type }) => signing().sends.types[type]],
  mission: ['report', ({ mission }) => named(signedIn().mission, mission)],
  author: ['report', ({ author }) => named(signedIn().person, author)],
  id: ['report', ({ id }) => id],
  v: ['report', ({ v }) => number(v)],
  category: ['what', ({ category }) => titleOf(signedIn().mission.pack, category, language.value)],
  severity: ['what', ({ severity }) => common().severities[severity]],
  words: ['what', ({ words }) => words || signing().sends.none],
  language: ['what', (stated) => nameOfLanguage(stated.language)],
  station: ['where', (stated) => placeOf(stated)],
  table: ['where', (stated) => tableOf(stated)],
  atStation: ['where', (stated) => thereOf(stated)],
  'position.latitude': ['where', ({ position }) => degrees(position?.latitude)],
  'position.longitude': ['where', ({ position }) => degrees(position?.longitude)],
  'position.accuracyMetres': ['where', ({ position }) => metres(position?.accuracyMetres)],
  'position.ageSeconds': ['where', ({ position }) => age(position?.ageSeconds)],
  'times.observedAt': ['when', ({ times }) => dated(times.observedAt)],
  'times.finishedAt': ['when', ({ times }) => dated(times.finishedAt)],
  'times.zone': ['when', ({ times }) => times.zone],
}

const ofPhoto: Record<PhotoField, (photo: StatedPhoto) => string> = {
  'photos.how': ({ how }) => signing().sends.how[how],
  'photos.capturedAt': ({ capturedAt }) => (capturedAt === null ? signing().sends.noPosition : dated(capturedAt)),
  'photos.sizeBytes': ({ sizeBytes }) => size(sizeBytes),
  'photos.position.latitude': ({ position }) => degrees(position?.latitude),
  'photos.position.longitude': ({ position }) => degrees(position?.longitude),
  'photos.position.accuracyMetres': ({ position }) => metres(position?.accuracyMetres),
  'photos.position.ageSeconds': ({ position }) => age(position?.ageSeconds),
  'photos.sha256': ({ sha256 }) => sha256,
}

/** The same of what is said of a report later; null: it says nothing of that. */
const ofAmendment: Record<Exclude<AmendedField, PhotoField>, [Group, (said: Amendment) => string | null]> = {
  type: ['report', ({ type }) => signing().sends.types[type]],
  mission: ['report', ({ mission }) => named(signedIn().mission, mission)],
  author: ['report', ({ author }) => named(signedIn().person, author)],
  reportId: ['report', ({ reportId }) => reportId],
  id: ['report', ({ id }) => id],
  v: ['report', ({ v }) => number(v)],
  words: ['what', ({ words }) => words || signing().sends.none],
  language: ['what', (said) => nameOfLanguage(said.language)],
  'corrected.category': ['what', ({ corrected }) => (corrected?.category === undefined ? null : titleOf(signedIn().mission.pack, corrected.category, language.value))],
  'corrected.severity': ['what', ({ corrected }) => (corrected?.severity === undefined ? null : common().severities[corrected.severity])],
  'corrected.place.station': ['where', ({ corrected }) => (corrected?.place ? placeOf(corrected.place) : null)],
  'corrected.place.table': ['where', ({ corrected }) => (corrected?.place ? tableOf(corrected.place) : null)],
  'corrected.place.atStation': ['where', ({ corrected }) => (corrected?.place ? thereOf(corrected.place) : null)],
  'corrected.observedAt': ['when', ({ corrected }) => (corrected?.observedAt === undefined ? null : dated(corrected.observedAt))],
  'times.finishedAt': ['when', ({ times }) => dated(times.finishedAt)],
  'times.zone': ['when', ({ times }) => times.zone],
}

/** A name beside the sign that is sent in its place, where it is the one that this phone knows. */
const named = (known: { id: string; name: string }, id: string): string => (known.id === id ? `${known.name} (${id})` : id)
type SaidPlace = Pick<Statement, 'station' | 'table' | 'atStation'>
const placeOf = ({ station }: SaidPlace): string => (station === null ? signing().sends.otherPlace : stationName(register.value, station))
const tableOf = ({ station, table }: SaidPlace): string => table ?? (station === null ? signing().sends.none : signing().sends.wholeCentre)
const thereOf = ({ atStation }: SaidPlace): string => (atStation === null ? signing().sends.unsaid : yesOrNo(atStation))
const yesOrNo = (is: boolean): string => signing().sends[is ? 'yes' : 'no']
const orUnknown = <Value>(say: (value: Value) => string) => (value: Value | undefined): string => (value === undefined ? signing().sends.noPosition : say(value))
const degrees = orUnknown((value: number) => signing().sends.degrees(number(value, 7)))
const metres = orUnknown(distance)
const age = orUnknown((seconds: number) => duration(seconds * 1000))

const keysOf = <Key extends string>(table: Record<Key, unknown>): Key[] => Object.keys(table) as Key[]

function linesOf<Stated extends { photos: StatedPhoto[] }, Field extends StatedField | AmendedField>(fields: Record<Field, [Group, (stated: Stated) => string | null]>, stated: Stated): Lines {
  const groups = [...new Set(keysOf(fields).map((field) => fields[field][0]))]
  return {
    parts: groups.map((group) => ({ group, lines: keysOf(fields).flatMap((field) => { const told = fields[field][0] === group ? fields[field][1](stated) : null; return told === null ? [] : { field, told } }) })).filter(({ lines }) => lines.length > 0),
    photos: stated.photos.map((photo) => keysOf(ofPhoto).map((field) => ({ field, told: ofPhoto[field](photo) }))),
  }
}

/** The whole statement in words: its parts, each with a line for each signed field, and each picture's own. */
export const told = (stated: Statement): Lines => linesOf(ofReport, stated)
export const toldLater = (said: Amendment): Lines => linesOf(ofAmendment, said)

/** Every field that is told. */
export const toldFields: readonly StatedField[] = [...keysOf(ofReport), ...keysOf(ofPhoto)]
export const toldLaterFields: readonly AmendedField[] = [...keysOf(ofAmendment), ...keysOf(ofPhoto)]

/** One thing that was corrected, in words: what it is, before and after. */
export function tellChange({ field, from, to }: SaidChange): string {
  const { fields, none } = signing().sends
  return `${fields[field === 'observedAt' ? 'times.observedAt' : field]}: ${[from, to].map((value) => (value === null ? (field === 'station' ? signing().sends.otherPlace : none) : saidOfChange(field, value))).join(' → ')}`
}

function saidOfChange(field: SaidChange['field'], value: string): string {
  switch (field) {
    case 'category': return titleOf(signedIn().mission.pack, value, language.value)
    case 'severity': return common().severities[Severity.parse(value)]
    case 'station': return stationName(register.value, value)
    case 'table': return value
    case 'atStation': return yesOrNo(value === 'true')
    case 'observedAt': return dated(value)
  }
}
