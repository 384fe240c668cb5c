import { counted } from './counted.ts'
import { checkCounts } from './features/counts/actions.ts'
import { checkTraits } from './features/finding/actions.ts'
import { checkSignatures } from './features/keys/actions.ts'
import { countNamed, namedAfter } from './features/photos/actions.ts'
import { checkWords } from './features/reports/actions.ts'
import { screenFaults } from './features/screens/actions.ts'
import { checkIntegrity } from './platform/database/integrity.ts'
import type { Handle, Tx } from './platform/database/open.ts'
import { lookAtFiles } from './platform/files/files.ts'
import { lookingWith } from './platform/journal/looking.ts'
import type { Fault, Looking, Told } from './platform/journal/looking.ts'
import { verifyJournal } from './platform/journal/verify.ts'

type Signatures = Awaited<ReturnType<typeof checkSignatures>>

/** `beyond`: how many faults there are that are not named. */
type Database = { facts: number; chain: string; signatures: Signatures; faults: Fault[]; beyond: number }
export type Checked = Database & { originals: number; renditions: number; screens: { count: number; last: string | null } }

/**
 * Walks the chain, folds the journal and compares it with the tables, checks every signature, works out anew what reports are found and counted by, and has SQLite look at its pages.
 * Reads alone. @throws NoScratch
 */
export async function checkDatabase(db: Handle, told?: Told): Promise<Database> {
  const looking = lookingWith(told)
  return await checkInto(db, looking).then((checked) => ({ ...checked, faults: looking.faults, beyond: looking.beyond() }))
}

async function checkInto(db: Handle, looking: ReturnType<typeof lookingWith>) {
  const { facts, chain } = await verifyJournal(db, looking)
  const within = <Found>(look: (tx: Tx, looking: Looking) => Promise<Found>) => db.transaction().execute((tx) => look(tx, looking))
  looking.told('pages of the database', 0, null)
  for (const what of await checkIntegrity(db)) looking.fault('database', what)
  const signatures = await within(checkSignatures)
  await within(checkTraits)
  await within(checkWords)
  await within(checkCounts)
  return { facts, chain, signatures }
}

/** The database, and every file that a row of it names, by its hash. Reads alone. */
export async function checkAll(db: Handle, dataFolder: string, told?: Told): Promise<Checked> {
  const looking = lookingWith(told)
  const checked = await checkInto(db, looking)
  const read = { originals: 0, renditions: 0 }
  for (const shelf of ['originals', 'renditions'] as const) read[shelf] = await checkShelf(db, dataFolder, shelf, looking)
  const screens = await db.transaction().execute((tx) => screenFaults(tx))
  return { ...checked, ...read, screens, faults: looking.faults, beyond: looking.beyond() }
}

/** How many files a shelf should have. Their names are asked for page by page: no look at the database lasts as long as reading all files does. */
async function checkShelf(db: Handle, dataFolder: string, shelf: 'originals' | 'renditions', { fault, told }: Looking): Promise<number> {
  const files = lookAtFiles(dataFolder)[shelf]
  const all = await db.transaction().execute((tx) => countNamed(tx, shelf))
  let read = 0
  for (let after = ''; ;) {
    const page = await db.transaction().execute((tx) => namedAfter(tx, shelf, after))
    for (const sha256 of page) {
      told(`files in ${shelf}`, read, all)
      if (!(await files.has(sha256))) fault(`${shelf} ${sha256}`, 'is missing')
      else if (!(await files.verifyHash(sha256))) fault(`${shelf} ${sha256}`, 'is not the file that was kept: its hash differs')
      read++
    }
    const last = page.at(-1)
    if (last === undefined || last <= after) return read
    after = last
  }
}

const mostShown = 200

const failing = (count: number): string => `${count} came with a signature that fails, and ${count === 1 ? 'is' : 'are'} marked so.`

/** What was checked and what does not agree, line by line. */
export function sayChecked({ facts, chain, originals, renditions, signatures: { reports, later }, screens, faults, beyond }: Checked, say: (line: string) => void): void {
  const all = faults.length + beyond
  for (const { where, what } of faults.slice(0, mostShown)) say(`${where}: ${what}`)
  if (all > mostShown) say(`... and ${all - mostShown} more`)
  say(`${counted(facts, 'fact')}, ${counted(originals, 'kept file')} and ${counted(renditions, 'rendition')} read. Chain head ${chain || 'none'}.`)
  say(`${counted(reports.signed, 'report')} signed by ${reports.signed === 1 ? 'its phone' : 'their phones'}; ${failing(reports.failing)}`)
  say(`Of what was said of reports later, ${later.signed} signed by the author's phone; ${failing(later.failing)}`)
  say(screens.count === 0 ? 'No screen ever held anything else than this journal.' : `${counted(screens.count, 'time')} a screen held something else than this journal, said so and loaded anew; last at ${screens.last} (UTC).`)
  say(all === 0 ? 'Everything agrees.' : `${counted(all, 'does', 'do')} not agree.`)
}
