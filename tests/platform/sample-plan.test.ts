import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chanceFrom, uuidFrom } from '../../server/sample/chance.ts'
import { draw, sceneNames } from '../../server/sample/draw.ts'
import { lettering, widthOf } from '../../server/sample/letters.ts'
import { coordinators, everyoneInSample, organisations, personNamed } from '../../server/sample/people.ts'
import { momentOf, planSample, sampleDay } from '../../server/sample/plan.ts'
import { registerText, sampleCentres } from '../../server/sample/register.ts'
import { story } from '../../server/sample/story.ts'
import { Uuid } from '../../shared/basics.ts'
import { Pack, flaggedIn } from '../../shared/pack.ts'
import { divisionsOf, findDivision } from '../../shared/packs/divisions.ts'

const pack = Pack.parse(JSON.parse(readFileSync(new URL('../../shared/packs/default.json', import.meta.url), 'utf8')))
const day = '2027-02-28'
const seed = 7
const plan = planSample({ seed, day })
const count = <Thing>(things: readonly Thing[], of: (thing: Thing) => string) => Object.fromEntries([...new Set(things.map(of))].sort().map((name) => [name, things.filter((thing) => of(thing) === name).length]))

/** West, south, east, north of each department: Natural Earth, 1:10 million. */
const boxes: Record<string, readonly [number, number, number, number]> = {
  Ahuachapán: [-90.115, 13.665, -89.696, 14.06], 'Santa Ana': [-89.755, 13.775, -89.247, 14.445], Chalatenango: [-89.427, 13.946, -88.69, 14.413], Cabañas: [-88.977, 13.749, -88.488, 14.016],
  Morazán: [-88.274, 13.542, -87.936, 13.993], 'San Miguel': [-88.532, 13.171, -88.009, 13.919], 'La Unión': [-88.091, 13.159, -87.693, 13.916], Sonsonate: [-89.953, 13.513, -89.436, 13.909],
  'La Libertad': [-89.609, 13.414, -89.112, 14.072], 'La Paz': [-89.144, 13.266, -88.781, 13.673], 'San Vicente': [-88.896, 13.259, -88.487, 13.812], Usulután: [-88.817, 13.16, -88.113, 13.693],
  Cuscatlán: [-89.161, 13.642, -88.85, 14.076], 'San Salvador': [-89.274, 13.488, -89.024, 14.068],
}

describe('the register', () => {
  test('has 40 centres of their own name and code, and the tables 90001 to 90220, each once', () => {
    expect(plan.centres).toHaveLength(40)
    expect(new Set(plan.centres.map((centre) => centre.code)).size).toBe(40)
    expect(plan.centres[6]?.name).toBe('Centro Escolar Ejemplo 07')
    expect(plan.centres.flatMap((centre) => centre.tables)).toEqual(Array.from({ length: 220 }, (_, index) => String(90_001 + index)))
  })

  test.each([1, 2, 3])('seed %i: every centre is in its department, and its names are the law\'s', (other) => {
    const divisions = divisionsOf('SV')
    const centres = sampleCentres(other)
    expect(new Set(centres.map((centre) => centre.department)).size).toBe(14)
    expect(new Set(centres.map((centre) => `${centre.latitude} ${centre.longitude}`)).size).toBe(40)
    for (const centre of centres) {
      const [west, south, east, north] = boxes[centre.department] ?? [0, 0, 0, 0]
      expect(centre.longitude > west && centre.longitude < east && centre.latitude > south && centre.latitude < north, centre.name).toBe(true)
      const { department, municipality, district } = centre
      expect(divisions && findDivision(divisions, centre)).toEqual({ place: { department, municipality, district } })
    }
  })

  test('is a file of one line a table', () => {
    const lines = registerText(plan.centres).trimEnd().split('\r\n')
    expect(lines[0]).toBe('station_code,station_name,department,municipality,district,latitude,longitude,table')
    expect(lines).toHaveLength(221)
    for (const line of lines) expect(line.split(',')).toHaveLength(8)
  })
})

