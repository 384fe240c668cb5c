import { makeBackup, sayBytes } from '../backup.ts'
import type { Backup } from '../backup.ts'
import { WrongConfig, ownConfig, readArguments } from '../config.ts'
import { counted } from '../counted.ts'
import { CannotOpen } from '../folder.ts'
import { BackupDamaged } from '../platform/backup/contents.ts'
import { serverName } from '../platform/database/refused.ts'
import { anchorLine, wordsOf } from '../platform/journal/anchor.ts'

// Backs the mission up into one file, also while its server runs: npm run backup -- FILE [--with-key] [--sample]
// Exit 0: the backup is there and whole. 1: it is there, and files that the mission itself has lost or that were changed are named. 2: there is none.

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<number> {
  const { sample, words: [path], flags } = readArguments(process.argv.slice(2), 1, [], ['with-key'])
  if (path === undefined) throw new WrongConfig('Name the file to be made, best on another disk: npm run backup -- FILE')
  const { dataFolder, database } = ownConfig(sample)
  if (database !== undefined) throw new WrongConfig(keptByServer(database, dataFolder))
  const made = await makeBackup({ dataFolder, path, withKey: flags.has('with-key'), now: () => new Date().toISOString(), say })
  sayMade(path, made)
  return made.faults.length === 0 ? 0 : 1
}

/** What a mission on a server is backed up with: a file of ours that held half of it would be worse than none. */
const keptByServer = (database: string, dataFolder: string): string =>
  `${serverName(database)} has to be backed up with the server's own pg_dump, and ${dataFolder} with its pictures beside it, in this order: first pg_dump, then the folder. docs/operator.md says how. No backup was made.`

function sayMade(path: string, { contents: { begunAt, journal, reports, originals, renditions, database, key }, sizeBytes, faults, isBeside }: Backup): void {
  for (const fault of faults) say(fault)
  if (faults.length > 0) say(`${counted(faults.length, 'file is', 'files are')} in the mission itself no more what ${faults.length === 1 ? 'it was' : 'they were'}. All else is in the backup.`)
  say(`${path}: ${sayBytes(sizeBytes)}, read back and whole. It holds the mission as it stood at ${begunAt} (UTC): ${counted(reports, 'report')}, ${counted(originals.files, 'original or small copy', 'originals and small copies')} (${sayBytes(originals.sizeBytes)}), ${counted(renditions.files, 'rendition')} (${sayBytes(renditions.sizeBytes)}), a database of ${sayBytes(database.sizeBytes)}.`)
  say(key === null ? "The mission's private key is not in it (-- --with-key takes it along)." : "The mission's private key is in it: whoever has this file can write receipts of the mission.")
  say('It is not encrypted: keep it where nobody else reads, or encrypt it.')
  if (isBeside) say('It lies on the same disk as the mission: copy it to another.')
  say(`The journal ends at fact ${journal.number}. Write down, and compare after a restore:`)
  say(anchorLine(journal))
  for (const language of ['en', 'es'] as const) say(`veedor words ${journal.number} ${wordsOf(journal.chain, language).join(' ')}`)
}

main().then((code) => process.exit(code), (error: unknown) => {
  const plain = error instanceof WrongConfig || error instanceof CannotOpen ? error.message : error instanceof BackupDamaged ? `What was written could not be read back: ${error.message}. Is the disk sound? No backup was made.` : null
  process.stderr.write(`${plain ?? (error instanceof Error ? error.stack : String(error))}\n`)
  process.exit(2)
})
