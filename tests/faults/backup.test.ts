import { appendFile, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBackup } from '../../server/backup.ts'
import { readBackup } from '../../server/platform/backup/contents.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { meCall } from '../../shared/mission.ts'
import { photoId } from '../../shared/photos.ts'
import { checkReceiptCall } from '../../shared/receipts.ts'
import { fileReportCall } from '../../shared/reports.ts'
import { beginCommand, runCommand } from '../support/commands.ts'
import { phonePicture } from '../support/desk.ts'
import { callerOf, startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { beginUpload, file, hashOf, sendOriginal, sendPiece } from '../support/reports.ts'

let folder: string
let house: TestHouse
let picture: Uint8Array
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-backup-'))
  house = await startHouse({ folder: join(folder, 'mission') })
  picture = await phonePicture(9200)
})
afterAll(async () => {
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

let pictures = 0
/** The same picture with a number behind its end: other bytes, and a phone could have sent them. */
const another = (): Uint8Array => Buffer.concat([picture, Buffer.from(`number ${(pictures += 1)}`)])

const at = (name: string) => join(folder, name)
const now = () => '2027-02-28T21:00:00.000Z'
const inProcess = (path: string, withKey = false) => makeBackup({ dataFolder: house.folder, path, withKey, now, say: () => undefined })
/** The same person at another house. */
const again = (place: TestHouse, person: Caller) => callerOf(place, { id: person.id, role: person.role, token: person.cookie.replace('veedor=', '') })

describe('a backup while twenty senders file', () => {
  it('[R230] [R235] holds every report and picture whose receipt was answered before it began; restored elsewhere all agrees, and the phones go on there', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => house.person('observer')))
    const receipts: string[] = []
    let isOver = false
    const send = async (person: Caller) => {
      const bytes = another()
      const { id, receipt } = await file(house, person, { pictures: [bytes] })
      receipts.push(receipt)
      const { reply } = await sendOriginal(person, id, bytes)
      receipts.push(reply.signed)
    }
    const sending = people.map(async (person) => { while (!isOver) await send(person) })
    const [ana] = people
    if (!ana) throw new Error('Nobody')
    const half = another()
    const waiting = await file(house, ana, { pictures: [half] })
    const { upload } = await beginUpload(ana, photoId(waiting.id, hashOf(half)), half.length)
    await sendPiece(ana, upload, 0, half.subarray(0, 1000))
    await expect.poll(() => receipts.length, { timeout: 120_000 }).toBeGreaterThan(40)

    const before = [...receipts, waiting.receipt]
    const made = await runCommand('backup', [at('loaded.tar')], house.folder)
    const during = receipts.length
    isOver = true
    await Promise.all(sending)
    const late = await file(house, ana)
    expect(made).toMatchObject({ code: 0, complained: '', said: expect.stringMatching(/read back and whole[^]*private key is not in it[^]*veedor words \d+ (\p{L}+ ){23}\p{L}+\n$/u) as string })
    // Nobody waited for the backup.
    expect(during).toBeGreaterThan(before.length)

    const restored = await runCommand('restore', [at('loaded.tar'), '--into', at('elsewhere')], at('nowhere'))
    expect(restored).toMatchObject({ code: 0, complained: '', said: expect.stringMatching(/Everything agrees\.\n[^]*mission\.key[^]*same address/) as string })
    const words = (said: string) => said.split('\n').filter((line) => line.startsWith('veedor '))
    expect(words(restored.said)).toEqual(words(made.said))
    await writeFile(at('receipts.txt'), before.join('\n'))
    const checked = await runCommand('verify', ['--receipt', at('receipts.txt')], at('elsewhere'))
    expect([checked.code, checked.said.split('\n').filter((line) => line.startsWith('Headquarters has had')).length]).toEqual([0, before.length])

    const there = await startHouse({ folder: at('elsewhere'), clock: house.clock })
    try {
      const number = Number(/veedor anchor (\d+)/.exec(made.said)?.[1])
      expect(await there.db.readers.selectFrom('journal').select('kind').where('number', '=', number + 1).execute()).toEqual([{ kind: 'mission.restored' }])
      const phone = again(there, ana)
      expect((await phone.call(meCall, {})).reply.person.id).toBe(ana.id)
      expect((await there.nobody.call(checkReceiptCall, { receipt: waiting.receipt })).status).toBe(200)
      // The pieces that were under way are not in it: the phone begins that picture again.
      expect((await phone.fetch(`/api/uploads/${upload}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })).status).toBe(404)
      expect((await sendOriginal(phone, waiting.id, half)).status).toBe(201)
      // What came after the backup is new here, when a phone still has it.
      const { number: _number, receipt: _receipt, ...statement } = late
      expect((await phone.call(fileReportCall, { id: late.id, statement: JSON.stringify(statement), sentAt: there.clock.now() })).status).toBe(201)
      await there.picturesDone()
      expect((await verifyJournal(there.db.readers)).faults).toEqual([])
    } finally {
      await there.close()
    }
    expect((await runCommand('verify', [], at('elsewhere'))).code).toBe(0)
  })
})

describe('a backup', () => {
  it('[R231] replaces nothing, and goes neither into the mission nor into a folder that is not there', async () => {
    await writeFile(at('there.tar'), 'mine')
    const before = (await readdir(folder)).sort()
    for (const [path, why] of [[at('there.tar'), /is there already/], [join(house.folder, 'inside.tar'), /lies in the mission's own folder/], [join(folder, 'no', 'where.tar'), /There is no folder/]] as const) await expect(inProcess(path)).rejects.toThrow(why)
    expect(await readFile(at('there.tar'), 'utf8')).toBe('mine')
    expect((await readdir(folder)).sort()).toEqual(before)
    expect(await runCommand('backup', [], house.folder)).toMatchObject({ code: 2, said: '', complained: expect.stringMatching(/^Name the file/) as string })
    expect(await runCommand('backup', [at('x.tar')], at('nobody'))).toMatchObject({ code: 2, complained: `There is no mission in ${at('nobody')}. Name its folder with DATA_DIR, or add -- --sample for the sample.\n` })
  })

  it('[R231] that was killed is not there under its name, and what it left is swept by a later one', async () => {
    for (const lines of [1, 2]) {
      const target = at(`killed-${lines}.tar`)
      const running = beginCommand('backup', [target], house.folder)
      let heard = ''
      running.process.stdout?.on('data', (chunk: Buffer) => { if ((heard += chunk.toString('utf8')).split('\n').length > lines) running.process.kill('SIGKILL') })
      await running.ended
      const names = await readdir(folder)
      // It may have come to its end in the very moment: then it is whole.
      if (names.includes(`killed-${lines}.tar`)) expect((await readBackup(target, () => Promise.resolve(), async (_part, { bytes }) => { for await (const _piece of bytes) continue })).differing).toEqual([])
      await rm(target, { force: true })
      const left = names.filter((name) => name.startsWith(`killed-${lines}.tar.unfinished-`))
      await inProcess(target)
      expect((await readdir(folder)).filter((name) => left.includes(name))).toEqual(left)
      await rm(target)
      for (const name of left) for (const path of [...(await readdir(at(name))).map((inside) => join(at(name), inside)), at(name)]) await utimes(path, 1, 1)
      await inProcess(target)
      expect((await readdir(folder)).filter((name) => name.startsWith(`killed-${lines}`))).toEqual([`killed-${lines}.tar`])
      expect((await stat(target)).mode & 0o777).toBe(0o600)
    }
  })

  it('[R232] has the mission’s private key only where it was asked for, and never what opens the control door', async () => {
    const key = await readFile(join(house.folder, 'mission.key'), 'utf8')
    const { secret } = JSON.parse(await readFile(join(house.folder, 'control.json'), 'utf8')) as { secret: string }
    await inProcess(at('keyless.tar'))
    await inProcess(at('with-key.tar'), true)
    const [keyless, keyed] = [await readFile(at('keyless.tar')), await readFile(at('with-key.tar'))]
    expect([keyless.includes(key.split('\n')[1] ?? key), keyless.includes('PRIVATE KEY'), keyed.includes(key)]).toEqual([false, false, true])
    for (const bytes of [keyless, keyed]) expect(bytes.includes(secret)).toBe(false)

    expect((await runCommand('restore', [at('with-key.tar')], at('keyed'))).code).toBe(0)
    expect((await stat(join(at('keyed'), 'mission.key'))).mode & 0o777).toBe(0o600)
    const there = await startHouse({ folder: at('keyed'), clock: house.clock })
    expect(there.doors.missionKey.publicKey).toBe(house.doors.missionKey.publicKey)
    await there.close()
  })

  it('[R231] of a mission that has lost a picture or has one that was changed is made all the same, and names them', async () => {
    const ana = await house.person('observer')
    const [lost, changed] = [another(), another()]
    const { id } = await file(house, ana, { pictures: [lost, changed] })
    for (const bytes of [lost, changed]) await sendOriginal(ana, id, bytes)
    await house.picturesDone()
    const [gone, other] = [lost, changed].map((bytes) => house.files.originals.path(hashOf(bytes)))
    if (!gone || !other) throw new Error('no paths')
    await rm(gone)
    await appendFile(other, 'x')
    const made = await runCommand('backup', [at('poor.tar')], house.folder)
    const name = (bytes: Uint8Array) => `originals/${hashOf(bytes).slice(0, 2)}/${hashOf(bytes).slice(2, 4)}/${hashOf(bytes)}`
    expect(made.code).toBe(1)
    expect(made.said).toContain(`${name(lost)}: is missing`)
    expect(made.said).toContain(`${name(changed)}: is not the file that was kept: its hash differs`)
    const restored = await runCommand('restore', [at('poor.tar')], at('poor'))
    expect(restored.code).toBe(1)
    expect(restored.said).toContain(`originals ${hashOf(lost)}: is missing`)
    expect(restored.said).toContain(`originals ${hashOf(changed)}: is not the file that was kept`)
    expect(restored.said).toContain('2 do not agree.')
    const there = await startHouse({ folder: at('poor'), clock: house.clock })
    await there.close()
    await writeFile(gone, lost)
    await writeFile(other, changed)
  })
})
