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
export type Fuzzed = { kind: string; refused: number; unreadable: number; ready: number; wrong: string[]; mostBytes: number; slowestHealthMs: number }

const atOnce = 50

/** Sends mutations of a picture through the front door, fifty a report and each report by somebody else, as limits are by person; and asks the server for its health all the while. */
export async function fuzz(house: TestHouse, desk: Caller, kind: string, from: number, count: number): Promise<Fuzzed> {
  const sound = await seeds[kind]?.()
  if (!sound) throw new Error(`No picture of kind ${kind}`)
  const found: Fuzzed = { kind, refused: 0, unreadable: 0, ready: 0, wrong: [], mostBytes: 0, slowestHealthMs: 0 }
  const look = setInterval(() => {
    for (const pid of house.pictures.pids()) found.mostBytes = Math.max(found.mostBytes, usedBy(pid)?.memoryBytes ?? 0)
  }, 10)
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
      const asked = performance.now()
      if ((await house.nobody.fetch('/health')).status !== 200) found.wrong.push(`after seed ${numbers[0]}: no health`)
      found.slowestHealthMs = Math.max(found.slowestHealthMs, performance.now() - asked)
      await house.picturesDone()
      for (const { sha256, state } of (await desk.call(getReportCall, { id })).reply.photos) {
        if (state === 'ready' || state === 'unreadable') found[state] += 1
        else if (state !== 'awaited') found.wrong.push(`${sha256} stayed ${state}`)
      }
    }
  } finally {
    clearInterval(look)
  }
  return found
}
