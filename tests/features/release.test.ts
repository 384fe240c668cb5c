import { readFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changesCall } from '../../shared/live.ts'
import { photoId } from '../../shared/photos.ts'
import { downloadCall, listReleasesCall, releaseCall, releaseImageCall, releaseProposalCall, retractCall } from '../../shared/press.ts'
import type { Release } from '../../shared/press.ts'
import { changeReportCall, getReportCall } from '../../shared/reports.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { credit, judge, phonePicture, release, releaseOf, reportWithPicture, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { decoded, pixel } from '../support/pictures.ts'
import { file, hashOf, sendOriginal } from '../support/reports.ts'
import { toldUpTo } from '../support/sockets.ts'

let house: TestHouse
let ana: Caller
let carla: Caller
let diego: Caller
let elena: Caller
let press: Caller
let lead: Caller
let seed = 0

beforeAll(async () => {
  house = await startHouse()
  ana = await house.person('observer', { name: 'Ana Canaria', organisation: 'Network Canary' })
  ;[carla, diego, elena] = [await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator', { name: 'Diego' }), await house.person('coordinator', { name: 'Elena' })]
  press = await house.person('press')
  lead = await house.person('lead')
  await setUp(house, lead)
})
beforeEach(() => setRules(lead, {}))
afterAll(() => house.stop())

const head = () => house.engine.head().number
const verified = (given?: Parameters<typeof verifiedPicture>[4]) => verifiedPicture(house, ana, [carla, diego], seed++, given)
const fullFile = async (id: string) => {
  const row = await house.db.readers.selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return { row, bytes: await readFile(house.files.renditions.path(row.fullSha256)) }
}
const factOf = async (id: string, kind: string) => {
  const fact = await house.db.readers.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').innerJoin('journalBodies', 'journalBodies.number', 'journal.number')
    .select('body').where('journalSubjects.id', '=', id).where('kind', '=', kind).executeTakeFirstOrThrow()
  return JSON.parse(fact.body) as { actor: { id: string }; told: unknown }
}

describe('a proposal', () => {
  it('[R40] says what would leave, from verified fields alone', async () => {
    const { photo } = await verified({ words: 'The observer’s own canary words.' })
    const { status, reply } = await elena.call(releaseProposalCall, { id: photo })
    expect(status).toBe(200)
    expect(reply).toEqual({
      precision: { level: 'department_halfday', department: 'La Libertad', country: 'El Salvador', day: '2027-02-28', half: 'afternoon' }, eyes: 2, credit, width: 400, height: 300, mayRelease: true, embargo: { until: null, statement: false },
      captions: {
        es: 'Lo que parecen ser papeletas sin dobleces visibles se cuentan en La Libertad, El Salvador, después del mediodía del domingo 28 de febrero de 2027. (Misión de prueba.)',
        en: 'What appear to be ballots without visible folds are counted in La Libertad, El Salvador, after midday on Sunday, 28 February 2027. (Misión de prueba.)',
      },
      withheld: ['Escuela Canaria', 'Zaragoza', 'La Libertad Este', 'CE-01', '77119', 'Ana Canaria', '0101', 'Network Canary'],
      quote: { es: 'Verificada por dos personas de la misión; ninguna vio el veredicto de la otra.', en: 'Verified by two people of the mission, neither of whom saw the other’s verdict.' },
    })
  })

  it('says one person where one person verified it', async () => {
    await setRules(lead, { eyes: 1 })
    const { photo } = await verifiedPicture(house, ana, [carla], seed++)
    expect((await elena.call(releaseProposalCall, { id: photo })).reply).toMatchObject({ eyes: 1, quote: { en: 'Verified by one person of the mission.' } })
  })

  it('says one person where a third decided against two who differed', async () => {
    const { report, photo } = await reportWithPicture(house, ana, seed++)
    await judge(house, carla, report, { outcome: 'false', reasons: ['edited'] })
    await judge(house, diego, report, { outcome: 'not_confirmed', reasons: ['unclear'] })
    await judge(house, elena, report, { outcome: 'verified' })
    expect((await lead.call(releaseProposalCall, { id: photo })).reply.eyes).toBe(1)
  })
})

describe('a release', () => {
  it('[R41] is covered, sized, labelled, told to the press and shown on the report', async () => {
    const { report, photo, bytes } = await verified()
    const [before, told] = [head(), await toldUpTo(press)]
    const cover = { left: 100, top: 60, width: 80, height: 50, what: 'face' as const }
    const sent = await releaseOf(elena, photo, { covers: [cover] })
    const { status, reply } = await elena.call(releaseCall, sent)
    expect([status, reply.id]).toEqual([201, sent.id])
    expect(head()).toBe(before + 1)

    const { reply: wall } = await press.call(listReleasesCall, {})
    expect(wall.releases[0]).toMatchObject({ id: sent.id, captions: sent.captions, alternatives: sent.alternatives, credit, covered: true, width: 400, height: 300, releasedAt: reply.releasedAt })
    expect((await press.call(changesCall, { since: told })).reply.things).toEqual([{ kind: 'release', id: sent.id, thing: wall.releases[0] }])
    const page = (await elena.call(getReportCall, { id: report })).reply
    expect([page.line.releases, page.photos[0]?.released, page.releases[0]?.id]).toEqual([1, true, sent.id])
    expect(page.may).toContain('retract')

    const full = (await fullFile(sent.id)).bytes
    const pixels = await decoded(full)
    expect([pixels.width, pixels.height]).toEqual([400, 300])
    const covered = [[100, 60], [179, 60], [100, 109], [179, 109], [140, 85]].map(([x = 0, y = 0]) => pixel(pixels, x, y).join(' '))
    expect(new Set(covered)).toHaveProperty('size', 1)
    const { exif, iptc, xmp } = await sharp(full).metadata()
    expect([exif, iptc]).toEqual([undefined, undefined])
    for (const said of [sent.captions['es'], sent.captions['en'], sent.alternatives['es'], credit, sent.id, 'humanEdits', '2027-02-28<']) expect(xmp?.toString()).toContain(said)
    for (const secret of ['CanaryPhone', 'Serial-77', 'Ana Canaria', 'Network Canary', 'Escuela Canaria', 'CE-01', '77119', report, hashOf(bytes)]) expect(full.includes(secret)).toBe(false)
  })

  it('[R42] sent again, also five times at once, is one; other content is a conflict', async () => {
    const { photo } = await verified()
    const sent = await releaseOf(elena, photo, {})
    const before = head()
    const answers = await Promise.all(Array.from({ length: 5 }, () => elena.call(releaseCall, sent)))
    expect(new Set(answers.map(({ status, reply }) => JSON.stringify([status, reply])))).toHaveProperty('size', 1)
    expect(answers[0]?.status).toBe(201)
    expect(head()).toBe(before + 1)
    expect((await elena.call(releaseCall, sent)).reply).toEqual(answers[0]?.reply)
    expect((await elena.call(releaseCall, { ...sent, credit: 'Other' })).problem).toEqual({ problem: 'conflict' })
    expect((await lead.call(releaseCall, sent)).problem).toEqual({ problem: 'conflict' })
    expect(head()).toBe(before + 1)
  })

  it('[R43] is of a verified report’s picture that is here and opens, and of no other', async () => {
    const refusedAs = (reason: string) => ({ problem: 'conflict', fields: [{ path: 'photo', reason }] })
    const sent: Release = { ...(await releaseOf(elena, (await verified()).photo)) }
    const tried = async (photo: string) => {
      const [proposed, released] = [await elena.call(releaseProposalCall, { id: photo }), await elena.call(releaseCall, { ...sent, id: randomUUID(), photo })]
      expect(released.problem).toEqual(proposed.problem)
      return released.problem
    }
    const verify = async (id: string) => { for (const verifier of [carla, diego]) await judge(house, verifier, id) }
    const before = await house.db.readers.selectFrom('releases').select('id').execute()

    const open = await reportWithPicture(house, ana, seed++)
    expect(await tried(open.photo)).toEqual(refusedAs('not_yet'))
    await judge(house, carla, open.report)
    expect(await tried(open.photo)).toEqual(refusedAs('not_yet'))
    await judge(house, diego, open.report, { outcome: 'verified' })
    expect(await tried(photoId(open.report, hashOf(Buffer.from('another'))))).toEqual({ problem: 'not_found' })
    expect(await tried(photoId(uuid7(0), hashOf(open.bytes)))).toEqual({ problem: 'not_found' })

    const [awaited, cut, heic] = [await phonePicture(seed++), (await phonePicture(seed++)).subarray(0, 9000), Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic'), Buffer.alloc(200)])]
    const { id } = await file(house, ana, { station: 'CE-01', pictures: [awaited, cut, heic] })
    await verify(id)
    for (const bytes of [cut, heic]) expect((await sendOriginal(ana, id, bytes)).status).toBe(201)
    await house.picturesDone()
    expect(await tried(photoId(id, hashOf(awaited)))).toEqual(refusedAs('not_yet'))
    expect(await tried(photoId(id, hashOf(cut)))).toEqual(refusedAs('wrong_kind'))
    expect(await tried(photoId(id, hashOf(heic)))).toEqual(refusedAs('wrong_kind'))
    expect(await house.db.readers.selectFrom('releases').select('id').execute()).toEqual(before)
  })

  it('[R44] is blocked by each yes, and says beside which field what is wrong', async () => {
    const { photo } = await verified()
    const right = await releaseOf(elena, photo)
    const before = head()
    const refused = async (given: object) => {
      const { problem } = await elena.call(releaseCall, { ...right, ...given })
      expect(problem?.problem).toBe('invalid_input')
      return problem?.fields
    }
    for (const name of ['voterOrMinor', 'voteLinked', 'observer']) expect(await refused({ answers: { ...right.answers, [name]: true } })).toEqual([{ path: `answers.${name}`, reason: 'blocks_release' }])
    expect(await refused({ answers: { voterOrMinor: false } })).toEqual([{ path: 'answers.voteLinked', reason: 'required' }, { path: 'answers.observer', reason: 'required' }])
    expect(await refused({ captions: { en: right.captions['en'], es: ' ' } })).toEqual([{ path: 'captions.es', reason: 'required' }])
    expect(await refused({ alternatives: { es: 'Una mesa.' } })).toEqual([{ path: 'alternatives.en', reason: 'required' }])
    expect(await refused({ captions: { ...right.captions, fr: 'Bulletins.' } })).toEqual([{ path: 'captions.fr', reason: 'not_in_list' }])
    expect(await refused({ captions: { ...right.captions, en: 'Ballots at Escuela Canaria.' } })).toEqual([{ path: 'captions.en', reason: 'does_not_agree' }])
    expect(await refused({ captions: { ...right.captions, en: 'Ballots in La Libertad Este.' } })).toEqual([{ path: 'captions.en', reason: 'does_not_agree' }])
    expect(await refused({ captions: { ...right.captions, en: 'Ballots at 14:06, seen by Observer 0101.' } })).toEqual([{ path: 'captions.en', reason: 'does_not_agree' }])
    expect(await refused({ credit: 'Network Canary' })).toEqual([{ path: 'credit', reason: 'does_not_agree' }])
    expect(await refused({ credit: ' ' })).toEqual([{ path: 'credit', reason: 'required' }])
    expect(await refused({ covers: [{ left: 390, top: 0, width: 11, height: 10, what: 'face' }] })).toEqual([{ path: 'covers.0', reason: 'does_not_agree' }])
    expect(await refused({ covers: [{ left: 1.5, top: 0, width: 10, height: 10, what: 'face' }] })).toMatchObject([{ path: 'covers.0.left' }])
    expect(await refused({ covers: [{ left: 1, top: 0, width: 0, height: 10, what: 'soul' }] })).toMatchObject([{ path: 'covers.0.width', reason: 'too_small' }, { path: 'covers.0.what', reason: 'not_in_list' }])
    expect(await refused({ more: 1 })).toEqual([{ path: 'more', reason: 'unknown_field' }])
    expect(await refused({ id: uuid7(Date.now()) })).toEqual([{ path: 'id', reason: 'format' }])
    expect(head()).toBe(before)
  })

  it('[R45] says a flagged word only when it was kept knowingly, and the journal and the report’s history say so', async () => {
    const { report, photo } = await verified()
    const right = await releaseOf(elena, photo)
    const captions = { ...right.captions, es: 'Papeletas Fraudulentas se cuentan.' }
    expect((await elena.call(releaseCall, { ...right, captions })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'captions.es', reason: 'blocks_release' }] })
    expect((await elena.call(releaseCall, { ...right, captions, keptWords: ['fraudulentas', 'robo'] })).status).toBe(201)
    expect(await factOf(right.id, 'photo.released')).toMatchObject({ actor: { id: elena.id }, told: { keptWords: ['fraudulentas'], eyes: 2 } })
    await elena.call(retractCall, { id: right.id, reason: 'Wrong place' })
    const { history } = (await elena.call(getReportCall, { id: report })).reply
    expect(history.slice(-2).map(({ kind, changes }) => ({ kind, changes }))).toEqual([
      { kind: 'photo.released', changes: [{ field: 'keptWords', from: null, to: 'fraudulentas' }] }, { kind: 'release.retracted', changes: [{ field: 'retractedReason', from: null, to: 'Wrong place' }] },
    ])
  })

  it('[R46] comes from somebody who gave no verdict, where the mission says so', async () => {
    await setRules(lead, { releaserNotVerifier: true })
    const { report, photo } = await verified()
    const sent = await releaseOf(carla, photo)
    const before = head()
    expect((await carla.call(releaseProposalCall, { id: photo })).reply.mayRelease).toBe(false)
    expect((await carla.call(releaseCall, sent)).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'photo', reason: 'was_verifier' }] })
    expect((await carla.call(getReportCall, { id: report })).reply.may).not.toContain('release')
    expect(head()).toBe(before)
    expect((await elena.call(releaseCall, sent)).status).toBe(201)
  })

  it('[R47] of the same bytes stands once, whichever report they came with', async () => {
    const { photo, bytes } = await verified()
    const first = await release(elena, photo)
    const again = await releaseOf(elena, photo)
    const repeated = { problem: 'conflict', fields: [{ path: 'photo', reason: 'repeated' }] }
    expect((await elena.call(releaseCall, again)).problem).toEqual(repeated)
    const other = await file(house, ana, { station: 'CE-01', pictures: [bytes] })
    await sendOriginal(ana, other.id, bytes)
    await house.picturesDone()
    for (const verifier of [carla, diego]) await judge(house, verifier, other.id)
    expect((await elena.call(releaseCall, { ...again, photo: photoId(other.id, hashOf(bytes)) })).problem).toEqual(repeated)
    await elena.call(retractCall, { id: first, reason: 'Wrong place' })
    expect((await elena.call(releaseCall, again)).status).toBe(201)
  })

  it('needs a department, which a coordinator gives to a report without a station', async () => {
    const { report, photo } = await verified({ station: null, table: null })
    const refused = { problem: 'conflict', fields: [{ path: 'department', reason: 'required' }] }
    expect((await elena.call(releaseProposalCall, { id: photo })).problem).toEqual(refused)
    await elena.call(changeReportCall, { id: report, change: uuid7(Date.now()), department: 'Usulután' })
    expect((await elena.call(releaseProposalCall, { id: photo })).reply.precision).toEqual({ level: 'department_halfday', department: 'Usulután', country: 'El Salvador', day: '2027-02-28', half: 'afternoon' })
  })
})

