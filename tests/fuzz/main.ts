import { fuzz, seeds } from '../support/fuzz.ts'
import { startHouse } from '../support/house.ts'

// Mutated pictures of every format through the front door: `npm run fuzz`, or `-- --count 10000 --from 300`. Exit 1 and the seed's number where something was not as it may be; the figures are told, not judged.

const option = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? usual : Number(process.argv[at + 1])
}

const [count, from] = [option('count', 3_000), option('from', 1_000)]
const house = await startHouse()
let faults = 0
try {
  process.stdout.write(`${count} mutations of each, from seed ${from} on\n`)
  for (const kind of Object.keys(seeds)) {
    const desk = await house.person('coordinator')
    const { refused, unreadable, ready, wrong, mostBytes, serverGrewBytes, slowestHealthMs } = await fuzz(house, desk, kind, from, count)
    faults += wrong.length
    process.stdout.write(`${kind.padEnd(18)} ${refused} refused, ${unreadable} unreadable, ${ready} shown; a child held ${Math.round(mostBytes / 1e6)} MB at most, /health took ${Math.round(slowestHealthMs)} ms at most, the server grew by ${Math.round(serverGrewBytes / 1e6)} MB at most\n`)
    for (const line of wrong) process.stdout.write(`  ${line}\n`)
  }
} finally {
  await house.stop()
}
process.exit(faults === 0 ? 0 : 1)
