import type { How, Position } from '../../shared/photos.ts'
import type { Cover } from '../../shared/press.ts'
import type { Outcome, VerdictReason } from '../../shared/verification.ts'
import { chanceFrom, seedOf, uuidFrom } from './chance.ts'
import type { Chance } from './chance.ts'
import { draw } from './draw.ts'
import type { Order } from './draw.ts'
import { coordinators, everyoneInSample, personNamed } from './people.ts'
import type { SamplePerson } from './people.ts'
import { sampleCentres } from './register.ts'
import type { SampleCentre } from './register.ts'
import { story } from './story.ts'
import type { Told } from './story.ts'

/** The exercise's zone; El Salvador keeps UTC-6 all year. */
export const zone = 'America/El_Salvador'
const hoursBehindUtc = 6
const minute = 60_000

export type PlannedPerson = SamplePerson & { id: string }
export type PlannedPicture = { order: Order; how: How; position: Position | null; capturedAt: string; arrives: boolean }
export type PlannedReport = {
  key: string
  id: string
  author: string
  category: string
  station: string | null
  table: string | null
  atStation: boolean
  position: Position | null
  observedAt: string
  finishedAt: string
  words: string
  language: string
  /** The phone's clock minus ours. */
  skewSeconds: number
  pictures: PlannedPicture[]
}

/** What happens in the mission, by first name, at a moment in milliseconds since 1970. */
export type Step = { at: number; report: string } & (
  | { kind: 'file' }
  | { kind: 'see' | 'claim'; by: string }
  | { kind: 'change'; by: string; id: string; department?: string; severity?: 'critical' | 'high' | 'medium' | 'low' }
  | { kind: 'verdict'; by: string; id: string; outcome: Outcome; reasons: VerdictReason[]; words: string; duplicateOf: string | null }
  | { kind: 'release'; by: string; id: string; picture: number; covers: Cover[]; seen: { es: string; en: string } | null; alternatives: { es: string; en: string } }
  | { kind: 'retract'; by: string; id: string; reason: string }
)

export type Plan = { day: string; centres: SampleCentre[]; people: PlannedPerson[]; reports: PlannedReport[]; steps: Step[] }

/** Everything of the exercise that is decided before anything is filed: the same seed and day give the same plan. */
export function planSample({ seed, day }: { seed: number; day: string }): Plan {
  const centres = sampleCentres(seed)
  const people = everyoneInSample.map((person) => ({ ...person, id: uuidFrom(chanceFrom(seedOf(seed, person.name)), new Date(momentOf(day, '00:00') - 72 * 60 * minute)) }))
  const reports = story.map((told) => plannedReport(told, { seed, day, centres }))
  const steps = story.flatMap((told) => stepsOf(told, { seed, reports }))
  return { day, centres, people, reports, steps: steps.sort((one, other) => one.at - other.at) }
}

/** A moment of the exercise's day, from its local hour; past midnight hours go on from 24. */
export function momentOf(day: string, hour: string): number {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number)
  return Date.parse(`${day}T00:00:00Z`) + ((hours + hoursBehindUtc) * 60 + minutes) * minute
}

/** Hours with their fraction on the clock's face, past midnight from 0 on. */
function hourOf(hour: string): number {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number)
  return (hours % 24) + minutes / 60
}

const instant = (at: number): string => new Date(at).toISOString()

function plannedReport(told: Told, given: { seed: number; day: string; centres: SampleCentre[] }): PlannedReport {
  const chance = chanceFrom(seedOf(given.seed, told.key))
  const centre = told.centre === null ? null : (given.centres[told.centre - 1] ?? null)
  const observed = momentOf(given.day, told.at) + chance.whole(0, 59) * 1000
  const position = told.placeless ? null : positionNear(chance, centre ?? hall, told.kilometresAway ?? 0)
  const label = (told.table !== null && centre?.tables[told.table - 1]) || centre?.tables[0] || '90000'
  const original = story.find((one) => one.key === told.sentOn) ?? told
  const pictures = told.pictures.map((scene, index): PlannedPicture => {
    const isGiven = told.sentOn !== undefined || told.kilometresAway !== undefined
    return {
      order: { scene, seed: seedOf(given.seed, `${told.sentOn ?? told.key} ${index}`), place: seedOf(given.seed, centre?.code ?? 'hall'), label, hour: hourOf(original.at) },
      how: isGiven ? 'gallery' : chance.maybe(0.8) ? 'in_app_camera' : 'phone_camera',
      position: isGiven || !position ? null : { ...position, ageSeconds: chance.whole(0, 12) },
      capturedAt: instant(observed - chance.whole(isGiven ? 1500 : 10, isGiven ? 3600 : 150) * 1000),
      arrives: index < (told.arrived ?? told.pictures.length),
    }
  })
  return {
    key: told.key, id: uuidFrom(chance, new Date(observed)), author: told.by, category: told.category, station: centre?.code ?? null, table: told.table === null ? null : (centre?.tables[told.table - 1] ?? null),
    atStation: told.kilometresAway === undefined, position, observedAt: instant(observed), finishedAt: instant(observed + chance.whole(50, 240) * 1000), words: told.words, language: personNamed(told.by).language, skewSeconds: chance.maybe(0.9) ? chance.between(-3, 4) : chance.between(-90, 120), pictures,
  }
}

