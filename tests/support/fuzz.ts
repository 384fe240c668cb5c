import sharp from 'sharp'
import { getReportCall } from '../../shared/reports.ts'
import { usedBy } from '../../server/platform/pictures/confined.ts'
import { mutated } from './hostile.ts'
import type { Caller, TestHouse } from './house.ts'
import { cameraJpeg, drawnHeic, jpegOf, noise, pngOf } from './pictures.ts'
import { file, sendOriginal } from './reports.ts'

const scene = () => sharp(noise(96, 64, 1).data, { raw: { width: 96, height: 64, channels: 3 } })

/** A sound picture of each kind that is decoded: what is mutated. */
export const seeds: Record<string, () => Promise<Buffer>> = {
  jpeg: () => jpegOf(noise(96, 64, 1), 6),
  'jpeg with EXIF': () => cameraJpeg(1, [96, 64], 3),
  'progressive jpeg': () => scene().jpeg({ progressive: true }).toBuffer(),
  png: () => pngOf(noise(48, 32, 1)),
  webp: () => scene().webp().toBuffer(),
  'lossless webp': () => scene().webp({ lossless: true }).toBuffer(),
  heic: drawnHeic,
}

/** What became of the mutations of one kind of picture, each told by its seed where it is not what it may be. */
export type Fuzzed = { kind: string; refused: number; unreadable: number; ready: number; wrong: string[]; /** A child's memory, and how much more than at first the server held, with this process around it. */ mostBytes: number; serverGrewBytes: number; slowestHealthMs: number }

const atOnce = 50

/** Sends mutations of a picture through the front door, fifty a report and each report by somebody else, as limits are by person; and asks the server for its health all the while. */
export async function fuzz(house: TestHouse, desk: Caller, kind: string, from: number, count: number): Promise<Fuzzed> {
  const sound = await seeds[kind]?.()
  if (!sound) throw new Error(`No picture of kind ${kind}`)
  const found: Fuzzed = { kind, refused: 0, unreadable: 0, ready: 0, wrong: [], mostBytes: 0, serverGrewBytes: 0, slowestHealthMs: 0 }
  const atFirst = process.memoryUsage.rss()
  const look = setInterval(() => {
    for (const pid of house.pictures.pids()) found.mostBytes = Math.max(found.mostBytes, usedBy(pid)?.memoryBytes ?? 0)
    found.serverGrewBytes = Math.max(found.serverGrewBytes, process.memoryUsage.rss() - atFirst)
  }, 10)
  let isOver = false
  const asking = askHealth(house, found, () => isOver)
  try {
    for (let start = from; start < from + count; start += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, from + count - start) }, (_, at) => start + at)
      const pictures = numbers.map((seed) => mutated(sound, seed))
      const author = await house.person('observer')
      const { id } = await file(house, author, { pictures })
      for (const [at, picture] of pictures.entries()) {
        const { status, problem } = await sendOriginal(author, id, picture)
        if (problem) {
          found.refused += 1
          if (!['wrong_type', 'too_large', 'invalid_input'].includes(problem.problem)) found.wrong.push(`seed ${numbers[at]}: ${problem.problem}`)
        } else if (status !== 201) found.wrong.push(`seed ${numbers[at]}: ${status}`)
      }
      await house.picturesDone()
      for (const { sha256, state } of (await desk.call(getReportCall, { id })).reply.photos) {
        if (state === 'ready' || state === 'unreadable') found[state] += 1
        else if (state !== 'awaited') found.wrong.push(`${sha256} stayed ${state}`)
      }
    }
  } finally {
    isOver = true
    await asking
    clearInterval(look)
  }
  return found
}

/** One question after the other, while pictures are sent and looked into. */
async function askHealth(house: TestHouse, found: Fuzzed, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const asked = performance.now()
    const status = await house.nobody.fetch('/health').then((response) => response.status, () => 0)
    if (status !== 200) found.wrong.push(`no health: ${status}`)
    found.slowestHealthMs = Math.max(found.slowestHealthMs, performance.now() - asked)
    await new Promise((done) => setTimeout(done, 50))
  }
}
