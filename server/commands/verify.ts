import { existsSync, readFileSync } from 'node:fs'
import { reportNumber } from '../../shared/reports.ts'
import { receiptsIn } from '../../shared/receipts.ts'
import type { ReceiptContent } from '../../shared/receipts.ts'
import { checkAll, sayChecked } from '../check.ts'
import { WrongConfig, databaseOf, ownConfig, readArguments } from '../config.ts'
import { checkedReceipt } from '../features/receipts/actions.ts'
import { CannotOpen, refuseUnfinished } from '../folder.ts'
import { isUnreadable } from '../platform/database/dialect.ts'
import { lookAtDatabase, openReaders } from '../platform/database/open.ts'
import type { Handle } from '../platform/database/open.ts'
import { DatabaseRefused, serverName } from '../platform/database/refused.ts'
import { NoScratch } from '../platform/database/scratch.ts'
import { whyApart } from '../platform/files/marks.ts'
import { againstAnchors, anchorsIn } from '../platform/journal/anchor.ts'
import { lookingWith } from '../platform/journal/looking.ts'
import { verifyJournal } from '../platform/journal/verify.ts'
import { watched } from '../progress.ts'

// Walks the chain, folds the journal and compares it with the tables, checks every signature, works out anew what reports are found and counted by, and hashes every file; says how far it has come. With `--receipt FILE`: says what headquarters had
// by the receipts in a file. With `--anchor FILE` or `--anchor NUMBER:HASH`: holds the chain against heads of it that were kept outside. Reads only; a running server is not disturbed.
// Exit 0: all agrees. 1: something does not, and is named. 2: it could not be looked at.

const mostShown = 200

async function main(): Promise<number> {
  const { sample, named } = readArguments(process.argv.slice(2), 0, ['receipt', 'anchor'])
  const config = ownConfig(sample)
  const { dataFolder } = config
  refuseUnfinished(dataFolder)
  const where = databaseOf(config)
  const name = config.database === undefined ? where : serverName(where)
  if (config.database === undefined && !existsSync(where)) {
    process.stderr.write(`There is no mission in ${dataFolder}. Name its folder with DATA_DIR, or add -- --sample for the sample.\n`)
    return 2
  }
  const [receipt, anchor] = [named.get('receipt'), named.get('anchor')]
  const db = openReaders(where, 1)
  try {
    const found = await lookAtDatabase(where)
    if (found.newer !== null || found.isOlder) {
      process.stderr.write(`${name} was made by ${found.newer === null ? 'an older' : 'a newer'} Veedor: ${found.newer === null ? 'start it once with this one' : 'check it with that one'}.\n`)
      return 2
    }
    if (receipt !== undefined) return await checkReceipts(db, receipt)
    if (anchor !== undefined) return await checkAnchors(db, anchor)
    const checked = await watched(process.stderr, (told) => checkAll(db, dataFolder, told))
    const apart = await whyApart(dataFolder, found)
    if (apart !== null) checked.faults.unshift({ where: 'folder', what: apart })
    sayChecked(checked, (line) => process.stdout.write(`${line}\n`))
    return checked.faults.length === 0 ? 0 : 1
  } catch (error) {
    if (!isUnreadable(error)) throw error
    process.stdout.write(`${name}: is damaged and cannot be read to its end (${error.message}).\n`)
    return 1
  } finally {
    await db.destroy()
  }
}

/** Holds the journal against heads of its chain that were kept outside: on paper, in e-mails, in an export. A journal that was made anew agrees with itself, and not with them. */
async function checkAnchors(db: Handle, given: string): Promise<number> {
  const direct = /^(\d+):([0-9a-f]{64})$/i.exec(given)
  if (!direct && !existsSync(given)) {
    process.stderr.write(/^\d+:[0-9a-f]*$/i.test(given) ? `${given} is no anchor: its hash has to be whole, 64 figures and letters from a to f.\n` : `There is no file ${given}. Name a file that holds anchors, or one as NUMBER:HASH.\n`)
    return 2
  }
  const anchors = direct ? [{ number: Number(direct[1]), chain: (direct[2] ?? '').toLowerCase() }] : anchorsIn(readFileSync(given, 'utf8'))
  if (anchors.length === 0) {
    process.stderr.write(`${given} holds no anchor: a line "veedor anchor NUMBER HASH", "veedor words NUMBER" with its 24 words, or an export of the journal.\n`)
    return 2
  }
  const { facts, faults } = await watched(process.stderr, (told) => verifyJournal(db, lookingWith(told)))
  const kept = new Map<number, string>()
  for (let start = 0; start < anchors.length; start += 500) for (const row of await db.selectFrom('journal').select(['number', 'chain']).where('number', 'in', anchors.slice(start, start + 500).map(({ number }) => number)).execute()) kept.set(row.number, row.chain)
  const differing = againstAnchors(anchors, (number) => kept.get(number), facts)
  const first = differing[0]
  for (const fault of faults.slice(0, mostShown)) process.stdout.write(`${fault.where}: ${fault.what}\n`)
  for (const { number, what } of differing.slice(0, mostShown)) process.stdout.write(`journal ${number}: ${what}\n`)
  process.stdout.write(first ? anchors.length === 1 ? `The anchor of fact ${first.number} does not agree.\n` : `${differing.length} of ${anchors.length} anchors do not agree; the first is ${first.number}.\n` : anchors.length === 1 ? `The anchor agrees, with fact ${anchors[0]?.number}.\n` : `${anchors.length} anchors agree, the newest with fact ${anchors.at(-1)?.number}.\n`)
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
  const what = content.type === 'amendment' ? `what was said later of the report ${reportNumber(content.number)} (${content.report}) in a statement with the SHA-256 ${content.statement}` : content.type === 'report' ? `the report ${reportNumber(content.number)} (${content.report}), whose statement has the SHA-256 ${content.statement}` : `the original picture of the report ${reportNumber(content.number)} (${content.report}) with the SHA-256 ${content.photo}`
  return `Headquarters has had ${what}, since ${content.receivedAt} (UTC). The mission's key signed this, and its journal says the same.`
}

main().then((code) => process.exit(code), (error: unknown) => {
  process.stderr.write(`${error instanceof WrongConfig || error instanceof CannotOpen || error instanceof DatabaseRefused || error instanceof NoScratch ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(2)
})
