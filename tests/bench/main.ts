import { firstLoad } from './first-load.ts'
import { flood } from './flood.ts'
import { durableReports } from './reports.ts'
import { sendToMarker } from './send-to-marker.ts'

// Figures beside the plain way, in one run: `npm run bench`, `-- reports` for one part, or `-- --json` for one object a line. These machines are noisy: the ratio is what to look at, and no test asserts a time.

/** `ours` and `plain` in `unit`; `ratio` is ours over plain. */
export type Figure = { name: string; ours: number; plain: number; ratio: number; unit: string }

const asJson = process.argv.includes('--json')
const round = (value: number): number => Number(value.toPrecision(3))

function print(figures: Figure[]): void {
  const rows = figures.map(({ name, ours, plain, ratio, unit }) => ({ name, ours: round(ours), plain: round(plain), ratio: round(ratio), unit }))
  if (asJson) for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`)
  else {
    const width = Math.max(...rows.map((row) => row.name.length))
    process.stdout.write(`${'figure'.padEnd(width)}  ${'ours'.padStart(10)}  ${'plain'.padStart(10)}  ${'ratio'.padStart(6)}  unit\n`)
    for (const row of rows) process.stdout.write(`${row.name.padEnd(width)}  ${String(row.ours).padStart(10)}  ${String(row.plain).padStart(10)}  ${String(row.ratio).padStart(6)}  ${row.unit}\n`)
  }
}

const parts: Record<string, () => Promise<Figure[]>> = { load: firstLoad, reports: durableReports, marker: sendToMarker, flood }
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = named.find((name) => !parts[name])
if (unknown !== undefined) {
  process.stderr.write(`There is no figure "${unknown}": choose ${Object.keys(parts).join(', ')}, or none for all.\n`)
  process.exit(1)
}

const figures: Figure[] = []
for (const [name, measure] of Object.entries(parts)) if (named.length === 0 || named.includes(name)) figures.push(...(await measure()))
print(figures)
process.exit(0)
