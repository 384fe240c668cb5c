import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pino } from 'pino'
import { Pack } from '../shared/pack.ts'
import { WrongConfig, configBeside, ownConfig, readArguments } from './config.ts'
import { CannotOpen } from './folder.ts'
import { openHouse } from './house.ts'
import type { House } from './house.ts'
import { FolderInUse } from './platform/database/lock.ts'
import { UnusableMap } from './platform/map/unusable.ts'
import { toldOf } from './platform/http/problems.ts'
import { openSampleHouse } from './sample/house.ts'
import type { SignInLink } from './sample/house.ts'
import { wayIn } from './way-in.ts'

// Reads the configuration, opens the mission (or the sample), listens, and stops cleanly.

const say = (line = ''): void => void process.stdout.write(`${line}\n`)
// On a terminal a line for each request would bury what a start says.
const log = pino({ level: process.stderr.isTTY ? 'warn' : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['token', 'cookie', '*.token', '*.cookie'] }, pino.destination(2))
const open: House[] = []

async function main(): Promise<void> {
  const { sample: isSample } = readArguments(process.argv.slice(2))
  const config = ownConfig(isSample)
  if (config.logLevel) log.level = config.logLevel
  const pack = Pack.parse(JSON.parse(await readFile(resolve(import.meta.dirname, '../shared/packs/default.json'), 'utf8')))
  if (isSample) {
    const { house, links, token } = await openSampleHouse({ config, log, pack, say, diskFailed })
    open.push(house)
    say(`Veedor's sample mission is open at ${house.address}/`)
    say(links.length > 0 ? 'Sign in with one of these, each in its own tab or browser:' : 'No sign-in links are given while PUBLIC_ADDRESS is set.')
    for (const line of linesOf(links)) say(line)
    if (token !== null) say(`${'token'.padEnd(12)} ${token}`)
  } else {
    // The set-up page's second door: the sample beside this mission. Opened once; one that could not be opened is tried again.
    let sample: Promise<SignInLink[]> | null = null
    const openSample = async () => {
      const { house, links } = await openSampleHouse({ config: configBeside(config, ownConfig(true)), log, pack, say, diskFailed })
      open.push(house)
      return links
    }
    const house = await openHouse({
      config, log, pack, exercise: false, diskFailed,
      openSample: async () => {
        sample ??= openSample().catch((error: unknown) => {
          sample = null
          throw error
        })
        return { links: await sample }
      },
    })
    open.push(house)
    const way = await wayIn(house.engine, house.address)
    say(`Veedor is open at ${house.address}/`)
    say(way)
  }
  say('Stop it with Ctrl+C.')
}

const linesOf = (links: readonly SignInLink[]): string[] => links.map(({ role, address }) => `${role.padEnd(12)} ${address}`)

/** What the tools take for "start it again". */
const failedDisk = 74

// A sync that failed is not made good by the next: what the disk has is known only from the disk, by a new start. Whoever waits gets no answer, and sends again.
function diskFailed(error: unknown): void {
  log.fatal({ error: toldOf(error) }, 'the disk failed')
  process.exit(failedDisk)
}

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  say('Stopping: what is under way is finished first.')
  for (const house of open) await house.close()
  process.exit(0)
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop())
// A promise that failed unseen may have left something half done in memory; the disk is right, so start again from it.
process.on('unhandledRejection', (error) => {
  log.fatal({ error: toldOf(error) }, 'unhandled')
  process.exit(1)
})

main().catch((error: unknown) => {
  const isPlain = error instanceof WrongConfig || error instanceof CannotOpen || error instanceof FolderInUse || error instanceof UnusableMap
  process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