describe('[R48] one precision leaves', () => {
  const at = (instant: string) => ({ times: { observedAt: instant, finishedAt: instant, zone: 'America/El_Salvador' } })
  /** So many further observers report from the municipality, at these moments. */
  const others = async (count: number, instant: string, given: { station?: string; atStation?: boolean } = {}) => {
    for (let one = 0; one < count; one++) await file(house, await house.person('observer'), { station: 'CE-02', ...at(instant), ...given })
  }
  const precision = async (photo: string) => (await elena.call(releaseProposalCall, { id: photo })).reply.precision

  it('four observers in an hour: department and half-day; the fifth sharpens the next release and none before', async () => {
    const [early, late] = [await verified(at('2027-02-28T20:00:00.000Z')), await verified(at('2027-02-28T20:59:59.999Z'))]
    await others(3, '2027-02-28T20:30:00.000Z')
    // None of these counts: another hour on either side, another municipality, somebody who was not there, and Ana once more.
    await others(1, '2027-02-28T19:59:59.999Z')
    await others(1, '2027-02-28T21:00:00.000Z')
    await others(1, '2027-02-28T20:30:00.000Z', { station: 'CE-03' })
    await others(1, '2027-02-28T20:30:00.000Z', { atStation: false })
    await file(house, ana, { station: 'CE-01', ...at('2027-02-28T20:10:00.000Z') })
    const wide = { level: 'department_halfday', department: 'La Libertad', country: 'El Salvador', day: '2027-02-28', half: 'afternoon' }
    expect([await precision(early.photo), await precision(late.photo)]).toEqual([wide, wide])
    const released = await release(elena, early.photo)

    await others(1, '2027-02-28T20:59:59.999Z')
    const near = { level: 'municipality_hour', municipality: 'La Libertad Este', department: 'La Libertad', country: 'El Salvador', day: '2027-02-28', hour: 14 }
    expect(await precision(late.photo)).toEqual(near)
    const wall = (await press.call(listReleasesCall, {})).reply.releases
    expect(wall.find((one) => one.id === released)?.precision).toEqual(wide)
    expect((await fullFile(released)).bytes.includes('La Libertad Este')).toBe(false)

    const second = await release(elena, late.photo)
    const { row, bytes } = await fullFile(second)
    expect(JSON.parse(row.precision)).toEqual(near)
    expect((await sharp(bytes).metadata()).xmp?.toString()).toContain('2027-02-28T14:00<')
  })

  it('hours and days are those of the mission’s own clock', async () => {
    const midnight = await verified(at('2027-03-01T06:00:00.000Z'))
    const before = await verified(at('2027-03-01T05:59:59.999Z'))
    expect(await precision(midnight.photo)).toMatchObject({ day: '2027-03-01', half: 'morning' })
    expect(await precision(before.photo)).toMatchObject({ day: '2027-02-28', half: 'afternoon' })
  })
})

