import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Pack } from '../../shared/pack.ts'
import { WrongConfig, readArguments } from '../config.ts'
import { counted } from '../counted.ts'
import { CannotOpen } from '../folder.ts'
import { FolderInUse } from '../platform/database/lock.ts'
import { seedMission } from '../sample/seed.ts'

// Makes an exercise with many invented reports in an empty folder, to try how Veedor carries them: npm run seed -- --reports 1000000 [--into FOLDER]
// Exit 0: made. 2: not made.

const usual = 'uploads/seeded'
const most = 5_000_000

async function main(): Promise<number> {
  const { named } = readArguments(process.argv.slice(2), 0, ['reports', 'into'])
  const text = named.get('reports') ?? '10000'
  const reports = /^\d+$/.test(text) ? Number(text) : 0
  if (reports < 1 || reports > most) throw new WrongConfig(`--reports must be a number from 1 to ${most}, not "${text}".`)
  const root = resolve(import.meta.dirname, '../..')
  const into = named.get('into') ?? usual
  const pack = Pack.parse(JSON.parse(await readFile(resolve(root, 'shared/packs/default.json'), 'utf8')))
  const begun = performance.now()
  await seedMission({ dataFolder: resolve(root, into), reports, pack, now: Date.now, say: (line) => process.stdout.write(`${line}\n`) })
  const seconds = Math.round((performance.now() - begun) / 1000)
  process.stdout.write(`${counted(reports, 'report')} in ${seconds} s. Look at them: DATA_DIR=${into} npm start, and for a lead's link DATA_DIR=${into} npm run lead-link. Delete the folder when you are done.\n`)
  return 0
}

main().then((code) => process.exit(code), (error: unknown) => {
  const isPlain = error instanceof WrongConfig || error instanceof CannotOpen || error instanceof FolderInUse
  process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(2)
})