test('25 people of three organisations, each first name once', () => {
  expect(count(everyoneInSample, (person) => person.role)).toEqual({ coordinator: 4, lead: 1, observer: 18, press: 2 })
  expect(new Set(everyoneInSample.map((person) => person.organisation))).toEqual(new Set(organisations))
  expect(new Set(coordinators.map((person) => person.organisation)).size).toBe(3)
  expect(new Set(everyoneInSample.map((person) => person.name.split(' ')[0])).size).toBe(25)
  expect(new Set(plan.people.map((person) => person.id)).size).toBe(25)
  expect(() => personNamed('Nobody')).toThrow()
})

describe('the plan', () => {
  test('is the same from the same seed, and another from another', () => {
    expect(planSample({ seed, day })).toEqual(plan)
    expect(planSample({ seed: seed + 1, day }).reports[0]?.position).not.toEqual(plan.reports[0]?.position)
  })

  test('has fifty reports in every status that a report can come to', () => {
    expect(plan.reports).toHaveLength(50)
    expect(new Set(plan.reports.map((report) => report.id)).size).toBe(50)
    expect(count(story, (told) => told.fate.status)).toEqual({ duplicate: 3, false: 4, in_review: 10, not_confirmed: 3, received: 9, verified: 21 })
    const inReview = story.flatMap((told) => (told.fate.status === 'in_review' ? [told.fate.first] : []))
    expect(inReview.filter((first) => first === null).length).toBeGreaterThanOrEqual(3)
    expect(inReview.filter((first) => first !== null).length).toBeGreaterThanOrEqual(3)
    const seen = story.flatMap((told) => (told.fate.status === 'received' ? [told.fate.seen] : []))
    expect(new Set(seen)).toEqual(new Set([true, false]))
  })

  test('names only categories, stations and tables that are there; one report has no station', () => {
    const codes = new Set(pack.categories.map((category) => category.code))
    for (const report of plan.reports) {
      expect(codes.has(report.category), report.key).toBe(true)
      const centre = plan.centres.find((one) => one.code === report.station)
      expect(report.table === null || centre?.tables.includes(report.table), report.key).toBe(true)
    }
    expect(plan.reports.filter((report) => report.station === null)).toHaveLength(1)
    expect(plan.reports.filter((report) => report.position === null)).toHaveLength(1)
    const groups = new Set(plan.reports.map((report) => report.category.split('.')[0]))
    expect(groups.size).toBeGreaterThanOrEqual(12)
  })

  test('happens on the day of the exercise and the night after, in order', () => {
    for (const report of plan.reports) {
      expect(Date.parse(report.observedAt)).toBeGreaterThan(momentOf(day, '05:00'))
      expect(Date.parse(report.observedAt)).toBeLessThan(momentOf(day, '25:30'))
      expect(report.finishedAt > report.observedAt).toBe(true)
    }
    expect(momentOf(day, '20:04')).toBe(Date.parse('2027-03-01T02:04:00Z'))
    expect(plan.steps.every((step, index) => index === 0 || (plan.steps[index - 1]?.at ?? 0) <= step.at)).toBe(true)
    const unit = (key: string) => plan.steps.filter((step) => step.report === key).map((step) => step.kind)
    expect(unit('flat-stack')).toEqual(['file', 'see', 'claim', 'verdict', 'claim', 'verdict', 'release', 'retract'])
    expect(unit('agents')).toEqual(['file', 'see', 'claim'])
  })

  test('stands near its station, but for the one that is far away', () => {
    for (const [index, report] of plan.reports.entries()) {
      const centre = plan.centres.find((one) => one.code === report.station)
      if (!centre || !report.position) continue
      const metres = Math.hypot((report.position.latitude - centre.latitude) * 111_195, (report.position.longitude - centre.longitude) * 108_000)
      if (story[index]?.kilometresAway) expect(metres).toBeGreaterThan(5000)
      else expect(metres).toBeLessThan(30 + report.position.accuracyMetres)
    }
    const accuracies = plan.reports.flatMap((report) => report.position?.accuracyMetres ?? [])
    expect([Math.min(...accuracies) <= 25, Math.max(...accuracies) > 100]).toEqual([true, true])
  })

  test('lets two of other organisations judge, the same two never twice on one report', () => {
    for (const report of plan.reports) {
      const author = personNamed(report.author)
      const judges = plan.steps.flatMap((step) => (step.report === report.key && step.kind === 'verdict' ? [step.by] : []))
      expect(new Set(judges).size).toBe(judges.length)
      for (const judge of judges) expect(personNamed(judge).organisation).not.toBe(author.organisation)
    }
  })

  test('releases eight verified pictures and takes one back; texts in both languages without flagged words', () => {
    const releases = plan.steps.flatMap((step) => (step.kind === 'release' ? [step] : []))
    expect(releases).toHaveLength(8)
    expect(plan.steps.filter((step) => step.kind === 'retract')).toHaveLength(1)
    expect(releases.some((release) => release.covers.length > 0)).toBe(true)
    for (const release of releases) {
      expect(story.find((told) => told.key === release.report)?.fate.status).toBe('verified')
      expect(Uuid.parse(release.id)[14]).toBe('4')
      for (const language of ['es', 'en'] as const) expect(flaggedIn(pack, language, `${release.alternatives[language]} ${release.seen?.[language] ?? ''}`)).toEqual([])
    }
  })

  test('at one place and hour enough observers report that a release may name the municipality', () => {
    const centro = new Set(plan.centres.filter((centre) => centre.municipality === 'San Salvador Centro').map((centre) => centre.code))
    const there = plan.reports.filter((report) => report.station && centro.has(report.station) && Date.parse(report.observedAt) >= momentOf(day, '20:00') && Date.parse(report.observedAt) < momentOf(day, '21:00'))
    expect(new Set(there.map((report) => report.author)).size).toBeGreaterThanOrEqual(5)
  })

  test('draws every picture anew, but for the one that is sent on', () => {
    const pictures = plan.reports.flatMap((report) => report.pictures)
    expect(pictures.length).toBeGreaterThan(50)
    const drawn = pictures.map((picture) => draw(picture.order).svg)
    expect(new Set(drawn).size).toBe(drawn.length - 1)
  })
})