describe('[R49] a retraction', () => {
  it('is a fact with its reason, once, and is told to the press', async () => {
    const { report, photo } = await verified()
    const id = await release(elena, photo)
    const [before, told] = [head(), await toldUpTo(press)]
    expect((await diego.call(retractCall, { id, reason: 'Wrong place' })).reply).toEqual({ done: true })
    expect((await carla.call(retractCall, { id, reason: 'Another reason' })).reply).toEqual({ done: true })
    expect(head()).toBe(before + 1)
    expect((await press.call(changesCall, { since: told })).reply.things).toEqual([{ kind: 'release_gone', id }])
    expect((await press.call(listReleasesCall, {})).reply.releases.map((one) => one.id)).not.toContain(id)
    const page = (await elena.call(getReportCall, { id: report })).reply
    expect(page.releases.find((one) => one.id === id)).toMatchObject({ retractedReason: 'Wrong place' })
    expect([page.line.releases, page.may.includes('retract'), page.line.status]).toEqual([0, false, 'verified'])
  })

  it('needs a reason, and a release', async () => {
    const id = await release(elena, (await verified()).photo)
    expect((await elena.call(retractCall, { id, reason: ' ' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'reason', reason: 'required' }] })
    expect((await elena.call(retractCall, { id: randomUUID(), reason: 'x' })).problem).toEqual({ problem: 'not_found' })
  })
})

