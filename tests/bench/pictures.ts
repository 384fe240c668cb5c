import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { PictureRoom } from '../support/pictures.ts'
import { cameraJpeg, openPictureRoom } from '../support/pictures.ts'
import { startServer } from '../support/process.ts'
import { hashOf } from '../support/reports.ts'
import type { Figure } from './figure.ts'
import { alone, beside, quantile } from './figure.ts'
import { memoryOf } from './memory.ts'

const times = 15
const warm = 2

/** From an original of 12 megapixels to both renditions of the desk, through the child process and onto the disk; beside plain sharp in this process. And what server and child hold in memory. */
export async function pictures(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-bench-'))
  const room = await openPictureRoom()
  try {
    const bytes = await cameraJpeg(1, [4000, 3000], 6)
    const [original, incoming] = [hashOf(bytes), room.files.incomingPath()]
    await writeFile(incoming, bytes)
    await room.files.originals.put(incoming, original)
    const [ours, plain]: [number[], number[]] = [[], []]
    for (let count = 0; count < times + warm; count += 1) {
      const [mine, theirs] = [await timed(() => forTheDesk(room, original)), await timed(() => plainly(room.files.originals.path(original), folder))]
      if (count < warm) continue
      ours.push(mine)
      plain.push(theirs)
    }
    for (const measured of [ours, plain]) measured.sort((one, other) => one - other)
    const [child, server] = [memoryOf(room.pictures.pids()), await serverAtRest(join(folder, 'mission'))]
    return [
      beside('a JPEG of 12 megapixels to both renditions, beside plain sharp in one process', quantile(ours, 0.5), quantile(plain, 0.5), 'ms', { of: 'ratio', most: 1.1 }),
      ...(server ? [alone('memory of the server at rest, an empty mission', server.now, 'MB')] : []),
      ...(child ? [alone('memory of the child for pictures between two of them', child.now, 'MB'), alone('the same at its peak', child.peak, 'MB')] : []),
    ]
  } finally {
    await room.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function timed(work: () => Promise<() => Promise<unknown>>): Promise<number> {
  const begun = performance.now()
  const clear = await work()
  const milliseconds = performance.now() - begun
  await clear()
  return milliseconds
}

/** As the server does it; what was made goes again, since the next would only find it. */
async function forTheDesk({ pictures, files }: PictureRoom, original: string) {
  const { thumb, screen } = await pictures.desk(original)
  return () => Promise.all([thumb, screen].map(({ sha256 }) => rm(files.renditions.path(sha256))))
}

async function plainly(original: string, folder: string) {
  const screen = await sharp(original).autoOrient().resize({ width: 1600, height: 1600, fit: 'inside' }).jpeg({ quality: 80 }).toBuffer()
  const thumb = await sharp(screen).resize({ width: 320, height: 320, fit: 'inside' }).jpeg({ quality: 80 }).toBuffer()
  await Promise.all([writeFile(join(folder, 'screen.jpg'), screen), writeFile(join(folder, 'thumb.jpg'), thumb)])
  return () => Promise.resolve()
}

async function serverAtRest(folder: string) {
  const server = await startServer({ folder })
  const held = memoryOf([server.process.pid ?? 0])
  await server.stop()
  return held
}
