import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { tooOld } from '../../tools/node-version.mjs'
import { projectRoot } from '../support/project.ts'

// The front door for real, in a small house of its own: our tools, our packages, a server of six lines, a page of one. Only npm is another: it puts our packages there, and writes down that it was asked.

const houses: string[] = []
afterEach(() => { for (const house of houses.splice(0)) rmSync(house, { recursive: true, force: true }) })

const pathOf = (house: string): string => `${join(house, 'bin')}${delimiter}${process.env.PATH ?? ''}`

const asksOfNpm = (house: string): string[] => (existsSync(join(house, 'npm.log')) ? readFileSync(join(house, 'npm.log'), 'utf8').trim().split('\n') : [])

const installs = `mkdir -p node_modules && ln -s ${projectRoot}/node_modules/* node_modules/`
const serves = `
import { createServer } from 'node:http'
const server = createServer().listen(0, () => console.log('open', process.env.UV_THREADPOOL_SIZE, process.argv.slice(2).join(' ')))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => { console.log('stopping', signal); server.close(() => process.exit(7)) })
`

/** A house that nobody has started yet. `npm` is what its npm does, as a shell's lines. */
function newHouse(npm = installs): string {
  const house = mkdtempSync(join(tmpdir(), 'veedor-door-'))
  houses.push(house)
  const files = { 'server/main.ts': serves, 'client/entry/index.html': '<!doctype html><title>x</title><script type="module" src="./main.ts"></script>', 'client/entry/main.ts': "document.body.append('one')", 'bin/npm': `#!/bin/sh\necho "$@" >> npm.log\n${npm}\n` }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(house, dirname(path)), { recursive: true })
    writeFileSync(join(house, path), text)
  }
  chmodSync(join(house, 'bin/npm'), 0o755)
  mkdirSync(join(house, 'tools'))
  for (const file of readdirSync(join(projectRoot, 'tools')).filter((name) => /\.(mjs|ts)$/.test(name))) cpSync(join(projectRoot, 'tools', file), join(house, 'tools', file))
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts']) cpSync(join(projectRoot, file), join(house, file))
  return house
}

/** Root may write everywhere: its tests become somebody who may not. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {}

type Start = { output: () => string; saw: (pattern: RegExp) => Promise<void>; stop: (signal?: NodeJS.Signals) => void; ended: Promise<number | null> }

function start(house: string, args: string[] = [], environment: Record<string, string> = {}, tool = 'start', account: { uid?: number } = {}): Start {
  return follow(spawn(process.execPath, [join(house, `tools/${tool}.mjs`), ...args], { cwd: house, env: { ...process.env, PATH: pathOf(house), ...environment }, ...account }))
}

function follow(child: ChildProcessWithoutNullStreams): Start {
  let output = ''
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const arrived = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => {
    output += part.toString()
    for (const look of arrived) look()
  })
  return {
    output: () => output, ended, stop: (signal = 'SIGTERM') => void child.kill(signal),
    saw: (pattern) => new Promise((done, fail) => {
      const look = () => { if (pattern.test(output)) done() }
      arrived.add(look)
      look()
      void ended.then(() => fail(new Error(`It ended without saying ${String(pattern)}:\n${output}`)))
    }),
  }
}

/** Starts a house, waits until its server is open, stops it. */
async function startAndStop(house: string): Promise<string> {
  const started = start(house)
  await started.saw(/^open/m)
  started.stop()
  expect(await started.ended).toBe(7)
  return started.output()
}

const assetsOf = (house: string) => readdirSync(join(house, 'dist/client/assets')).sort()
const write = (house: string, text: string) => writeFileSync(join(house, 'client/entry/main.ts'), `document.body.append('${text}')`)

/** Packages as somebody's own `npm install` leaves them. */
function installByHand(house: string): void {
  mkdirSync(join(house, 'node_modules'))
  for (const name of readdirSync(join(projectRoot, 'node_modules')).filter((file) => file !== '.veedor-stamp')) symlinkSync(join(projectRoot, 'node_modules', name), join(house, 'node_modules', name))
}

