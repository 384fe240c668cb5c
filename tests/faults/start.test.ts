import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sqlite3 from 'sqlite3'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completePhotoCall, photoId } from '../../shared/photos.ts'
import { fileReportCall } from '../../shared/reports.ts'
import { callerOf, startHouse } from '../support/house.ts'
import { setUpLink } from '../support/mission.ts'
import { startServer } from '../support/process.ts'
import { beginUpload, hashOf, sendOriginal, statementOf } from '../support/reports.ts'
import * as pem from '../support/tls.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-start-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const root = resolve(import.meta.dirname, '../..')

/** Starts a server that is expected not to. */
function attempt(environment: Record<string, string>, words: readonly string[] = []): { code: number | null; said: string } {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'server/main.ts', ...words], { cwd: root, env: { ...process.env, ...environment }, encoding: 'utf8', timeout: 120_000 })
  return { code: status, said: stderr }
}

describe('a start with a certificate', () => {
  it('[R112] is spoken to over TLS alone, and gives a cookie that goes nowhere else', async () => {
    const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
    await Promise.all([writeFile(certificate, pem.certificate), writeFile(key, pem.itsKey)])
    const server = await startServer({ folder: join(folder, 'tls'), environment: { TLS_CERT: certificate, TLS_KEY: key, HOST: '127.0.0.1' } })
    try {
      const { port, protocol } = new URL(server.address)
      expect(protocol).toBe('https:')
      const token = (await setUpLink(server)).split('#')[1] ?? ''
      const answer = await new Promise<{ status: number | undefined; cookie: string | undefined; strict: string | undefined }>((done, fail) => {
        const asked = requestOverTls({ host: '127.0.0.1', port, method: 'POST', path: '/api/setup/begin', ca: pem.certificate, headers: { 'Content-Type': 'application/json', Origin: `https://127.0.0.1:${port}` } }, (response) => done({ status: response.statusCode, cookie: response.resume().headers['set-cookie']?.[0], strict: response.headers['strict-transport-security'] }))
        asked.once('error', fail).end(JSON.stringify({ token }))
      })
      expect(answer.status).toBe(200)
      expect(answer.strict).toBe('max-age=63072000; includeSubDomains; preload')
      expect(answer.cookie).toMatch(/^__Host-veedor=.*Secure/)
      await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
    } finally {
      expect(await server.stop()).toBe(0)
    }
  })
})

