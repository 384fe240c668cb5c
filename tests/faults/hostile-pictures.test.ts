import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileReportCall, getReportCall } from '../../shared/reports.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { usedBy } from '../../server/platform/pictures/confined.ts'
import { corpus } from '../support/hostile.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { jpegOf, noise } from '../support/pictures.ts'
import { file, sendOriginal, statementOf } from '../support/reports.ts'

let house: TestHouse
let ana: Caller
let desk: Caller

beforeAll(async () => {
  house = await startHouse()
  ;[ana, desk] = [await house.person('observer'), await house.person('coordinator')]
})
afterAll(() => house.stop())

const megabyte = 1_000_000
const statesOf = async (report: string) => (await desk.call(getReportCall, { id: report })).reply.photos.map((photo) => photo.state)

/** Files a report of these pictures and sends them one after the other; gives what each was answered. */
async function send(pictures: Buffer[]) {
  const { id } = await file(house, ana, { pictures })
  const answers: (string | number)[] = []
  for (const picture of pictures) {
    const { status, problem } = await sendOriginal(ana, id, picture)
    answers.push(problem?.problem ?? status)
  }
  return { id, answers }
}

/** The most that a picture child holds in memory while this runs, and how often the server answered meanwhile. */
async function watched<Done>(work: () => Promise<Done>): Promise<{ done: Done; mostBytes: number; healths: number }> {
  let mostBytes = 0
  let healths = 0
  let isOver = false
  const look = setInterval(() => {
    for (const pid of house.pictures.pids()) mostBytes = Math.max(mostBytes, usedBy(pid)?.memoryBytes ?? 0)
  }, 10)
  const asking = (async () => {
    while (!isOver) {
      expect((await house.nobody.fetch('/health')).status).toBe(200)
      healths += 1
    }
  })()
  try {
    const done = await work()
    return { done, mostBytes, healths }
  } finally {
    isOver = true
    clearInterval(look)
    await asking
  }
}

describe('[R198] a file that is made to break us has its answer, and the server another one for whoever asks', () => {
  it.each(corpus)('$name: $answer', async ({ make, answer, state }) => {
    const bytes = await make()
    const { done: { id, answers }, mostBytes, healths } = await watched(async () => {
      const sent = await send([bytes])
      await house.picturesDone()
      return sent
    })
    expect(answers).toEqual([answer === 'kept' ? 201 : answer])
    expect(await statesOf(id)).toEqual([state ?? 'awaited'])
    expect(healths).toBeGreaterThan(0)
    expect(mostBytes).toBeLessThan(400 * megabyte)
  })

  it('of no bytes at all is refused with its report', async () => {
    const statement = await statementOf(house, ana, { pictures: [Buffer.alloc(0)] })
    const { problem } = await ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })
    expect(problem).toMatchObject({ problem: 'invalid_input', fields: [{ path: 'photos.0.sizeBytes' }] })
  })

  it('cut at every kilobyte it is kept to the byte, and shown as one that cannot be opened', async () => {
    const whole = await jpegOf(noise(240, 160, 4))
    const cuts = Array.from({ length: Math.floor(whole.length / 1024) }, (_, at) => whole.subarray(0, (at + 1) * 1024))
    expect(cuts.length).toBeGreaterThan(20)
    const { id, answers } = await send(cuts)
    await house.picturesDone()
    expect(answers).toEqual(cuts.map(() => 201))
    expect(await statesOf(id)).toEqual(cuts.map(() => 'unreadable'))
  })

  it('and after all of this a picture is a picture, and journal and tables agree', async () => {
    const { id } = await send([await jpegOf(noise(64, 48, 5))])
    await house.picturesDone()
    expect(await statesOf(id)).toEqual(['ready'])
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })
})
