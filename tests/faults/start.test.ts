import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileReportCall } from '../../shared/reports.ts'
import { callerOf, startHouse } from '../support/house.ts'
import { startServer } from '../support/process.ts'
import { statementOf } from '../support/reports.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-start-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const root = resolve(import.meta.dirname, '../..')

/** Starts a server that is expected not to. */
function attempt(environment: Record<string, string>): { code: number | null; said: string } {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'server/main.ts'], { cwd: root, env: { ...process.env, ...environment }, encoding: 'utf8', timeout: 30_000 })
  return { code: status, said: stderr }
}

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
    expect(attempt({ PORT: 'none' })).toEqual({ code: 1, said: 'PORT must be a number from 0 to 65535, not "none".\n' })
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

describe('npm run verify', () => {
  it('[R23] holds on a folder in use, and names a changed file and a changed row, with exit 1', async () => {
    const path = join(folder, 'verified')
    const house = await startHouse({ folder: path })
    const author = await house.person('observer')
    const statement = await statementOf(house, author)
    await author.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt })
    const verify = () => {
      const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'server/commands/verify.ts'], { cwd: root, env: { ...process.env, DATA_DIR: path }, encoding: 'utf8' })
      return { status, stdout }
    }
    expect(verify()).toMatchObject({ status: 0, stdout: expect.stringMatching(/Everything agrees\.\n$/) as string })
    await house.db.writer.updateTable('reports').set({ severity: 'low' }).where('id', '=', statement.id).execute()
    expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining(`reports ${statement.id}: severity is not what the journal says`) as string })
    await house.close()
  })
})