describe('a start that cannot be', () => {
  it('[R24] says in one sentence that another process has the folder, and which', async () => {
    const server = await startServer({ folder: join(folder, 'one') })
    try {
      const { code, said } = attempt({ PORT: '0', DATA_DIR: join(folder, 'one') })
      expect(code).toBe(1)
      expect(said).toMatch(/^The data folder .* is in use by another Veedor.*DATA_DIR\.\n$/)
      const port = new URL(server.address).port
      const taken = attempt({ PORT: port, DATA_DIR: join(folder, 'two') })
      expect([taken.code, taken.said]).toEqual([1, `Port ${port} on 127.0.0.1 is taken by another program: stop that one, or choose another with PORT.\n`])
    } finally {
      expect(await server.stop()).toBe(0)
    }
  })

  it('says in one sentence that the folder cannot be written, and which variable is wrong', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    expect(attempt({ PORT: '0', DATA_DIR: join(file, 'inside') })).toEqual({ code: 1, said: `The data folder ${join(file, 'inside')} cannot be written: give this account the right to, or name another folder with DATA_DIR.\n` })
    if (process.platform === 'linux') expect(attempt({ PORT: '0', DATA_DIR: '/proc/veedor' })).toEqual({ code: 1, said: 'The data folder /proc/veedor cannot be written: give this account the right to, or name another folder with DATA_DIR.\n' })
    expect(attempt({ PORT: '0', DATA_DIR: file })).toEqual({ code: 1, said: `DATA_DIR names ${file}, which is a file: name a folder.\n` })
    expect(attempt({ PORT: '0', DATA_DIR: join(folder, 'never') }, ['--sampel'])).toEqual({ code: 1, said: 'Nothing is known of "--sampel" here: the only option is --sample.\n' })
    expect(attempt({ PORT: 'none' })).toEqual({ code: 1, said: 'PORT must be a number from 0 to 65535 in decimal digits, not "none".\n' })
  })

  it('leaves a folder of somebody else as it was', async () => {
    const path = join(folder, 'foreign')
    await mkdir(path)
    await chmod(path, 0o755)
    await writeFile(join(path, 'letter.txt'), 'mine')
    expect(attempt({ PORT: '0', DATA_DIR: path })).toEqual({ code: 1, said: `The folder ${path} holds other things than Veedor's: name an empty one, or one that does not exist yet, with DATA_DIR.\n` })
    expect(await readdir(path)).toEqual(['letter.txt'])
    expect((await stat(path)).mode & 0o777).toBe(0o755)

    // Names like ours are not enough.
    await rm(join(path, 'letter.txt'))
    await mkdir(join(path, 'originals'))
    expect(attempt({ PORT: '0', DATA_DIR: path }).said).toMatch(/holds other things than Veedor's/)
    const films = new sqlite3.Database(join(path, 'mission.db'))
    await new Promise<void>((done, fail) => films.exec('create table journal (film text)', (error) => (error ? fail(error) : films.close(() => done()))))
    const before = await readFile(join(path, 'mission.db'))
    expect(attempt({ PORT: '0', DATA_DIR: path }).said).toMatch(/holds other things than Veedor's/)
    expect((await readFile(join(path, 'mission.db'))).equals(before)).toBe(true)
    await rm(join(path, 'mission.db'))
    await mkdir(join(path, 'mission.db'))
    expect(attempt({ PORT: '0', DATA_DIR: path }).said).toMatch(/holds other things than Veedor's/)
    expect((await readdir(path)).sort()).toEqual(['mission.db', 'originals'])
    expect((await stat(path)).mode & 0o777).toBe(0o755)
  })

  it('[R23] says of a database that is none that it is damaged: the start in one sentence, verify with exit 1', async () => {
    const path = join(folder, 'damaged')
    await mkdir(path)
    await writeFile(join(path, 'mission.db'), 'x'.repeat(8_192))
    expect(attempt({ PORT: '0', DATA_DIR: path })).toMatchObject({ code: 1, said: expect.stringMatching(/^The database .*mission\.db is damaged .*DATA_DIR\.\n$/) as string })
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'server/commands/verify.ts'], { cwd: root, env: { ...process.env, DATA_DIR: path }, encoding: 'utf8' })
    expect([status, stdout]).toEqual([1, expect.stringMatching(/mission\.db: is damaged .*\n$/)])
  })

  it('after kill -9 the folder is free at once, and everything acknowledged is there', async () => {
    const path = join(folder, 'killed')
    const house = await startHouse({ folder: path })
    const author = await house.person('observer')
    const statement = await statementOf(house, author)
    await house.close()
    const token = author.cookie.replace('veedor=', '')
    const first = await startServer({ folder: path })
    const sent = { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt }
    const { reply } = await callerOf(first, { id: author.id, role: 'observer', token }).call(fileReportCall, sent)
    await first.stop('SIGKILL')
    const second = await startServer({ folder: path })
    expect((await callerOf(second, { id: author.id, role: 'observer', token }).call(fileReportCall, sent)).reply).toEqual(reply)
    expect(await second.stop()).toBe(0)
  })

  it('[R27] SIGTERM lets what is under way end, and takes nothing new', async () => {
    const path = join(folder, 'drained')
    const house = await startHouse({ folder: path })
    const author = await house.person('observer')
    const statements = await Promise.all(Array.from({ length: 30 }, () => statementOf(house, author)))
    await house.close()
    const server = await startServer({ folder: path })
    const ana = callerOf(server, { id: author.id, role: 'observer', token: author.cookie.replace('veedor=', '') })
    const answers = statements.map((statement) => ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt }).then((answer) => answer.status, () => null))
    await Promise.race(answers)
    expect(await server.stop()).toBe(0)
    const acknowledged = (await Promise.all(answers)).filter((status) => status === 201).length
    const again = await startHouse({ folder: path })
    const { count } = await again.db.readers.selectFrom('reports').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
    await again.close()
    expect(acknowledged).toBeGreaterThan(0)
    expect(Number(count)).toBeGreaterThanOrEqual(acknowledged)
  })
})

