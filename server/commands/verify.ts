import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportNumber } from '../../shared/reports.ts'
import { receiptsIn } from '../../shared/receipts.ts'
import type { ReceiptContent } from '../../shared/receipts.ts'
import { WrongConfig, ownConfig, readArguments } from '../config.ts'
import { checkSignatures } from '../features/keys/actions.ts'
import { namedFiles } from '../features/photos/actions.ts'
import { screenFaults } from '../features/screens/actions.ts'
import { checkedReceipt } from '../features/receipts/actions.ts'
import { isDamaged, openReaders } from '../platform/database/open.ts'
import type { Handle } from '../platform/database/open.ts'
import { openFiles } from '../platform/files/files.ts'
import { againstAnchors, anchorsIn } from '../platform/journal/anchor.ts'
import { verifyJournal } from '../platform/journal/verify.ts'
import type { Fault } from '../platform/journal/verify.ts'

// Walks the chain, folds the journal and compares it with the tables, checks every signature, and hashes every file. With `--receipt FILE`: says what headquarters had
// by the receipts in a file. With `--anchor FILE` or `--anchor NUMBER:HASH`: holds the chain against heads of it that were kept outside. Reads only; a running server is not disturbed.
// Exit 0: all agrees. 1: something does not, and is named. 2: it could not be looked at.

const mostShown = 200

async function main(): Promise<number> {
  const { sample, named } = readArguments(process.argv.slice(2), 0, ['receipt', 'anchor'])
  const { dataFolder } = ownConfig(sample)
  const path = join(dataFolder, 'mission.db')
  if (!existsSync(path)) {
    process.stderr.write(`There is no mission in ${dataFolder}. Name its folder with DATA_DIR, or add -- --sample for the sample.\n`)
    return 2
  }
  const [receipt, anchor] = [named.get('receipt'), named.get('anchor')]
  const db = openReaders(path, 1)
  try {
    if (receipt !== undefined) return await checkReceipts(db, receipt)
    return anchor === undefined ? await checkAll(db, dataFolder) : await checkAnchors(db, anchor)
  } catch (error) {
    if (!isDamaged(error)) throw error
    process.stdout.write(`${path}: is damaged and cannot be read to its end (${error.message}).\n`)
    return 1
  } finally {
    await db.destroy()
  }
}

async function checkAll(db: Handle, dataFolder: string): Promise<number> {
  const { facts, chain, faults } = await verifyJournal(db)
  const signatures = await db.transaction().execute((tx) => checkSignatures(tx))
  faults.push(...signatures.faults)
  const files = await openFiles(dataFolder)
  const named = await db.transaction().execute((tx) => namedFiles(tx))
  for (const shelf of ['originals', 'renditions'] as const) for (const sha256 of named[shelf]) await check(shelf, sha256, files[shelf], faults)
  for (const fault of faults.slice(0, mostShown)) process.stdout.write(`${fault.where}: ${fault.what}\n`)
  if (faults.length > mostShown) process.stdout.write(`... and ${faults.length - mostShown} more\n`)
  process.stdout.write(`${facts} facts, ${named.originals.length} kept files and ${named.renditions.length} renditions read. Chain head ${chain || 'none'}.\n`)
  process.stdout.write(`${signatures.signed} reports signed by their phones; ${signatures.failing} came with a signature that fails, and are marked so.\n`)
  const screens = await db.transaction().execute((tx) => screenFaults(tx))
  process.stdout.write(screens.count === 0 ? 'No screen ever held anything else than this journal.\n' : `${screens.count} times a screen held something else than this journal, said so and loaded anew; last at ${screens.last} (UTC).\n`)
  process.stdout.write(faults.length === 0 ? 'Everything agrees.\n' : `${faults.length} do not agree.\n`)
  return faults.length === 0 ? 0 : 1
}

/** Holds the journal against heads of its chain that were kept outside: on paper, in e-mails, in an export. A journal that was made anew agrees with itself, and not with them. */
async function checkAnchors(db: Handle, given: string): Promise<number> {
  const direct = /^(\d+):([0-9a-f]{64})$/i.exec(given)
  if (!direct && !existsSync(given)) {
    process.stderr.write(`There is no file ${given}. Name a file that holds anchors, or one as NUMBER:HASH.\n`)
    return 2
  }
  const anchors = direct ? [{ number: Number(direct[1]), chain: (direct[2] ?? '').toLowerCase() }] : anchorsIn(readFileSync(given, 'utf8'))
  if (anchors.length === 0) {
    process.stderr.write(`${given} holds no anchor: a line "veedor anchor NUMBER HASH", "veedor words NUMBER" with its 24 words, or an export of the journal.\n`)
    return 2
  }
  const { facts, faults } = await verifyJournal(db)
  const kept = new Map<number, string>()
  for (let start = 0; start < anchors.length; start += 500) for (const row of await db.selectFrom('journal').select(['number', 'chain']).where('number', 'in', anchors.slice(start, start + 500).map(({ number }) => number)).execute()) kept.set(row.number, row.chain)
  const differing = againstAnchors(anchors, (number) => kept.get(number), facts)
  const first = differing[0]
  for (const fault of faults.slice(0, mostShown)) process.stdout.write(`${fault.where}: ${fault.what}\n`)
  for (const { number, what } of differing.slice(0, mostShown)) process.stdout.write(`journal ${number}: ${what}\n`)
  process.stdout.write(first ? `${differing.length} of ${anchors.length} anchors do not agree; the first is ${first.number}.\n` : `${anchors.length} anchors agree, the newest with fact ${anchors.at(-1)?.number}.\n`)
  return first || faults.length > 0 ? 1 : 0
}

/** Says of each receipt in a file what headquarters had and since when; or that it is not this mission's. */
async function checkReceipts(db: Handle, file: string): Promise<number> {
  if (!existsSync(file)) {
    process.stderr.write(`There is no file ${file}.\n`)
    return 2
  }
  const codes = receiptsIn(readFileSync(file, 'utf8'))
  if (codes.length === 0) process.stdout.write(`${file} holds no receipt.\n`)
  const contents = await db.transaction().execute(async (tx) => {
    const found = []
    for (const code of codes) found.push(await checkedReceipt(code, tx))
    return found
  })
  for (const [at, content] of contents.entries()) process.stdout.write(`${content ? sayReceipt(content) : `Receipt ${at + 1} of ${contents.length} is not this mission's: it was not signed by its key, or names what its journal does not have.`}\n`)
  return codes.length > 0 && contents.every((content) => content !== null) ? 0 : 1
}

function sayReceipt(content: ReceiptContent): string {
  const what = content.type === 'report' ? `the report ${reportNumber(content.number)} (${content.report}), whose statement has the SHA-256 ${content.statement}` : `the original picture of the report ${reportNumber(content.number)} (${content.report}) with the SHA-256 ${content.photo}`
  return `Headquarters has had ${what}, since ${content.receivedAt} (UTC). The mission's key signed this, and its journal says the same.`
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
