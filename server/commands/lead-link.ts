import { existsSync } from 'node:fs'
import * as z from 'zod/mini'
import { WrongConfig, addressOf, databaseOf, ownConfig, readArguments } from '../config.ts'
import type { Config } from '../config.ts'
import { leadLink } from '../features/people/actions.ts'
import { CannotOpen, ensureFolder, sayDamaged } from '../folder.ts'
import { askControl } from '../platform/control/control.ts'
import { FolderInUse, lockFolder } from '../platform/database/lock.ts'
import { openDatabase } from '../platform/database/open.ts'
import { openEngine } from '../platform/journal/engine.ts'

// Prints a one-time link for a lead who is locked out. Every lead is told of it. Asks the running server; where none runs it takes the folder for a moment.
// npm run lead-link [-- "Name of the lead"]

const Made = z.union([z.object({ token: z.string(), name: z.string(), address: z.string() }), z.object({ which: z.array(z.string()) })])
type Made = z.infer<typeof Made>

async function main(): Promise<number> {
  const { sample, words: [name = null] } = readArguments(process.argv.slice(2), 1)
  const config = ownConfig(sample)
  if (config.database === undefined && !existsSync(databaseOf(config))) {
    process.stderr.write(`There is no mission in ${config.dataFolder}. Name its folder with DATA_DIR, or add -- --sample for the sample.\n`)
    return 2
  }
  const asked = await askControl(config.dataFolder, 'lead-link', { name })
  const made = asked ? Made.parse(asked.answer) : await makeHere(config, name)
  if ('which' in made) {
    const leads = made.which.map((one) => `"${one}"`).join(', ')
    process.stderr.write(leads === '' ? 'This mission has no lead yet: start it, and it prints a set-up link.\n' : `Say which lead, as in: npm run lead-link -- "Name". There are: ${leads}\n`)
    return 1
  }
  process.stdout.write(`A link for ${made.name}; it works once, within two days:\n${made.address}/join#${made.token}\nAll leads are told that it was made.\n`)
  return 0
}

async function makeHere(config: Config, name: string | null): Promise<Made> {
  const where = databaseOf(config)
  await ensureFolder(config.dataFolder, where)
  const lock = await lockFolder(config.dataFolder)
  const db = await openDatabase(where).catch(sayDamaged(where))
  try {
    const engine = await openEngine(db, () => new Date().toISOString())
    const made = await engine.write({ kind: 'operator' as const }, (work) => leadLink({ name }, work))
    return 'which' in made ? made : { ...made, address: addressOf(config, config.port) }
  } finally {
    await db.close()
    await lock.release()
  }
}

main().then((code) => process.exit(code), (error: unknown) => {
  const isPlain = error instanceof WrongConfig || error instanceof CannotOpen || error instanceof FolderInUse
  process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(2)
})
