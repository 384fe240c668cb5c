import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import * as z from 'zod/mini'
import { findBrowser } from '../../tools/machine.mjs'
import type { Figure } from './figure.ts'
import { goalOf, isMet, rounded } from './figure.ts'
import type { Circumstances } from './page.ts'
import { pageOf, sectionOf, sectionsOf } from './page.ts'
import { parts } from './parts.ts'

// Figures beside the plain way, in one run: `npm run bench`; `-- NAME ...` some parts alone, `-- --json` one object a line, `-- --long` all that is asked for where the usual run takes a
// shorter form, `-- --write` into docs/figures.md; `-- --page` measures nothing and gives that page its parts as they are now. These machines are noisy: the ratio is what to look at, and no test asserts a time.

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'))
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = [...named.filter((name) => !parts[name]), ...options.filter((option) => !['--json', '--long', '--write', '--page'].includes(option))][0]
if (unknown !== undefined) {
  process.stderr.write(`There is no figure "${unknown}": choose ${Object.keys(parts).join(', ')}, or none for all; --json, --long, --write, --page.\n`)
  process.exit(1)
}
const [asJson, isLong, writes, pageOnly] = ['--json', '--long', '--write', '--page'].map((option) => options.includes(option))

function print(part: string, figures: readonly Figure[]): void {
  const rows = figures.map((figure) => ({ part, name: figure.name, ours: rounded(figure.ours), plain: rounded(figure.plain), ratio: rounded(figure.ratio), unit: figure.unit, goal: figure.goal ? goalOf(figure.goal) : null, isMet: isMet(figure) }))
  if (asJson) for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`)
  else {
    const width = Math.max(...rows.map((row) => row.name.length))
    const cell = (value: number | null) => String(value ?? '-').padStart(10)
    process.stdout.write(`${'figure'.padEnd(width)}  ${'ours'.padStart(10)}  ${'plain'.padStart(10)}  ${'ratio'.padStart(10)}  unit\n`)
    for (const row of rows) process.stdout.write(`${row.name.padEnd(width)}  ${cell(row.ours)}  ${cell(row.plain)}  ${cell(row.ratio)}  ${row.unit}${row.goal ? ` (goal: ${row.goal}${row.isMet ? '' : ', missed'})` : ''}\n`)
  }
}

const said = (command: string, ...args: string[]): string => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', cwd: root, stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}

function circumstances(): Circumstances {
  const cores = availableParallelism()
  const browser = findBrowser()
  return {
    day: new Date().toISOString().slice(0, 10), commit: said('git', 'rev-parse', '--short=10', 'HEAD'), isLong: isLong ?? false, cores, load: loadavg()[0] ?? 0,
    machine: `${cores} processors (${cpus()[0]?.model.trim() ?? 'of unknown kind'}), ${Math.round(totalmem() / 1e9)} GB of memory, ${process.platform} ${release()}`,
    versions: [`Node ${process.versions.node}`, ...(browser ? [said(browser, '--version').split('\n')[0] ?? ''] : []), ...measuredPackages.map((name) => `${name} ${versionOf(name)}`)].join(', '),
  }
}

const measuredPackages = ['express', 'socket.io', 'sqlite3', 'kysely', 'sharp', 'zod', 'leaflet']
const versionOf = (name: string): string => z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))).version

/** The load that the system tells is of the last minute: of the part before, too. */
async function untilQuiet(): Promise<void> {
  const until = Date.now() + longestQuietMilliseconds
  while ((loadavg()[0] ?? 0) > availableParallelism() * 0.75 && Date.now() < until) await setTimeout(1_000)
}
const longestQuietMilliseconds = 60_000

const root = resolve(import.meta.dirname, '../..')
const page = join(root, 'docs/figures.md')
const written = () => (existsSync(page) ? sectionsOf(readFileSync(page, 'utf8')) : new Map<string, string>())
if (pageOnly) {
  writeFileSync(page, pageOf(parts, written()))
  process.exit(0)
}

for (const [name, part] of Object.entries(parts)) {
  if (named.length > 0 && !named.includes(name)) continue
  if (writes) await untilQuiet()
  const around = circumstances()
  const figures = await part.measure({ isLong: around.isLong })
  print(name, figures)
  if (!writes) continue
  // After each part, so that a run that is cut short has written what it measured.
  writeFileSync(page, pageOf(parts, written().set(part.title, sectionOf(name, part, figures, around))))
}
process.exit(0)
