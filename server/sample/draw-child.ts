// Runs as a process of its own, started by draw-all.ts: turns the drawn scenes into JPEG files, and ends. It reads nothing but what the scenes are made of.
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { Orders, draw } from './draw.ts'

sharp.cache(false)
sharp.concurrency(1)

/** As many as there are cores on a small machine. */
const atOnce = 2

process.once('message', (message) => {
  const waiting = Orders.parse(message)
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { svg } = draw(next.order)
      await writeFile(next.path, await sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer())
    }
  }
  Promise.all(Array.from({ length: atOnce }, work)).then(() => process.exit(0), (error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(1)
  })
})
