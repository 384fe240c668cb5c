import { fork, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { readFile, readdir, readlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { confinement, fromProc, fromPs, usedBy } from '../../server/platform/pictures/confined.ts'
import { createPool } from '../../server/platform/pictures/pool.ts'
import { drawnHeic, fields, jpegOf, noise, openPictureRoom, type PictureRoom } from '../support/pictures.ts'


const patience = { timeout: 120_000, interval: 5 }
const source = (path: string) => new URL(`../../server/platform/${path}`, import.meta.url)
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

let room: PictureRoom
beforeEach(async () => {
  room = await openPictureRoom()
})
afterEach(() => room.close())

/** Keeps a decoder busy for a second or more. */
let large: Buffer
beforeAll(async () => {
  large = await flat(6_000)
})
const flat = (side: number) => sharp({ create: { width: side, height: side, channels: 3, background: '#775533' } }).jpeg().toBuffer()
const largeOriginal = () => room.files.originals.putBytes(large)
const smallOriginal = async (seed = 1) => room.files.originals.putBytes(await jpegOf(noise(100, 80, seed)))
const incoming = () => readdir(join(room.folder, 'incoming'))

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits until a child is at work that was not seen before, and kills it. */
async function killNext(seen: Set<number>): Promise<void> {
  const pid = await vi.waitUntil(() => room.pictures.pids().find((one) => !seen.has(one)), patience)
  seen.add(pid)
  process.kill(pid, 'SIGKILL')
}

describe('a child that dies', () => {
  it('[R195] is replaced, and its job done again', async () => {
    const job = room.pictures.full(await largeOriginal())
    await killNext(new Set())
    expect(await job).toMatchObject({ width: 6_000, height: 6_000 })
    expect((await room.pictures.desk(await smallOriginal())).width).toBe(100)
    expect(await incoming()).toEqual([])
  })

  it('[R195] twice of one picture, which is then unreadable; the next job works', async () => {
    const job = room.pictures.full(await largeOriginal())
    const result = expect(job).rejects.toMatchObject({ code: 'unreadable' })
    const seen = new Set<number>()
    await killNext(seen)
    await killNext(seen)
    await result
    expect((await room.pictures.release(await smallOriginal(), [], fields)).full.width).toBe(100)
    expect(room.warnings).toHaveLength(1)
    expect(await incoming()).toEqual([])
  })

  it('while it has nothing to do costs nobody anything', async () => {
    await room.pictures.desk(await smallOriginal(1))
    await killNext(new Set())
    expect((await room.pictures.desk(await smallOriginal(2))).width).toBe(100)
  })

  it('together with the other one, both at work: every picture is still made', async () => {
    const jobs = [room.pictures.full(await largeOriginal()), ...Array.from({ length: 6 }, async (_, seed) => room.pictures.desk(await smallOriginal(seed)))]
    for (const pid of await vi.waitUntil(() => room.pictures.pids().length === 2 && room.pictures.pids(), patience)) process.kill(pid, 'SIGKILL')
    expect((await Promise.all(jobs)).map((made) => made.width)).toEqual([6_000, 100, 100, 100, 100, 100, 100])
  })
})

describe('a job that computes too long', () => {
  it('[R196] is unreadable, its child is gone, and the next job works', async () => {
    const hasty = await openPictureRoom({ computingMs: 200 })
    try {
      // Far beyond the limit on any machine.
      const original = await hasty.files.originals.putBytes(await flat(12_000))
      const small = await hasty.files.originals.putBytes(await jpegOf(noise(100, 80, 1)))
      const job = expect(hasty.pictures.release(original, [], fields)).rejects.toThrow('unreadable: Computed for more than 200 ms')
      const [pid = 0] = await vi.waitUntil(() => hasty.pictures.pids().length > 0 && hasty.pictures.pids(), patience)
      await job
      expect(isAlive(pid)).toBe(false)
      expect((await hasty.pictures.desk(small)).width).toBe(100)
      expect(await readdir(join(hasty.folder, 'incoming'))).toEqual([])
    } finally {
      await hasty.close()
    }
  })
})

describe('a decoder that keeps its child from answering', () => {
  it('[R196] is watched from outside: a HEIC that computes too long is unreadable, and the next one works', async () => {
    const heic = await drawnHeic()
    const hasty = await openPictureRoom({ computingMs: 20 })
    try {
      await expect(hasty.pictures.desk(await hasty.files.originals.putBytes(heic))).rejects.toMatchObject({ code: 'unreadable' })
      expect(await readdir(join(hasty.folder, 'incoming'))).toEqual([])
    } finally {
      await hasty.close()
    }
    expect((await room.pictures.desk(await room.files.originals.putBytes(heic))).width).toBe(320)
  })
})

describe('a job that takes too much memory', () => {
  it('[R196] is unreadable, its child is gone, and the next job works', async () => {
    const narrow = await openPictureRoom({ memoryBytes: 300_000_000 })
    try {
      // Turned upright it is held whole: 375 MB.
      const lying = await narrow.files.originals.putBytes(await sharp({ create: { width: 12_500, height: 10_000, channels: 3, background: '#775533' } }).withMetadata({ orientation: 6 }).jpeg().toBuffer())
      const small = await narrow.files.originals.putBytes(await jpegOf(noise(100, 80, 1)))
      const job = expect(narrow.pictures.full(lying)).rejects.toThrow('unreadable: Held more than 300000000 bytes in memory')
      const [pid = 0] = await vi.waitUntil(() => narrow.pictures.pids().length > 0 && narrow.pictures.pids(), patience)
      await job
      expect(isAlive(pid)).toBe(false)
      expect((await narrow.pictures.desk(small)).width).toBe(100)
    } finally {
      await narrow.close()
    }
  })

  it('is told from what the system says, here and on macOS', () => {
    expect(usedBy(process.pid)).toMatchObject({ computingMs: expect.any(Number) as number, memoryBytes: expect.any(Number) as number })
    expect(usedBy(2 ** 22 + 1)).toBeNull()
    expect(fromProc(`77 (a ) (b) R ${Array.from({ length: 40 }, (_, at) => at).join(' ')}`, 'VmHWM:\t 9 kB\nVmRSS:\t   2048 kB\n')).toEqual({ computingMs: 210, memoryBytes: 2_097_152 })
    expect(fromPs(' 91234   1:02.50\n')).toEqual({ computingMs: 62_500, memoryBytes: 93_423_616 })
    expect(fromPs('512 1:00:00.00')).toEqual({ computingMs: 3_600_000, memoryBytes: 524_288 })
    expect([fromPs(''), fromProc('', '')]).toEqual([null, null])
  })

  it.runIf(confinement().before.some((word) => word.endsWith('/prlimit')))('has a hard limit beside, for what comes between two looks', async () => {
    const script = join(room.folder, 'greedy.mjs')
    await writeFile(script, "const held = []\nfor (let count = 0; count < 40; count += 1) held.push(Buffer.alloc(100_000_000, 1))\nprocess.send('had 4 GB')\n")
    expect(await saidBy(script)).toEqual([])
  })
})

/** What a script says in the place of our child, with all that the child is kept from. */
async function saidBy(script: string): Promise<unknown[]> {
  const [program = '', ...args] = [...confinement().before, process.execPath, '--import', tsx, script]
  const asked = spawn(program, args, { env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const said: unknown[] = []
  await new Promise((resolve) => asked.on('message', (message) => said.push(message)).on('exit', resolve))
  return said
}

/** Tries every way to a server that waits on this machine, and says which got through. */
const tries = (port: number) => `
  const { connect, createServer } = await import('node:net')
  const { createSocket } = await import('node:dgram')
  const { request } = await import('node:http')
  const { lookup } = await import('node:dns/promises')
  const through = []
  const attempt = async (name, way) => {
    try {
      await Promise.race([way(), new Promise((_, fail) => setTimeout(fail, 2_000))])
      through.push(name)
    } catch {}
  }
  const opened = (socket, event) => new Promise((done, fail) => socket.on('error', fail).on(event, done))
  await attempt('socket', () => opened(connect(${port}, '127.0.0.1'), 'connect'))
  await attempt('http', () => opened(request({ port: ${port}, host: '127.0.0.1' }).end(), 'response'))
  await attempt('fetch', () => fetch('http://127.0.0.1:${port}/'))
  await attempt('listen', () => opened(createServer().listen(0, '127.0.0.1'), 'listening'))
  await attempt('datagram', () => new Promise((done, fail) => createSocket('udp4').on('error', fail).send('x', ${port}, '127.0.0.1', (error) => (error ? fail(error) : done()))))
  process.send(through)
  process.exit()
`

describe('a child that wants out', () => {
  let server: Server
  let port: number
  beforeAll(async () => {
    server = createServer((_request, response) => response.end('reached'))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => server.close())

  it('[R197] reaches nothing by its own code, while the same script without that gets through', async () => {
    const [open, shut] = [join(room.folder, 'open.mjs'), join(room.folder, 'shut.mjs')]
    await writeFile(open, tries(port))
    await writeFile(shut, `const { shutNetwork } = await import(${JSON.stringify(source('pictures/shut.ts').href)})\nshutNetwork()\n${tries(port)}`)
    const said = (script: string) => new Promise((resolve) => fork(script, [], { execArgv: ['--import', tsx], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }).on('message', resolve))
    expect(await said(open)).toEqual(['socket', 'http', 'fetch', 'listen', 'datagram'])
    expect(await said(shut)).toEqual([])
  })

  it.runIf(confinement().hasNoNetwork)('[R197] reaches nothing at all where the system gives it no network', async () => {
    const script = join(room.folder, 'tries.mjs')
    await writeFile(script, tries(port))
    // On a network of its own it may listen: nobody is there.
    expect(await saidBy(script)).toEqual([['listen']])
  })

  it.runIf(confinement().hasNoNetwork)('[R197] is started so by the server', async () => {
    await room.pictures.desk(await smallOriginal())
    const [pid] = room.pictures.pids()
    expect(await readlink(`/proc/${pid}/ns/net`)).not.toBe(await readlink('/proc/self/ns/net'))
  })
})

describe('the queue', () => {
  it('[R195] works on two pictures at once and never starts a third child', async () => {
    const seen = new Set<number>()
    let most = 0
    const watch = setInterval(() => {
      const pids = room.pictures.pids()
      most = Math.max(most, pids.length)
      for (const pid of pids) seen.add(pid)
    }, 1)
    await Promise.all(Array.from({ length: 30 }, async (_, seed) => room.pictures.desk(await smallOriginal(seed))))
    clearInterval(watch)
    expect(most).toBe(2)
    expect(seen.size).toBe(2)
  })

  it('lets go first what someone waits for', async () => {
    // With one child, jobs end in the order in which they began.
    const pool = createPool(1)
    const original = room.files.originals.path(await smallOriginal())
    const order: string[] = []
    const run = (name: string, isUrgent: boolean) =>
      pool.run({ kind: 'full', original, targets: { full: room.files.incomingPath() } }, { computingMs: 20_000, memoryBytes: 400_000_000 }, isUrgent, async () => {}).then(({ outcome }) => order.push(`${name} ${outcome}`))
    await Promise.all([run('first', false), run('second', false), run('third', false), run('urgent', true), run('urgent too', true)])
    await pool.close()
    expect(order).toEqual(['first full', 'urgent full', 'urgent too full', 'second full', 'third full'])
  })
})

describe('closing', () => {
  it('ends what runs and what waits as `closed`, leaves no child and no temporary file', async () => {
    const original = await largeOriginal()
    const small = await smallOriginal()
    // Both children are there before the long work begins: one that starts late would let the other end first.
    await Promise.all([room.pictures.desk(small), room.pictures.full(small)])
    const jobs = [room.pictures.full(original), room.pictures.full(original), room.pictures.desk(small), room.pictures.release(small, [], fields)].map((job) => job.catch((error: unknown) => error))
    const pids = room.pictures.pids()
    expect(pids).toHaveLength(2)
    await room.pictures.close()
    for (const pid of pids) expect(isAlive(pid)).toBe(false)
    for (const error of await Promise.all(jobs)) expect(error).toMatchObject({ code: 'closed' })
    await expect(room.pictures.desk(small)).rejects.toMatchObject({ code: 'closed' })
    expect(await incoming()).toEqual([])
  })

  it('can be done before anything was asked, and twice', async () => {
    await room.pictures.close()
    await room.pictures.close()
    expect(room.pictures.pids()).toEqual([])
  })
})

describe('the child', () => {
  it.runIf(process.platform === 'linux')('inherits nothing of the environment', async () => {
    vi.stubEnv('VEEDOR_CANARY', 'secret')
    await room.pictures.desk(await smallOriginal())
    vi.unstubAllEnvs()
    const [pid] = room.pictures.pids()
    const names = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0').filter(Boolean).map((line) => line.replace(/=.*/, ''))
    expect(names.filter((name) => !name.startsWith('NODE_CHANNEL_'))).toEqual([])
  })

  it('[R197] has every loader shut but those of JPEG, PNG and WebP', async () => {
    const image = sharp({ create: { width: 20, height: 10, channels: 3, background: '#f00' } })
    const pictures: Record<string, Buffer> = {
      jpeg: await image.jpeg().toBuffer(), png: await image.png().toBuffer(), webp: await image.webp().toBuffer(),
      gif: await image.gif().toBuffer(), tiff: await image.tiff().toBuffer(), avif: await image.avif().toBuffer(),
      svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'),
    }
    for (const [type, bytes] of Object.entries(pictures)) {
      await writeFile(join(room.folder, `of.${type}`), bytes)
      expect((await sharp(bytes).metadata()).width, `sharp reads ${type} unless told not to`).toBeGreaterThan(0)
    }
    const script = join(room.folder, 'ask.mjs')
    await writeFile(script, `
      await import(${JSON.stringify(source('pictures/child.ts').href)})
      const { readFileSync } = await import('node:fs')
      const sharp = (await import(${JSON.stringify(pathToFileURL(createRequire(import.meta.url).resolve('sharp')).href)})).default
      const open = []
      for (const type of ${JSON.stringify(Object.keys(pictures))}) {
        const path = ${JSON.stringify(room.folder)} + '/of.' + type
        for (const [how, input] of [['file', path], ['bytes', readFileSync(path)]]) await sharp(input).toBuffer().then(() => open.push(type + ' ' + how), () => {})
      }
      process.send(open)
      process.disconnect()
    `)
    const asked = fork(script, [], { execArgv: ['--import', tsx], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const answers: unknown[] = []
    await new Promise((resolve) => asked.on('message', (message) => answers.push(message)).on('exit', resolve))
    expect(answers.at(-1)).toEqual(['jpeg file', 'jpeg bytes', 'png file', 'png bytes', 'webp file', 'webp bytes'])
  })

  it('goes when the server is killed', async () => {
    const original = await smallOriginal()
    const script = join(room.folder, 'server.mjs')
    await writeFile(script, `
      const { openFiles } = await import(${JSON.stringify(source('files/files.ts').href)})
      const { openPictures } = await import(${JSON.stringify(source('pictures/pictures.ts').href)})
      const pictures = openPictures({ files: await openFiles(${JSON.stringify(room.folder)}), log: console })
      await pictures.desk('${original}')
      console.log(pictures.pids()[0])
      setInterval(() => {}, 1000)
    `)
    const server = spawn(process.execPath, ['--import', tsx, script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = await new Promise<number>((resolve) => server.stdout.once('data', (line: Buffer) => resolve(Number(line))))
    expect(isAlive(pid)).toBe(true)
    server.kill('SIGKILL')
    await vi.waitUntil(() => !isAlive(pid), patience)
  })
})