// Each starts many processes one after the other: a slow machine may take its time.
describe('npm start', () => {
  test('[R84] installs and builds what is missing, says so, and does neither without need', async () => {
    const house = newHouse()
    expect(await startAndStop(house)).toMatch(/^Installing .*\n(?:.*\n)*?  done in \d+ s\nBuilding .*\n(?:.*\n)*?  done in \d+ s\nStarting the server ...\nopen 16/)
    expect(readFileSync(join(house, 'dist/client/entry/index.html'), 'utf8')).toMatch(/<meta name="build" content="[0-9a-f]{12}">/)
    expect(await startAndStop(house)).toMatch(/^Starting the server ...\nopen 16/)
    expect(asksOfNpm(house)).toHaveLength(1)
    writeFileSync(join(house, 'package-lock.json'), readFileSync(join(house, 'package-lock.json'), 'utf8').replace('"node_modules/zod"', '"node_modules/zad"'))
    rmSync(join(house, 'node_modules'), { recursive: true })
    expect(await startAndStop(house)).toMatch(/^Installing/)
    expect(asksOfNpm(house)).toHaveLength(2)
  })

  test('[R85] files of the build before stay for phones that still hold it, and a failed build touches nothing', async () => {
    const house = newHouse('exit 1')
    installByHand(house)
    await startAndStop(house)
    const first = assetsOf(house)
    write(house, 'two')
    expect(await startAndStop(house)).toMatch(/^Building/)
    const second = assetsOf(house).filter((file) => !first.includes(file))
    expect(second).not.toEqual([])
    expect(assetsOf(house)).toEqual([...first, ...second].sort())
    write(house, 'three')
    await startAndStop(house)
    expect(assetsOf(house)).toEqual(expect.arrayContaining(second))
    expect(assetsOf(house).filter((file) => first.includes(file))).toEqual([])
    const served = assetsOf(house)
    writeFileSync(join(house, 'client/entry/main.ts'), "import './nowhere.ts'")
    const failing = start(house)
    expect(await failing.ended).toBe(1)
    expect(failing.output()).toMatch(/could not be built:[^]*nowhere\.ts[^]*\.stamps\/build\.log/)
    expect(assetsOf(house)).toEqual(served)
    expect(asksOfNpm(house), 'what somebody installed by hand is not installed again').toEqual([])
  })

  test('[R86] signals reach the server, with the arguments that were given, and its end is ours', async () => {
    const house = newHouse('exit 1')
    installByHand(house)
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      const started = start(house, ['--sample'])
      await started.saw(/^open 16 --sample$/m)
      started.stop(signal)
      expect(await started.ended).toBe(7)
      expect(started.output()).toContain(`stopping ${signal}`)
    }
  })

  test('[R245] a server whose disk failed is started again, one that fails always only a few times', async () => {
    const house = newHouse('exit 1')
    installByHand(house)
    const failsUntil = (times: number) => writeFileSync(join(house, 'server/main.ts'), `import { appendFileSync, readFileSync } from 'node:fs'\nappendFileSync('starts', 'x')\nif (readFileSync('starts', 'utf8').length <= ${times}) process.exit(74)\n${serves}`)
    failsUntil(1)
    expect(await startAndStop(house)).toMatch(/The disk failed .*\(1 of 3\).*\nopen 16/)
    failsUntil(100)
    const failing = start(house)
    expect(await failing.ended).toBe(74)
    expect(readFileSync(join(house, 'starts'), 'utf8')).toHaveLength(2 + 4)
  })

  test('[R86] who stops npm itself, as a service does, stops the server, too', async () => {
    const house = newHouse()
    installByHand(house)
    const started = follow(spawn('npm', ['start', '--', '--sample'], { cwd: house }))
    await started.saw(/^open 16 --sample$/m)
    started.stop('SIGTERM')
    expect(await started.ended).toBe(7)
    expect(started.output()).toContain('stopping SIGTERM')
  })
})

