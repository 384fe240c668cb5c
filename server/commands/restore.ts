import { resolve } from 'node:path'
import { sayChecked } from '../check.ts'
import { WrongConfig, ownConfig, readArguments } from '../config.ts'
import { CannotOpen } from '../folder.ts'
import { FolderInUse } from '../platform/database/lock.ts'
import { NoScratch } from '../platform/database/scratch.ts'
import { anchorLine, wordsOf } from '../platform/journal/anchor.ts'
import { watched } from '../progress.ts'
import { restoreBackup } from '../restore.ts'
import type { Restored } from '../restore.ts'

// Unpacks a backup into an empty folder and checks it: npm run restore -- FILE [--into FOLDER]
// Exit 0: restored, and everything agrees. 1: restored, and what does not agree is named. 2: not restored.

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<number> {
  const { sample, words: [path], named } = readArguments(process.argv.slice(2), 1, ['into'])
  if (path === undefined) throw new WrongConfig('Name the backup: npm run restore -- FILE')
  const into = named.get('into')
  const config = ownConfig(sample)
  if (config.database !== undefined) throw new WrongConfig('A backup of ours holds its database as a file, and DATABASE_URL names a server: restore it without DATABASE_URL. What pg_dump made is restored with pg_restore. Nothing was written.')
  const dataFolder = into === undefined ? config.dataFolder : resolve(into)
  const restored = await watched(process.stdout, (told) => restoreBackup({ path, dataFolder, now: () => new Date().toISOString(), say, told }))
  sayRestored(dataFolder, restored)
  return restored.checked.faults.length === 0 ? 0 : 1
}

function sayRestored(dataFolder: string, { contents: { begunAt, journal, key }, differing, checked }: Restored): void {
  for (const name of differing) say(`${name}: has other bytes in the backup than when it was kept`)
  sayChecked(checked, say)
  say(`${dataFolder} holds the mission as it stood at ${begunAt} (UTC), up to fact ${journal.number} of its journal. Compare with what was written down:`)
  say(anchorLine(journal))
  for (const language of ['en', 'es'] as const) say(`veedor words ${journal.number} ${wordsOf(journal.chain, language).join(' ')}`)
  say('Before you start it:')
  say('- Stop the old server for good: two that run apart take different reports under the same numbers.')
  say(key === null
    ? "- The mission's key was not in the backup. If the old disk still has mission.key, copy it into the folder; else the next start makes another, and receipts of the old one can still be checked."
    : "- The mission's key is in the folder, for this account alone.")
  say('- Give it the same address as before: phones and staff stay signed in there, and phones send by themselves what they still hold.')
  say('- What came in after the backup began is not in it. Phones send what is theirs of it again by themselves, once they are opened; verdicts, releases, notes and what a coordinator filed for somebody have to be made again.')
}

main().then((code) => process.exit(code), (error: unknown) => {
  const isPlain = error instanceof WrongConfig || error instanceof CannotOpen || error instanceof FolderInUse || error instanceof NoScratch
  process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(2)
})
