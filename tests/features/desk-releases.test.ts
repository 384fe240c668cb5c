import { afterAll, beforeAll, expect, it } from 'vitest'
import { correctCall, deskReleasesCall, downloadCall, endEmbargoCall, retractCall } from '../../shared/press.ts'
import type { InputOf } from '../../shared/contract.ts'
import { reopenCall } from '../../shared/verification.ts'
import { release, releaseOf, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'

// The desk's own list of everything that left the house.

let house: TestHouse
let ana: Caller
let [carla, diego, press]: Caller[] = []
const made: { id: string; report: string }[] = []

const someone = (caller: Caller | undefined): Caller => caller ?? house.nobody

beforeAll(async () => {
  house = await startHouse()
  const lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ana = await house.person('observer')
  ;[carla, diego, press] = [await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator', { name: 'Diego' }), await house.person('press', { name: 'Paula', organisation: 'The Paper' })]
  // One with press and taken, one corrected, one retracted, one under embargo, one that press is asked to wait with.
  for (let at = 0; at < 5; at += 1) {
    const by = someone(at < 2 ? carla : diego)
    const { report, photo } = await verifiedPicture(house, ana, [someone(carla)], 8200 + at)
    const captions = { es: `Una fila larga ${'xyzwv'[at]}.`, en: `A long queue ${'xyzwv'[at]}.` }
    const sent = await releaseOf(by, photo, { captions, ...(at === 3 ? { embargo: { until: null, statement: true } } : {}) })
    made.push({ id: await release(by, photo, sent), report })
    if (at === 1) await by.call(correctCall, { id: sent.id, of: 1, captions: { es: 'Otra fila.', en: 'Another queue.' }, alternatives: sent.alternatives, credit: sent.credit, keptWords: [], wrong: 'The words.', right: 'Other words.' })
  }
  await someone(press).call(downloadCall, { id: made[0]?.id ?? '', size: 'web' })
  await someone(diego).call(retractCall, { id: made[2]?.id ?? '', reason: 'The wrong picture.' })
  await someone(diego).call(reopenCall, { id: made[4]?.report ?? '', round: 1, reason: 'Doubtful.' })
})
afterAll(() => house.stop())

const listed = async (asked: Partial<InputOf<typeof deskReleasesCall>> = {}) => (await someone(carla).call(deskReleasesCall, asked)).reply
const places = (releases: { id: string }[]) => releases.map(({ id }) => made.findIndex((one) => one.id === id))

it('[R209] the desk lists every release, newest first: when, by whom, from which report, who took it, what was taken back and why', async () => {
  const { releases, total, next, people } = await listed()
  expect([places(releases), total, next]).toEqual([[4, 3, 2, 1, 0], 5, null])
  expect(people.map(({ name }) => name)).toEqual(['Carla', 'Diego'])
  expect(releases.map(({ report }) => report.id)).toEqual([...made].reverse().map(({ report }) => report))
  expect(releases[4]).toMatchObject({ releasedBy: 'Carla', takes: [{ name: 'Paula', organisation: 'The Paper', size: 'web', version: 1 }], retractedAt: null })
  expect(releases[3]).toMatchObject({ version: 2, captions: { en: 'Another queue.' }, versions: [{ version: 1, captions: { en: 'A long queue y.' } }] })
  expect(releases[2]).toMatchObject({ releasedBy: 'Diego', retractedAt: expect.any(String) as string, retractedReason: 'The wrong picture.' })
  expect(releases.map(({ held, withheldAt }) => [held, withheldAt !== null])).toEqual([[false, true], [true, false], [false, false], [false, false], [false, false]])
})

it('[R209] filters by how it stands, who released and words of the caption, each alone and together; pages miss none and show none twice', async () => {
  for (const [standing, found] of [['out', [1, 0]], ['held', [3]], ['withheld', [4]], ['retracted', [2]]] as const) {
    const { releases, total } = await listed({ standing })
    expect([standing, places(releases), total]).toEqual([standing, found, found.length])
  }
  const { people } = await listed()
  const by = people.find(({ name }) => name === 'Diego')?.id
  expect(places((await listed({ by })).releases)).toEqual([4, 3, 2])
  expect(places((await listed({ by, standing: 'retracted' })).releases)).toEqual([2])
  expect(places((await listed({ words: 'another' })).releases)).toEqual([1])
  expect((await listed({ words: 'nothing-like-it' })).total).toBe(0)
  const seen: string[] = []
  for (let after: string | undefined, turn = 0; turn < 5; turn += 1) {
    const page = await listed({ limit: 2, ...(after === undefined ? {} : { after }) })
    expect(page.total).toBe(5)
    seen.push(...page.releases.map(({ id }) => id))
    if (page.next === null) break
    after = page.next
  }
  expect(places(seen.map((id) => ({ id })))).toEqual([4, 3, 2, 1, 0])
  expect((await someone(carla).call(deskReleasesCall, { after: 'nonsense' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'after', reason: 'format' }] })
})

it('[R209] is the desk’s alone, and changes with what happens', async () => {
  for (const caller of [ana, someone(press)]) expect((await caller.call(deskReleasesCall, {})).problem).toEqual({ problem: 'not_allowed' })
  await someone(diego).call(endEmbargoCall, { id: made[3]?.id ?? '' })
  expect(places((await listed({ standing: 'out' })).releases)).toEqual([3, 1, 0])
})