describe('[R87] what stops a start is told in a sentence with the next action', () => {
  test('a Node that is too old', async () => {
    const house = newHouse()
    writeFileSync(join(house, 'old.mjs'), "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.1' } })")
    const started = start(house, [], { NODE_OPTIONS: `--import ${join(house, 'old.mjs')}` })
    expect(await started.ended).toBe(1)
    expect(started.output().trim()).toBe('Veedor needs Node 20.19 or newer, and this is 20.18.1: install a newer one from https://nodejs.org and start again.')
    expect(asksOfNpm(house)).toEqual([])
  })

  test.each([['18.20.4', true], ['20.18.3', true], ['20.19.0', false], ['22.0.0', false], ['26.1.0', false]])('Node %s is too old: %s', (version, isTooOld) => {
    expect(tooOld(version) !== null).toBe(isTooOld)
  })

  test('no compiler for the database module', async () => {
    const house = newHouse('echo "npm error gyp ERR! find Python" >&2; exit 1')
    for (const [program, path] of Object.entries({ node: process.execPath, sh: '/bin/sh', echo: '/bin/echo' })) symlinkSync(path, join(house, 'bin', program))
    const started = start(house, [], { PATH: join(house, 'bin') })
    expect(await started.ended).toBe(1)
    expect(started.output()).toMatch(process.platform === 'darwin' ? /xcode-select --install|could not|failed/ : /no C\+\+ compiler, no make, no python3[^]*(apt-get install -y python3 make g\+\+|dnf install -y python3 make gcc-c\+\+)/)
    expect(started.output()).toContain('.stamps/install.log')
  })

  test('a folder that this account may not write in', async () => {
    const house = newHouse()
    chmodSync(house, 0o555)
    const started = start(house, [], {}, 'start', nobody)
    expect(await started.ended).toBe(1)
    expect(started.output()).toMatch(/may not write in .*: start once as the owner/)
    chmodSync(house, 0o755)
  })

  test.each([
    ['no network', 'npm error code ENOTFOUND', /check the network/],
    ['a network that lets nothing through but the registry', 'npm error gyp ERR! stack is related to network connectivity', /Node's headers, nodejs\.org/],
    ['a full disk', 'npm error code ENOSPC', /disk is full/],
    ['anything else', 'npm error something odd', /something odd[^]*\.stamps\/install\.log/],
  ])('%s', async (_name, says, sentence) => {
    const house = newHouse(`echo "${says}" >&2; exit 1`)
    const started = start(house)
    expect(await started.ended).toBe(1)
    expect(started.output()).toMatch(sentence)
    expect(existsSync(join(house, '.stamps/lock'))).toBe(false)
  })
})

describe('npm run', () => {
  test('[R86] an installation is stopped with the command that began it', async () => {
    const house = newHouse('trap "touch stopped; exit 1" TERM; touch begun; while true; do sleep 0.05; done')
    const started = start(house)
    await started.saw(/Installing/)
    await expect.poll(() => existsSync(join(house, 'begun')), { timeout: 30_000 }).toBe(true)
    started.stop()
    expect(await started.ended).toBe(1)
    expect(started.output()).toContain('Stopped by SIGTERM.')
    expect(existsSync(join(house, 'stopped'))).toBe(true)
    expect(existsSync(join(house, '.stamps/lock'))).toBe(false)
  })

  test('[R86] a command gets its arguments, and its end is ours; what is said before does not mix with its own output', async () => {
    const house = newHouse()
    mkdirSync(join(house, 'server/commands'))
    writeFileSync(join(house, 'server/commands/verify.ts'), "const given: string[] = process.argv.slice(2)\nprocess.stdout.write(given.join('+'))\nprocess.exitCode = 3")
    const run = spawnSync(process.execPath, [join(house, 'tools/run.mjs'), 'verify', '--receipt', 'a'], { cwd: house, encoding: 'utf8', env: { ...process.env, PATH: pathOf(house) } })
    expect(run).toMatchObject({ status: 3, stdout: '--receipt+a' })
    expect(run.stderr).toMatch(/^Installing/)
  })

  test('[R87] a command that is none is told with those that are', async () => {
    const asked = start(newHouse(), ['verfy'], {}, 'run')
    expect(await asked.ended).toBe(1)
    expect(asked.output().trim()).toBe('There is no command "verfy": choose verify, backup, restore, lead-link, seed, fuzz, faults, bench, screenshots.')
  })
})

describe('[R88] two starts at the same time', () => {
  test('install once: the second waits for the first', async () => {
    const house = newHouse(`while [ ! -e go ] ; do sleep 0.05 ; done ; ${installs}`)
    const first = start(house)
    await first.saw(/Installing/)
    const second = start(house)
    await second.saw(/waiting for it/)
    writeFileSync(join(house, 'go'), '')
    await Promise.all([first.saw(/^open/m), second.saw(/^open/m)])
    expect(asksOfNpm(house)).toHaveLength(1)
    for (const started of [first, second]) started.stop()
    expect(await Promise.all([first.ended, second.ended])).toEqual([7, 7])
  })

  test('what a killed start left behind stops nobody', async () => {
    const house = newHouse()
    mkdirSync(join(house, '.stamps/lock'), { recursive: true })
    const before = new Date(Date.now() - 60_000)
    utimesSync(join(house, '.stamps/lock'), before, before)
    expect(await startAndStop(house)).toMatch(/^Another start[^]*Installing/)
  })
})
