import { CannotGoOn, endWith, runInPlace } from './steps.mjs'

// npm run faults -- PART: what the tests do at a few moments, at hundreds; each part prints how many it survived. Without a part: all of them.

/** @type {Record<string, string>} */
const parts = {
  server: 'tests/faults/server.ts',
  phone: 'tests/faults/phone.ts',
}

/** @type {string[]} */
const options = []
/** @type {string[]} */
const words = []
const args = process.argv.slice(2)
for (let at = 0; at < args.length; at += 1) {
  if (args[at]?.startsWith('--')) options.push(args[at] ?? '', args[(at += 1)] ?? '')
  else words.push(args[at] ?? '')
}
const [part, fault] = words

await endWith(async () => {
  if (part && !parts[part]) throw new CannotGoOn(`There is no part "${part}": choose ${Object.keys(parts).join(', ')}, or none for all.`)
  if (part === 'server' && fault) throw new CannotGoOn(`Only a fault of the phone is named alone, not "${fault}".`)
  if (part === 'phone' && options.length > 0) throw new CannotGoOn(`${options[0]} is about the server: npm run faults -- server ${options.join(' ')}`)
  let worst = 0
  for (const [name, file] of Object.entries(parts)) {
    if (part && part !== name) continue
    worst = Math.max(worst, await runInPlace(process.execPath, ['--import', 'tsx', file, ...(name === 'server' ? options : fault ? [fault] : [])]))
  }
  return worst
})
