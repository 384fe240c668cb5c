import './node-version.mjs'
import { ensureClient } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { CannotGoOn, endWith, runInPlace } from './steps.mjs'
import { sayUsage, usages, whyNot } from './usage.mjs'

// npm run verify, backup, restore, lead-link, seed, fuzz, faults, bench, screenshots: a command of the project in this process's place, with its packages installed.

/** @type {Record<string, { file: string, needsClient: boolean }>} */
const commands = {
  verify: { file: 'server/commands/verify.ts', needsClient: false },
  backup: { file: 'server/commands/backup.ts', needsClient: false },
  restore: { file: 'server/commands/restore.ts', needsClient: false },
  'lead-link': { file: 'server/commands/lead-link.ts', needsClient: false },
  seed: { file: 'server/commands/seed.ts', needsClient: false },
  fuzz: { file: 'tests/fuzz/main.ts', needsClient: false },
  faults: { file: 'tools/faults.mjs', needsClient: true },
  bench: { file: 'tests/bench/main.ts', needsClient: true },
  screenshots: { file: 'tools/screenshots.mjs', needsClient: true },
}

// What a command prints may be read by a program; what is said before goes beside it.
const [name = '', ...args] = process.argv.slice(2)

await endWith(async () => {
  const command = commands[name]
  if (!command) throw new CannotGoOn(`There is no command "${name}": choose ${Object.keys(commands).join(', ')}.`)
  const usage = usages[name]
  if (usage && args.some((one) => one === '--help' || one === '-h')) {
    console.log(sayUsage(name, usage))
    return 0
  }
  // Before anything is installed, built or begun.
  const problem = usage ? whyNot(usage, args) : null
  if (usage && problem !== null) {
    console.error(`${problem}\n\n${sayUsage(name, usage)}`)
    return 2
  }
  await ensureInstalled(console.error)
  if (command.needsClient) await ensureClient(console.error)
  return runInPlace(process.execPath, ['--import', 'tsx', command.file, ...args], { UV_THREADPOOL_SIZE: '16' })
})