/** Where the hall of the final count is said to be; no gymnasium stands there. */
const hall = { latitude: 13.7031, longitude: -89.2117 }
const metresOfDegree = 111_195

/** Where a phone would say it is: mostly good to 25 m, at times poor. */
function positionNear(chance: Chance, place: { latitude: number; longitude: number }, kilometres: number): Position {
  const accuracyMetres = chance.maybe(0.65) ? chance.whole(4, 24) : chance.maybe(0.7) ? chance.whole(26, 95) : chance.whole(120, 480)
  const metres = kilometres > 0 ? kilometres * 1000 : chance.between(4, 30) + accuracyMetres * chance.between(0.1, 0.7)
  const bearing = chance.between(0, 2 * Math.PI)
  return {
    latitude: Number((place.latitude + (metres * Math.cos(bearing)) / metresOfDegree).toFixed(6)),
    longitude: Number((place.longitude + (metres * Math.sin(bearing)) / (metresOfDegree * Math.cos((place.latitude * Math.PI) / 180))).toFixed(6)),
    accuracyMetres, ageSeconds: chance.whole(0, 40),
  }
}

/** A report's way through the mission: sent, seen, set right, judged by two of other organisations, released by a third. */
function stepsOf(told: Told, { seed, reports }: { seed: number; reports: PlannedReport[] }): Step[] {
  const chance = chanceFrom(seedOf(seed, `${told.key} steps`))
  const report = reports.find((one) => one.key === told.key)
  if (!report) throw new Error(`no report ${told.key}`)
  const { fate } = told
  const { organisation } = personNamed(told.by)
  const others = coordinators.filter((person) => person.organisation !== organisation).map((person) => firstName(person))
  const [first, second] = chance.maybe(0.5) ? [others[0], others[1]] : [others[1], others[0]]
  const third = coordinators.map(firstName).find((name) => name !== first && name !== second)
  if (!first || !second || !third) throw new Error('the sample has too few coordinators')

  let at = Date.parse(report.finishedAt) + chance.whole(2, 9) * 1000 + (told.offline ?? 0) * minute
  const after = (fromSeconds: number, toSeconds: number) => (at += chance.whole(fromSeconds, toSeconds) * 1000)
  const steps: Step[] = [{ at, report: told.key, kind: 'file' }]
  if (fate.status === 'received' && !fate.seen) return steps
  steps.push({ at: after(25, 260), report: told.key, kind: 'see', by: first })
  if (fate.status === 'received') return steps
  if (told.changed) steps.push({ at: after(20, 80), report: told.key, kind: 'change', by: first, id: uuidFrom(chance, new Date(at)), ...told.changed })
  steps.push({ at: after(60, 420), report: told.key, kind: 'claim', by: first })
  if (fate.status === 'in_review' && fate.first === null) return steps

  const verdict = (by: string, outcome: Outcome, reasons: VerdictReason[], words: string, duplicateOf: string | null = null): Step => ({ at: after(70, 300), report: told.key, kind: 'verdict', by, id: uuidFrom(chance, new Date(at)), outcome, reasons, words, duplicateOf })
  if (fate.status === 'in_review') return fate.first === null ? steps : [...steps, verdict(first, fate.first, fate.reasons, fate.notes)]
  const [reasons, of]: [VerdictReason[], string | null] = fate.status === 'duplicate' ? [['original_seen', 'matches_pictures'], fate.of] : [fate.reasons, null]
  steps.push(verdict(first, fate.status, reasons, fate.notes[0], of))
  steps.push({ at: after(120, 700), report: told.key, kind: 'claim', by: second })
  steps.push(verdict(second, fate.status, reasons, fate.notes[1], of))
  if (!told.release) return steps

  const { picture, alternatives, retracted, seen = null } = told.release
  const shown = report.pictures[picture]
  if (!shown) throw new Error(`${told.key} has no picture ${picture}`)
  const release = uuidFrom(chance)
  steps.push({ at: after(240, 900), report: told.key, kind: 'release', by: third, id: release, picture, covers: draw(shown.order).regions, seen, alternatives })
  if (retracted) steps.push({ at: after(1200, 1800), report: told.key, kind: 'retract', by: third, id: release, reason: retracted })
  return steps
}

const firstName = ({ name }: SamplePerson): string => name.split(' ')[0] ?? name

/** The day of the exercise: election day once it has passed, and before that the last Sunday that is over, so that what is filed now is newer than the sample's. */
export function sampleDay(now: string): string {
  const electionDay = '2027-02-28'
  const overBy = (day: string) => momentOf(day, '36:00')
  if (overBy(electionDay) < Date.parse(now)) return electionDay
  const today = new Date(Date.parse(now) - hoursBehindUtc * 60 * minute)
  for (let daysBack = today.getUTCDay(); ; daysBack += 7) {
    const day = new Date(today.getTime() - daysBack * 24 * 60 * minute).toISOString().slice(0, 10)
    if (overBy(day) < Date.parse(now)) return day
  }
}
