import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Statement, fileReportCall } from '../../shared/reports.ts'
import { checkReceiptCall, contentOf, figuresOf, receiptsIn } from '../../shared/receipts.ts'
import type { ReceiptContent } from '../../shared/receipts.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { openMissionKey } from '../../server/platform/signing/mission-key.ts'
import { phonePicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { hashOf, sendOriginal, statementOf } from '../support/reports.ts'

let folder: string
let house: TestHouse
let ana: Caller
let sent: { id: string; statement: string; sentAt: string }
let receipt: string
let photoReceipt: string
let bytes: Uint8Array

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-receipts-'))
  house = await startHouse({ folder })
  ana = await house.person('observer')
  bytes = await phonePicture(7100)
  const statement = await statementOf(house, ana, { pictures: [bytes] })
  sent = { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() }
  receipt = (await ana.call(fileReportCall, sent)).reply.signed
  photoReceipt = (await sendOriginal(ana, sent.id, bytes)).reply.signed
})
afterAll(async () => {
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

const ask = (code: string) => house.nobody.call(checkReceiptCall, { receipt: code })
const head = () => house.engine.head().number
/** The same receipt that says something else, with the signature of what it said, or by another's hand. */
const saying = (code: string, content: object) => `${Buffer.from(JSON.stringify(content)).toString('base64url')}.${code.split('.')[1]}`
const contentIn = (code: string): ReceiptContent => contentOf(code) ?? (() => { throw new Error('no receipt') })()

describe('a receipt to hold', () => {
  it('[R125] names the report, its number, when it came and the SHA-256 of its statement; a picture’s names the picture’s', () => {
    const { mission, receivedAt, ...said } = contentIn(receipt)
    expect(said).toEqual({ v: 1, type: 'report', report: sent.id, number: 1, statement: hashOf(Buffer.from(sent.statement)) })
    expect([mission, receivedAt.slice(0, 13)]).toEqual([Statement.parse(JSON.parse(sent.statement)).mission, '2027-02-28T20'])
    expect(contentIn(photoReceipt)).toMatchObject({ type: 'photo', report: sent.id, number: 1, photo: hashOf(bytes) })
  })

  it('[R187] is the same in the figures of its square as in letters; what figures would say otherwise stays in letters', async () => {
    for (const code of [receipt, photoReceipt]) {
      const figures = figuresOf(code) ?? ''
      expect(figures).toMatch(/^\d{333}$/)
      expect(receiptsIn(`https://mission.example/check#${figures}\n${code}`)).toEqual([code])
    }
    expect(figuresOf(saying(receipt, { ...contentIn(receipt), number: 4_294_967_296 }))).toBeNull()
    expect(figuresOf(saying(receipt, Object.fromEntries(Object.entries(contentIn(receipt)).reverse())))).toBeNull()
    for (const figure of ['1', '9']) expect((await Promise.all(receiptsIn(figure.repeat(333)).map(ask))).map(({ problem }) => problem?.problem)).toEqual(['not_found'])
    expect(receiptsIn('1'.repeat(332) + ' ' + '1'.repeat(334))).toEqual([])
  })

  it('[R1] is the same to the letter however often it is asked for', async () => {
    expect((await ana.call(fileReportCall, { ...sent, sentAt: house.clock.now() })).reply.signed).toBe(receipt)
  })

  it('[R126] is known by anyone who holds it, without an account, and tells them nothing that it does not say itself', async () => {
    const before = head()
    for (const code of [receipt, photoReceipt]) {
      const { status, reply } = await ask(code)
      expect([status, reply]).toEqual([200, { content: contentIn(code) }])
    }
    expect(head()).toBe(before)
  })

  it('[R126] that is invented or changed is not ours, whatever is wrong with it', async () => {
    const said = contentIn(receipt)
    const foreign = await openMissionKey(join(folder, 'foreign.key'))
    const other = receipt.split('.')[0] ?? ''
    const forged = [
      saying(receipt, { ...said, receivedAt: '2027-02-28T19:00:00.000Z' }), saying(receipt, { ...said, number: 2 }), saying(photoReceipt, said), foreign.sign(JSON.stringify(said)),
      `${other}.${'A'.repeat(86)}`, saying(receipt, { hello: 1 }), `${Buffer.from([0xff, 0xfe, 0x00, ...new Array<number>(90).fill(7)]).toString('base64url')}.${receipt.split('.')[1]}`,
    ]
    const before = head()
    for (const code of forged) expect([code, (await ask(code)).problem]).toEqual([code, { problem: 'not_found' }])
    for (const code of ['', 'a.b', `${receipt}=`, `${receipt}.x`, 'x'.repeat(3000)]) expect((await ask(code)).problem?.problem).toBe('invalid_input')
    expect(head()).toBe(before)
  })

  it('[R126] of our own key that names what the journal does not have is not ours either', async () => {
    const said = contentIn(receipt)
    const { sign } = house.doors.missionKey
    for (const content of [{ ...said, receivedAt: '2027-02-28T19:00:00.000Z' }, { ...said, number: 99 }, { ...said, statement: 'a'.repeat(64) }, { ...said, mission: said.report }, { ...contentIn(photoReceipt), photo: 'b'.repeat(64) }])
      expect([content, (await ask(sign(JSON.stringify(content)))).problem]).toEqual([content, { problem: 'not_found' }])
  })
})

describe('the mission’s key', () => {
  it('[R127] lies beside the database for this account alone, and its public half is a fact', async () => {
    expect((await stat(join(folder, 'mission.key'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, 'mission.key'), 'utf8')).toContain('PRIVATE KEY')
    expect(await house.db.readers.selectFrom('missionKeys').select('publicKey').execute()).toEqual([{ publicKey: house.doors.missionKey.publicKey }])
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  const verify = (file: string) => {
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'server/commands/verify.ts', '--receipt', file], { cwd: resolve(import.meta.dirname, '../..'), env: { ...process.env, DATA_DIR: folder }, encoding: 'utf8', timeout: 120_000 })
    return { status, said: stdout }
  }

  it('[R128] is not needed to check a receipt at the machine: `verify --receipt` says what headquarters had, and fails where it is not ours', async () => {
    const [mine, forged, empty] = [join(folder, 'mine.txt'), join(folder, 'forged.txt'), join(folder, 'empty.txt')]
    await writeFile(mine, `https://veedor.example.org/check#${receipt}\n${photoReceipt}\n`)
    await writeFile(forged, `${receipt}\n${saying(receipt, { ...contentIn(receipt), number: 2 })}\n`)
    await writeFile(empty, 'no receipt')
    const { receivedAt } = contentIn(receipt)
    const known = verify(mine)
    expect(known.status).toBe(0)
    expect(known.said).toMatch(new RegExp(`^Headquarters has had the report R-1 .*${hashOf(Buffer.from(sent.statement))}, since ${receivedAt} \\(UTC\\).*\n.*original picture of the report R-1 .*${hashOf(bytes)}`))
    const [invented, none] = [verify(forged), verify(empty)]
    expect([invented.status, none.status]).toEqual([1, 1])
    expect(invented.said).toContain('Receipt 2 of 2 is not this mission\'s')
    expect(none.said).toContain('holds no receipt')
    expect(verify(join(folder, 'nowhere.txt')).status).toBe(2)
  })

  it('[R127] that was lost is made anew: what the old one signed is still ours', async () => {
    await house.close()
    await rename(join(folder, 'mission.key'), join(folder, 'lost.key'))
    house = await startHouse({ folder, clock: house.clock })
    expect(await house.db.readers.selectFrom('missionKeys').select('publicKey').execute()).toHaveLength(2)
    expect((await ask(receipt)).status).toBe(200)
    const before = head()
    await house.close()
    house = await startHouse({ folder, clock: house.clock })
    expect(head()).toBe(before)
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })
})
