import { mkdtemp, readdir, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { completePhotoCall, photoId } from '../../shared/photos.ts'
import { fileReportCall, myReportsCall } from '../../shared/reports.ts'
import type { Statement } from '../../shared/reports.ts'
import { openReaders } from '../../server/platform/database/open.ts'
import type { Handle } from '../../server/platform/database/open.ts'
import { openFiles } from '../../server/platform/files/files.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { chanceFrom } from '../../server/sample/chance.ts'
import type { Chance } from '../../server/sample/chance.ts'
import { callerOf, startHouse, wallClock } from './house.ts'
import type { Caller } from './house.ts'
import { jpegOf, noise } from './pictures.ts'
import { startServer } from './process.ts'
import type { Running } from './process.ts'
import { beginUpload, hashOf, sendPiece, statementOf } from './reports.ts'

type Sent = { statement: Statement; picture: Buffer | null; receipt: unknown; pictureReceipt: unknown }
type Sender = { person: Caller; sent: Sent[] }

export type Killed = { folder: string; survived: number; reports: number; pictures: number; unanswered: number; faults: string[] }

const mostAnswers = 150
const mostMilliseconds = 25

/**
 * Kills the server at seeded moments while so many phones send, each time after other answers and some milliseconds; starts it again on the same folder and looks whether all that a
 * crash may not break holds. The moment is seeded, what is under way in it is chance: the folder of a fault is kept.
 */
export async function killAtMoments({ seed, moments, senders: count, told = () => undefined }: { seed: number; moments: number; senders: number; told?: (line: string) => void }): Promise<Killed> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-killed-'))
  const senders = await prepare(folder, count)
  const chance = chanceFrom(seed)
  const found: Killed = { folder, survived: 0, reports: 0, pictures: 0, unanswered: 0, faults: [] }
  const db = openReaders(join(folder, 'mission.db'), 1)
  let server = await startServer({ folder })
  try {
    for (let moment = 1; moment <= moments && found.faults.length === 0; moment++) {
      const before = senders.map(({ sent }) => sent.length)
      await sendUntilKilled(server, db, senders, chance, { answers: chance.whole(1, mostAnswers), milliseconds: chance.between(0, mostMilliseconds) })
      await ageLeftovers(folder)
      server = await startServer({ folder })
      const recent = senders.map(({ person, sent }, at) => ({ person, sent: sent.slice(before[at]) }))
      found.unanswered += recent.flatMap(({ sent }) => sent).filter(({ receipt, picture, pictureReceipt }) => receipt === null || (picture !== null && pictureReceipt === null)).length
      found.faults.push(...(await whatDoesNotHold(folder, senders)), ...(await sendAgain(server, recent)), ...(await whatPhonesShow(server, db, senders)))
      if (found.faults.length === 0) found.survived += 1
      else told(`moment ${moment} of seed ${seed}: ${found.faults[0]}`)
      if (moment % 10 === 0) told(`${moment} of ${moments}`)
    }
  } finally {
    await server.stop()
    await db.destroy()
  }
  const all = senders.flatMap(({ sent }) => sent)
  found.reports = all.length
  found.pictures = all.filter(({ picture }) => picture !== null).length
  return found
}

async function prepare(folder: string, count: number): Promise<Sender[]> {
  const house = await startHouse({ folder, clock: wallClock })
  const people = await Promise.all(Array.from({ length: count }, () => house.person('observer')))
  await house.close()
  return people.map((person) => ({ person, sent: [] }))
}

const at = (server: Running, person: Caller): Caller => callerOf(server, { id: person.id, role: 'observer', token: person.cookie.replace('veedor=', '') })

/** Every phone files report after report, a third of them with a picture, until the server is no more. */
async function sendUntilKilled(server: Running, db: Handle, senders: Sender[], chance: Chance, moment: { answers: number; milliseconds: number }): Promise<void> {
  let answers = 0
  const answered = () => {
    answers += 1
    if (answers === moment.answers) setTimeout(() => void server.stop('SIGKILL'), moment.milliseconds)
  }
  let isOver = false
  void server.exited.then(() => { isOver = true })
  await Promise.all(senders.map(async ({ person, sent }) => {
    const phone = at(server, person)
    while (!isOver) {
      const picture = chance.maybe(1 / 3) ? await jpegOf(noise(48, 32, chance.whole(1, 1_000_000_000))) : null
      const mine: Sent = { statement: await statementOf({ db: { readers: db }, clock: wallClock }, person, { pictures: picture ? [picture] : [] }), picture, receipt: null, pictureReceipt: null }
      sent.push(mine)
      try {
        mine.receipt = await fileOnce(phone, mine.statement)
        answered()
        if (picture) mine.pictureReceipt = await sendPicture(phone, mine.statement.id, picture)
        answered()
      } catch {
        // No answer: it is sent again after the next start.
        await server.exited
      }
    }
  }))
}

async function fileOnce(phone: Caller, statement: Statement): Promise<unknown> {
  const { status, reply } = await phone.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt })
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(reply)}`)
  return reply
}

async function sendPicture(phone: Caller, report: string, bytes: Buffer): Promise<unknown> {
  const id = photoId(report, hashOf(bytes))
  const { upload } = await beginUpload(phone, id, bytes.length)
  await sendPiece(phone, upload, 0, bytes)
  const { status, reply } = await phone.call(completePhotoCall, { id, upload })
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(reply)}`)
  return reply
}

