import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sqlite3 from 'sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCall, chainHeadCall, exportAuditCall } from '../../shared/audit.ts'
import type { ChainHead } from '../../shared/audit.ts'
import { againstAnchors, anchorLine, anchorsIn, wordsOf } from '../../server/platform/journal/anchor.ts'
import { chainOf, commitmentOf, genesisOf, leafOf } from '../../server/platform/journal/chain.ts'
import { setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import { projectRoot } from '../support/project.ts'
import { file } from '../support/reports.ts'

const run = promisify(execFile)

/** What the command says of a folder. */
async function verify(folder: string, ...options: string[]): Promise<{ code: number; said: string }> {
  const command = run(process.execPath, ['--import', 'tsx', 'server/commands/verify.ts', ...options], { cwd: projectRoot, env: { ...process.env, DATA_DIR: folder } })
  return command.then(({ stdout }) => ({ code: 0, said: stdout }), (failed: { code: number; stdout: string; stderr: string }) => ({ code: failed.code, said: failed.stdout + failed.stderr }))
}

const asked = (path: string, text: string) => new Promise<Record<string, unknown>[]>((done, fail) => {
  const db = new sqlite3.Database(path)
  db.all<Record<string, unknown>>(text, (error, rows) => db.close(() => (error ? fail(error) : done(rows))))
})
const changed = (path: string, statements: readonly string[]) => new Promise<void>((done, fail) => {
  const db = new sqlite3.Database(path)
  db.exec(statements.join(';\n'), (error) => db.close(() => (error ? fail(error) : done())))
})
const quoted = (text: unknown) => `'${String(text).replace(/'/g, "''")}'`
const unlocked = ['drop trigger journal_no_update', 'drop trigger journal_no_delete', 'drop trigger journal_bodies_no_update', 'drop trigger journal_bodies_no_delete', 'drop trigger journal_subjects_no_update', 'drop trigger journal_subjects_no_delete', 'pragma foreign_keys = off']

let folder: string
/** What the mission was when its heads were kept, each day. */
let heads: ChainHead[]
let exported: string
let fact: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-anchored-'))
  const house = await startHouse({ folder: join(folder, 'true') })
  const lead = await house.person('lead')
  await setUp(house, lead)
  const ana = await house.person('observer')
  heads = [(await lead.call(chainHeadCall, {})).reply]
  const { id } = await file(house, ana, { words: 'Sheets were carried out.' })
  fact = (await lead.call(auditCall, { thing: id })).reply.facts[0]?.number ?? 0
  await file(house, ana)
  heads.push((await lead.call(chainHeadCall, {})).reply)
  await file(house, ana)
  const { reply } = await lead.call(exportAuditCall, { format: 'jsonl' })
  exported = await (await lead.fetch(reply.address)).text()
  heads.push((await lead.call(chainHeadCall, {})).reply)
  await house.stop()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const kept = () => heads.map(({ anchor }) => anchor).join('\n')

/** A copy of the folder as somebody with the machine would leave it. */
async function copyOf(name: string, tamper: (path: string) => Promise<void>): Promise<string> {
  const copy = join(folder, name)
  await cp(join(folder, 'true'), copy, { recursive: true })
  await tamper(join(copy, 'mission.db'))
  return copy
}

/** Makes a journal anew from a fact on, so that it agrees with itself: another body, and every leaf and chain after it. */
async function rebuild(path: string, number: number, change: (body: string) => string): Promise<void> {
  const rows = await asked(path, 'select journal.number, kind, at, commitment, leaf, salt, body from journal join journal_bodies on journal_bodies.number = journal.number order by journal.number')
  const [mission] = await asked(path, 'select id from mission')
  let chain = genesisOf(String(mission?.['id']))
  const statements = [...unlocked]
  for (const row of rows) {
    const [at, kind, time] = [Number(row['number']), String(row['kind']), String(row['at'])]
    const body = at === number ? change(String(row['body'])) : String(row['body'])
    const commitment = commitmentOf(Buffer.from(String(row['salt']), 'hex'), body)
    const leaf = leafOf(at, kind, time, commitment)
    chain = chainOf(chain, leaf)
    statements.push(`update journal set commitment = ${quoted(commitment)}, leaf = ${quoted(leaf)}, chain = ${quoted(chain)} where number = ${at}`, `update journal_bodies set body = ${quoted(body)} where number = ${at}`)
  }
  await changed(path, statements)
}

describe('[R185] a head that was kept outside', () => {
  it('agrees with the journal it was taken from, as a line, a number with its hash, words, a forwarded e-mail or an export', async () => {
    const house = join(folder, 'true')
    const texts = { lines: kept(), words: heads.map(({ number, words }) => `veedor words ${number} ${words.es.join(' ')}`).join('\n'), mail: kept().replace(/^/gm, '> ').replace(/(.{40})/g, '$1=\r\n'), exported }
    for (const [name, text] of Object.entries(texts)) {
      const path = join(folder, `${name}.txt`)
      await writeFile(path, text)
      const { code, said } = await verify(house, '--anchor', path)
      expect([name, code, /anchors agree/.test(said)]).toEqual([name, 0, true])
    }
    const single = await verify(house, '--anchor', `${heads[0]?.number}:${heads[0]?.chain}`)
    expect([single.code, single.said.trim()]).toEqual([0, `The anchor agrees, with fact ${heads[0]?.number}.`])
    const cut = await verify(house, '--anchor', `${heads[0]?.number}:aaaa`)
    expect([cut.code, cut.said]).toEqual([2, expect.stringContaining('its hash has to be whole')])
    await writeFile(join(folder, 'nothing.txt'), 'Good morning')
    for (const path of [join(folder, 'nothing.txt'), join(folder, 'nowhere.txt')]) expect((await verify(house, '--anchor', path)).code).toBe(2)
  })

  it('shows a journal that was made anew and agrees with itself: the number is named', async () => {
    const copy = await copyOf('rebuilt', async (path) => {
      await rebuild(path, fact, (body) => body.replaceAll('Sheets were carried out.', 'Nothing was carried out.'))
      await changed(path, ["update reports set words = replace(words, 'Sheets were', 'Nothing was'), statement = replace(statement, 'Sheets were', 'Nothing was')", "update report_words set words = replace(words, 'sheets were', 'nothing was')"])
    })
    const { code, said } = await verify(copy)
    expect([said, code]).toEqual([expect.stringContaining('Everything agrees.'), 0])

    const path = join(folder, 'kept.txt')
    await writeFile(path, kept())
    const [first, second] = heads
    const anchored = await verify(copy, '--anchor', path)
    expect(anchored.code).toBe(1)
    expect(anchored.said).toContain(`journal ${second?.number}: is not what was anchored: the journal was made anew after ${first?.number}, which agrees, and at the latest here`)
    // With an export, which holds every link, the very fact.
    await writeFile(path, exported)
    expect((await verify(copy, '--anchor', path)).said).toContain(`journal ${fact}: is another fact than the one that was anchored`)
  })

  it('shows a tail that was cut', async () => {
    const last = heads.at(-1)?.number ?? 0
    const copy = await copyOf('cut', (path) => changed(path, [...unlocked, `delete from journal_subjects where number > ${last - 2}`, `delete from journal_bodies where number > ${last - 2}`, `delete from journal where number > ${last - 2}`]))
    const { code, said } = await verify(copy, '--anchor', `${last}:${heads.at(-1)?.chain}`)
    expect([code, said]).toEqual([1, expect.stringContaining(`journal ${last}: is not there any more: the journal ends at ${last - 2}`)])
  })

  it('shows a gap and two facts that changed places', async () => {
    const path = join(folder, 'kept.txt')
    await writeFile(path, kept())
    const gap = await copyOf('gap', (db) => changed(db, [...unlocked, `delete from journal_subjects where number = ${fact}`, `delete from journal_bodies where number = ${fact}`, `delete from journal where number = ${fact}`]))
    expect(await verify(gap, '--anchor', path)).toMatchObject({ code: 1, said: expect.stringContaining(`journal ${fact}: missing`) as string })
    const swapped = await copyOf('swapped', (db) => changed(db, [...unlocked, ...['journal', 'journal_bodies', 'journal_subjects'].flatMap((table) => [`update ${table} set number = -1 where number = ${fact}`, `update ${table} set number = ${fact} where number = ${fact + 1}`, `update ${table} set number = ${fact + 1} where number = -1`])]))
    expect(await verify(swapped, '--anchor', path)).toMatchObject({ code: 1, said: expect.stringContaining(`journal ${fact}: `) as string })
  })
})

describe('anchors in a text', () => {
  const chain = 'a1'.repeat(32)
  it('are read once each, in the order of their numbers; what is none is left', () => {
    expect(anchorsIn(`${anchorLine({ number: 20, chain })}\n${anchorLine({ number: 3, chain })}\n${anchorLine({ number: 20, chain })}\nveedor anchor 5 abc\nveedor words 6 one two three`)).toEqual([{ number: 3, chain }, { number: 20, chain }])
  })

  it('a word that was misread is told from the hash by the last one', () => {
    const words = wordsOf(chain, 'en')
    expect(anchorsIn(`veedor words 7 ${[...words.slice(1), words[0]].join(' ')}`)).toEqual([])
    expect(anchorsIn(`veedor words 7 ${words.join(' ').toUpperCase()}`)).toEqual([{ number: 7, chain }])
  })

  it('are held against a chain in turn', () => {
    expect(againstAnchors([{ number: 1, chain: 'a' }, { number: 2, chain: 'b' }, { number: 9, chain: 'c' }], (number) => ['', 'a', 'x'][number], 2)).toEqual([
      { number: 2, what: 'is another fact than the one that was anchored: from here on the journal was made anew' }, { number: 9, what: 'is not there any more: the journal ends at 2, and the anchor knows 9 facts' },
    ])
  })
})