describe('in an exercise', () => {
  it('every caption that leaves is marked, on the wall and in the file, also one that a person wrote', async () => {
    const exercise = await startHouse({ exercise: true })
    try {
      const [author, desk, boss] = [await exercise.person('observer'), await exercise.person('coordinator'), await exercise.person('lead')]
      await setUp(exercise, boss)
      await setRules(boss, { eyes: 1 })
      const { photo } = await verifiedPicture(exercise, author, [desk], 900)
      const id = await release(desk, photo, { captions: { es: 'Papeletas se cuentan.', en: 'Exercise. Ballots are counted.' } })
      const { reply } = await (await exercise.person('press')).call(listReleasesCall, {})
      expect(reply.releases.map((one) => one.captions)).toEqual([{ es: 'Ejercicio. Papeletas se cuentan.', en: 'Exercise. Ballots are counted.' }])
      const { fullSha256 } = await exercise.db.readers.selectFrom('releases').select('fullSha256').where('id', '=', id).executeTakeFirstOrThrow()
      expect((await readFile(exercise.files.renditions.path(fullSha256))).toString('utf8')).toContain('Ejercicio. Papeletas se cuentan.')
    } finally {
      await exercise.stop()
    }
  })
})

describe('who may ask', () => {
  it('[R55] the desk alone proposes, releases and retracts: refusals leave no fact', async () => {
    const { photo } = await verified()
    const sent = await releaseOf(elena, photo)
    const id = await release(elena, (await verified()).photo)
    const before = head()
    for (const [caller, problem] of [[house.nobody, 'not_signed_in'], [ana, 'not_allowed'], [press, 'not_allowed']] as const) {
      expect((await caller.call(releaseProposalCall, { id: photo })).problem).toEqual({ problem })
      expect((await caller.call(releaseCall, sent)).problem).toEqual({ problem })
      expect((await caller.call(retractCall, { id, reason: 'x' })).problem).toEqual({ problem })
    }
    expect(head()).toBe(before)
    expect((await elena.call(releaseImageCall, { id, size: 'wall' })).status).toBe(200)
    expect((await elena.call(downloadCall, { id, size: 'web' })).status).toBe(200)
  })

  it('after all of this the journal and the tables agree', async () => {
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })
})