describe('the drawings', () => {
  test.each(sceneNames)('%s: the same order gives the same picture, and what must be covered lies inside it', (scene) => {
    const order = { scene, seed: 5, place: 9, label: '90001', hour: 20.5 }
    const { svg, width, height, regions } = draw(order)
    expect(draw(order).svg).toBe(svg)
    expect(draw({ ...order, seed: 6 }).svg).not.toBe(svg)
    expect([[1600, 1200], [1200, 1600]]).toContainEqual([width, height])
    expect(svg).not.toMatch(/NaN|undefined|Infinity|<text|<image|href/)
    for (const { left, top, width: wide, height: tall } of regions) {
      expect([left, top, wide, tall].every(Number.isInteger)).toBe(true)
      expect(left >= 0 && top >= 0 && left + wide <= width && top + tall <= height).toBe(true)
    }
  })

  test('letters are strokes: wider words are wider, and a letter without strokes is refused', () => {
    expect(widthOf('MESA 90001', 20)).toBeGreaterThan(widthOf('MESA', 20))
    expect(lettering('CONEXIÓN', { x: 0, y: 0, height: 10, colour: '#000000' })).toContain('<path')
    expect(() => lettering('€', { x: 0, y: 0, height: 10, colour: '#000000' })).toThrow('€')
  })
})

test.each([
  ['2026-11-24T10:00:00.000Z', '2026-11-22'],
  // A Sunday is over at noon of the Monday, in El Salvador.
  ['2026-11-23T17:59:00.000Z', '2026-11-15'],
  ['2026-11-23T18:01:00.000Z', '2026-11-22'],
  ['2027-02-28T20:00:00.000Z', '2027-02-21'],
  ['2027-03-02T00:00:00.000Z', '2027-02-28'],
  ['2028-06-01T00:00:00.000Z', '2027-02-28'],
])('at %s the exercise was on %s', (now, then) => {
  expect(sampleDay(now)).toBe(then)
})

test('chance is repeatable, and its ids are of the wanted version', () => {
  const draws = (from: number) => Array.from({ length: 5 }, chanceFrom(from).next)
  expect(draws(1)).toEqual(draws(1))
  expect(draws(1)).not.toEqual(draws(2))
  for (const value of draws(3)) expect(value >= 0 && value < 1).toBe(true)
  const at = new Date('2027-02-28T20:00:00.000Z')
  const id = uuidFrom(chanceFrom(4), at)
  expect(Uuid.parse(id)[14]).toBe('7')
  expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at.getTime())
  expect(Uuid.parse(uuidFrom(chanceFrom(4)))[14]).toBe('4')
})