/** As if hours had passed, so that what was left under way is told from what is under way. */
async function ageLeftovers(folder: string): Promise<void> {
  const old = new Date(Date.now() - 2 * 3_600_000)
  for (const name of await readdir(join(folder, 'incoming'))) await utimes(join(folder, 'incoming', name), old, old)
}

/** The same bytes again, answered or not: what had a receipt gets the same one, the rest is taken now, and the next sending is harmless. */
async function sendAgain(server: Running, senders: Sender[]): Promise<string[]> {
  const faults: string[] = []
  await Promise.all(senders.map(async ({ person, sent }) => {
    const phone = at(server, person)
    for (const mine of sent) {
      const again = await fileOnce(phone, mine.statement)
      if (mine.receipt !== null && JSON.stringify(again) !== JSON.stringify(mine.receipt)) faults.push(`report ${mine.statement.id}: another receipt`)
      mine.receipt = again
      if (!mine.picture) continue
      const picture = await sendPicture(phone, mine.statement.id, mine.picture)
      if (mine.pictureReceipt !== null && JSON.stringify(picture) !== JSON.stringify(mine.pictureReceipt)) faults.push(`the picture of ${mine.statement.id}: another receipt`)
      mine.pictureReceipt = picture
    }
  }))
  return faults
}

/** What a crash may not break, as the folder holds it: beside a running server, before anything is sent again. */
async function whatDoesNotHold(folder: string, senders: Sender[]): Promise<string[]> {
  // A connection of this moment: the search index of an old one holds what it was, and calls that damage.
  const db = openReaders(join(folder, 'mission.db'), 1)
  try {
    return await faultsIn(folder, db, senders)
  } finally {
    await db.destroy()
  }
}

async function faultsIn(folder: string, db: Handle, senders: Sender[]): Promise<string[]> {
  const faults = (await verifyJournal(db)).faults.map(({ where, what }) => `${where}: ${what}`)
  const { rows: [whole] } = await sql<Record<string, string>>`pragma integrity_check`.execute(db)
  if (Object.values(whole ?? {})[0] !== 'ok') faults.push(`the database: ${JSON.stringify(whole)}`)

  const rows = new Map((await db.selectFrom('reports').select(['id', 'number', 'statement']).execute()).map((row) => [row.id, row]))
  const filed = await db.selectFrom('journal').innerJoin('journalSubjects as subject', 'subject.number', 'journal.number').select('subject.id').where('journal.kind', '=', 'report.filed').execute()
  if (filed.length !== rows.size || new Set(filed.map(({ id }) => id)).size !== rows.size) faults.push(`${filed.length} reports were filed, ${rows.size} are there`)
  const numbers = [...rows.values()].map(({ number }) => number).sort((one, other) => one - other)
  if (numbers.some((number, place) => number !== place + 1)) faults.push('the short numbers have a gap, or one twice')

  const files = await openFiles(folder)
  const pictures = new Map((await db.selectFrom('photos').select(['report', 'sha256', 'receivedAt']).execute()).map((row) => [photoId(row.report, row.sha256), row]))
  for (const { statement, picture, receipt, pictureReceipt } of senders.flatMap(({ sent }) => sent)) {
    const { number } = (receipt ?? {}) as { number?: number }
    const row = rows.get(statement.id)
    if (receipt !== null && (row?.statement !== JSON.stringify(statement) || row.number !== number)) faults.push(`report ${statement.id} was acknowledged, and is not there as it was`)
    if (picture && pictureReceipt !== null && !pictures.get(photoId(statement.id, hashOf(picture)))?.receivedAt) faults.push(`the picture of ${statement.id} was acknowledged, and is not there`)
  }
  for (const { sha256, receivedAt } of pictures.values()) if (receivedAt !== null && !(await files.originals.has(sha256))) faults.push(`original ${sha256} has a row and no file`)
  for (const shelf of ['originals', 'renditions'] as const) for await (const { sha256 } of files[shelf].list()) if (!(await files[shelf].verifyHash(sha256))) faults.push(`${shelf} ${sha256}: other bytes than its name says`)
  if (!(await leftoversGo(folder))) faults.push('temporary files of the time before are still there')
  return faults
}

/** A start sweeps while it begins to serve: whether it comes to its end. */
async function leftoversGo(folder: string): Promise<boolean> {
  for (let asked = 0; asked < 300; asked++) {
    const ages = await Promise.all((await readdir(join(folder, 'incoming'))).map((name) => stat(join(folder, 'incoming', name)).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0)))
    if (ages.every((age) => age < 3_600_000)) return true
    await wait(100)
  }
  return false
}

async function whatPhonesShow(server: Running, db: Handle, senders: Sender[]): Promise<string[]> {
  const faults: string[] = []
  const held = await db.selectFrom('reports').select(['id', 'author']).execute()
  await Promise.all(senders.map(async ({ person, sent }) => {
    const { reports } = (await at(server, person).call(myReportsCall, {})).reply
    const [shown, theirs, there] = [reports.map(({ id }) => id), sent.map(({ statement }) => statement.id), held.filter(({ author }) => author === person.id).map(({ id }) => id)].map((ids) => JSON.stringify(ids.sort()))
    if (shown !== theirs || shown !== there) faults.push(`what ${person.id} sent, what is shown and what is there differ`)
    if (reports.some(({ allPhotosAt }) => allPhotosAt === null)) faults.push(`a picture of ${person.id} is not there`)
  }))
  return faults
}
