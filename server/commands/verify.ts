import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { WrongConfig, ownConfig, readArguments } from '../config.ts'
import { namedFiles } from '../features/photos/actions.ts'
import { isDamaged, openReaders } from '../platform/database/open.ts'
import { openFiles } from '../platform/files/files.ts'
import { verifyJournal } from '../platform/journal/verify.ts'
import type { Fault } from '../platform/journal/verify.ts'

// Walks the chain, folds the journal and compares it with the tables, and hashes every file. Reads only; a running server is not disturbed.
// Exit 0: all agrees. 1: something does not, and is named. 2: it could not be looked at.

const mostShown = 200

async function main(): Promise<number> {
  const { dataFolder } = ownConfig(readArguments(process.argv.slice(2)).sample)
  const path = join(dataFolder, 'mission.db')
  if (!existsSync(path)) {
    process.stderr.write(`There is no mission in ${dataFolder}. Name its folder with DATA_DIR, or add -- --sample for the sample.\n`)
    return 2
  }
  const db = openReaders(path, 1)
  try {
    const { facts, chain, faults } = await verifyJournal(db)
    const files = await openFiles(dataFolder)
    const named = await db.transaction().execute((tx) => namedFiles(tx))
    for (const shelf of ['originals', 'renditions'] as const) for (const sha256 of named[shelf]) await check(shelf, sha256, files[shelf], faults)
    for (const fault of faults.slice(0, mostShown)) process.stdout.write(`${fault.where}: ${fault.what}\n`)
    if (faults.length > mostShown) process.stdout.write(`... and ${faults.length - mostShown} more\n`)
    process.stdout.write(`${facts} facts, ${named.originals.length} kept files and ${named.renditions.length} renditions read. Chain head ${chain || 'none'}.\n`)
    process.stdout.write(faults.length === 0 ? 'Everything agrees.\n' : `${faults.length} do not agree.\n`)
    return faults.length === 0 ? 0 : 1
  } catch (error) {
    if (!isDamaged(error)) throw error
    process.stdout.write(`${path}: is damaged and cannot be read to its end (${error.message}).\n`)
    return 1
  } finally {
    await db.destroy()
  }
}

type Shelf = Awaited<ReturnType<typeof openFiles>>['originals']

async function check(name: string, sha256: string, shelf: Shelf, faults: Fault[]): Promise<void> {
  if (!(await shelf.has(sha256))) faults.push({ where: `${name} ${sha256}`, what: 'is missing' })
  else if (!(await shelf.verifyHash(sha256))) faults.push({ where: `${name} ${sha256}`, what: 'is not the file that was kept: its hash differs' })
}

main().then((code) => process.exit(code), (error: unknown) => {
  process.stderr.write(`${error instanceof WrongConfig ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(2)
})