describe('an upload that is under way at SIGTERM', () => {
  it('[R27] ends as it began, while nobody new is let in', async () => {
    const path = join(folder, 'uploading')
    const house = await startHouse({ folder: path })
    const author = await house.person('observer')
    const bytes = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#357', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).jpeg().toBuffer()
    const statement = await statementOf(house, author, { pictures: [bytes] })
    await house.close()
    const server = await startServer({ folder: path })
    const ana = callerOf(server, { id: author.id, role: 'observer', token: author.cookie.replace('veedor=', '') })
    await ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt })
    const { upload } = await beginUpload(ana, photoId(statement.id, hashOf(bytes)), bytes.length)
    const half = Math.floor(bytes.length / 2)
    const headers = { Cookie: author.cookie, Origin: server.address, 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream', 'Content-Length': bytes.length }
    const sending = request(`${server.address}/api/uploads/${upload}`, { method: 'PATCH', headers })
    const answered = new Promise<number | undefined>((done) => { sending.once('response', (response) => { response.resume(); done(response.statusCode) }).once('error', () => done(undefined)) })
    sending.write(bytes.subarray(0, half))
    await expect.poll(() => stat(join(path, 'uploads', upload)).then((file) => file.size), { timeout: 120_000 }).toBe(half)
    const exit = server.stop()
    await expect.poll(() => fetch(`${server.address}/health`).then(() => 'let in', () => 'refused'), { timeout: 120_000 }).toBe('refused')
    sending.end(bytes.subarray(half))
    expect([await answered, await exit]).toEqual([204, 0])
    const again = await startServer({ folder: path })
    expect((await callerOf(again, { id: author.id, role: 'observer', token: author.cookie.replace('veedor=', '') }).call(completePhotoCall, { id: photoId(statement.id, hashOf(bytes)), upload })).status).toBe(201)
    expect(await again.stop()).toBe(0)
  })
})

describe('npm run verify', () => {
  it('[R23] holds on a folder in use, and names a changed file and a changed row, with exit 1', async () => {
    const path = join(folder, 'verified')
    const house = await startHouse({ folder: path })
    const author = await house.person('observer')
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#357' } }).jpeg().toBuffer()
    const [sha256, statement] = [hashOf(bytes), await statementOf(house, author, { pictures: [bytes] })]
    await author.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt })
    await sendOriginal(author, statement.id, bytes)
    await house.picturesDone()
    const verify = () => {
      const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'server/commands/verify.ts'], { cwd: root, env: { ...process.env, DATA_DIR: path }, encoding: 'utf8' })
      return { status, stdout }
    }
    expect(verify()).toMatchObject({ status: 0, stdout: expect.stringMatching(/Everything agrees\.\n$/) as string })
    await house.db.writer.updateTable('reports').set({ severity: 'low' }).where('id', '=', statement.id).execute()
    expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining(`reports ${statement.id}: severity is not what the journal says`) as string })
    const original = join(path, 'originals', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
    await chmod(original, 0o600)
    await writeFile(original, Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])]))
    expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining(`originals ${sha256}: is not the file that was kept`) as string })
    await rm(original)
    expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining(`originals ${sha256}: is missing`) as string })
    await house.close()
  })
})
