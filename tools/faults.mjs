import { CannotGoOn, endWith, runInPlace } from './steps.mjs'

// npm run faults -- PART: what the tests do at a few moments, at hundreds; each part prints how many it survived. Without a part: all of them.

/** @type {Record<string, string>} */
const parts = {
  server: 'tests/faults/server.ts',
  phone: 'tests/faults/phone.ts',
}

const [first = '', ...rest] = process.argv.slice(2)
const isNamed = first !== '' && !first.startsWith('--')

await endWith(async () => {
  if (isNamed && !parts[first]) throw new CannotGoOn(`There is no part "${first}": choose ${Object.keys(parts).join(', ')}, or none for all.`)
  let worst = 0
  for (const file of isNamed ? [parts[first] ?? ''] : Object.values(parts)) {
    worst = Math.max(worst, await runInPlace(process.execPath, ['--import', 'tsx', file, ...(isNamed ? rest : process.argv.slice(2))]))
  }
  return worst
})
