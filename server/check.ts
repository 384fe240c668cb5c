import { checkSignatures } from './features/keys/actions.ts'
import { namedFiles } from './features/photos/actions.ts'
import { screenFaults } from './features/screens/actions.ts'
import { checkIntegrity } from './platform/database/integrity.ts'
import type { Handle } from './platform/database/open.ts'
import { lookAtFiles } from './platform/files/files.ts'
import type { Shelf } from './platform/files/shelf.ts'
import { verifyJournal } from './platform/journal/verify.ts'
import type { Fault } from './platform/journal/verify.ts'

export type Checked = { facts: number; chain: string; originals: number; renditions: number; signed: number; failing: number; screens: { count: number; last: string | null }; faults: Fault[] }

/** Walks the chain, folds the journal and compares it with the tables, checks every signature, and has SQLite look at its pages. Reads alone. */
export async function checkDatabase(db: Handle): Promise<Pick<Checked, 'facts' | 'chain' | 'signed' | 'failing' | 'faults'>> {
  const { facts, chain, faults } = await verifyJournal(db)
  for (const what of await checkIntegrity(db)) faults.push({ where: 'database', what })
  const { signed, failing, faults: unsigned } = await db.transaction().execute((tx) => checkSignatures(tx))
  return { facts, chain, signed, failing, faults: [...faults, ...unsigned] }
}

/** The database, and every file that a row of it names, by its hash. Reads alone. */
export async function checkAll(db: Handle, dataFolder: string): Promise<Checked> {
  const checked = await checkDatabase(db)
  const files = lookAtFiles(dataFolder)
  const named = await db.transaction().execute((tx) => namedFiles(tx))
  for (const shelf of ['originals', 'renditions'] as const) for (const sha256 of named[shelf]) await check(shelf, sha256, files[shelf], checked.faults)
  const screens = await db.transaction().execute((tx) => screenFaults(tx))
  return { ...checked, originals: named.originals.length, renditions: named.renditions.length, screens }
}

async function check(name: string, sha256: string, shelf: Shelf, faults: Fault[]): Promise<void> {
  if (!(await shelf.has(sha256))) faults.push({ where: `${name} ${sha256}`, what: 'is missing' })
  else if (!(await shelf.verifyHash(sha256))) faults.push({ where: `${name} ${sha256}`, what: 'is not the file that was kept: its hash differs' })
}

const mostShown = 200

/** What was checked and what does not agree, line by line. */
export function sayChecked({ facts, chain, originals, renditions, signed, failing, screens, faults }: Checked, say: (line: string) => void): void {
  for (const { where, what } of faults.slice(0, mostShown)) say(`${where}: ${what}`)
  if (faults.length > mostShown) say(`... and ${faults.length - mostShown} more`)
  say(`${facts} facts, ${originals} kept files and ${renditions} renditions read. Chain head ${chain || 'none'}.`)
  say(`${signed} reports signed by their phones; ${failing} came with a signature that fails, and are marked so.`)
  say(screens.count === 0 ? 'No screen ever held anything else than this journal.' : `${screens.count} times a screen held something else than this journal, said so and loaded anew; last at ${screens.last} (UTC).`)
  say(faults.length === 0 ? 'Everything agrees.' : `${faults.length} do not agree.`)
}
