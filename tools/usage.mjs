// What each command is told behind `--`, in one place: `--help` prints it, and what is not in it is refused before anything begins.

/**
 * `options`: each with the name of its value, `N` for a number, or null for none. `words`: what stands alone, how many of it, and which there are where that is known; `needed`: without it nothing is done; `then`: what may follow the first.
 * @typedef {{ what: string, options: Record<string, { value: string | null, what: string }>, words?: { name: string, most: number, needed?: true, of?: readonly string[], then?: string, what: string }, ends: string }} Usage
 */

const sample = { value: null, what: "the sample's folder and not the mission's" }
const folder = 'DATA_DIR names the folder of the mission, DATABASE_URL its database where a server keeps it.'

/** @type {Record<string, Usage>} */
export const usages = {
  start: {
    what: `Installs and builds what is missing, and serves the mission, or begins one. ${folder} PORT and what else there is stand in README.md.`,
    options: { '--sample': { value: null, what: 'the sample mission, in a folder of its own' } },
    ends: '0: stopped. 74: the disk failed again and again. Otherwise it says why it cannot serve.',
  },
  verify: {
    what: `Looks at a mission whole: its journal, tables, signatures, counters, search and files. Reads only, also while its server runs. ${folder}`,
    options: {
      '--receipt': { value: 'FILE', what: 'what headquarters had, by the receipts in this file' },
      '--anchor': { value: 'FILE|NUMBER:HASH', what: "the journal's chain against heads that were kept outside" },
      '--sample': sample,
    },
    ends: '0: all agrees. 1: something does not, and is named. 2: it could not be looked at.',
  },
  backup: {
    what: `Backs a mission up into one file, also while its server runs. ${folder}`,
    words: { name: 'FILE', most: 1, needed: true, what: 'to be made, best on another disk' },
    options: { '--with-key': { value: null, what: "takes the mission's private key along" }, '--sample': sample },
    ends: '0: the backup is there and whole. 1: it is there, and files that the mission itself has lost are named. 2: there is none.',
  },
  restore: {
    what: 'Unpacks a backup into an empty folder, and checks it.',
    words: { name: 'FILE', most: 1, needed: true, what: 'that a backup made' },
    options: { '--into': { value: 'FOLDER', what: 'and not into DATA_DIR' }, '--sample': sample },
    ends: '0: restored, and everything agrees. 1: restored, and what does not agree is named. 2: not restored.',
  },
  'lead-link': {
    what: `Prints a one-time link for a lead who is locked out; every lead is told of it. ${folder}`,
    words: { name: 'NAME', most: 1, what: 'of the lead, where there are several' },
    options: { '--sample': sample },
    ends: '0: made. 1: which lead is not clear. 2: not made.',
  },
  seed: {
    what: 'Makes an exercise with invented reports in an empty folder, to try how Veedor carries them.',
    options: { '--reports': { value: 'N', what: '10000 unless said' }, '--into': { value: 'FOLDER', what: 'uploads/seeded unless said' } },
    ends: '0: made. 2: not made.',
  },
  fuzz: {
    what: 'Sends mutated pictures of every format to a server of its own. The same seed is the same picture again.',
    options: { '--count': { value: 'N', what: 'mutations of each format, 3000 unless said' }, '--from': { value: 'N', what: 'the first seed, 1000 unless said' } },
    ends: '0: each was answered as it must be. 1: the seeds of those that were not are named.',
  },
  faults: {
    what: 'Lets hundreds of things go wrong, and tells how many were survived. Without a part: both, which takes long.',
    words: { name: 'PART', most: 2, of: ['server', 'phone'], then: 'FAULT', what: 'a server that is killed under fifty senders, or a phone in a real browser; FAULT: one of the phone alone, by its name' },
    options: { '--moments': { value: 'N', what: 'how often the server is killed, 200 unless said' }, '--seed': { value: 'N', what: "of the server's first moment, 1 unless said" } },
    ends: '0: all were survived. 1: those that were not are named.',
  },
  bench: {
    what: 'Measures Veedor beside the plain way, in one run. Without a name: every part.',
    words: { name: 'PART', most: 99, of: ['load', 'reports', 'marker', 'flood', 'pictures', 'broadcast', 'screens', 'million', 'link', 'phone', 'map'], what: 'these alone' },
    options: {
      '--json': { value: null, what: 'one object a line' },
      '--long': { value: null, what: 'all that the usual run shortens' },
      '--write': { value: null, what: 'into docs/figures.md' },
      '--page': { value: null, what: 'measures nothing, and gives that page its parts as they are' },
    },
    ends: '0: measured. 1: not.',
  },
  screenshots: { what: 'Takes the pictures that README.md and docs/ show, and puts them into docs/screens/.', options: {}, ends: '0: taken. 1: not all, and those are named.' },
}

/** @param {string} name @param {Usage} usage */
export function sayUsage(name, { what, options, words, ends }) {
  /** @type {[string, string][]} */
  const rows = Object.entries(options).map(([option, { value, what: about }]) => [value === null ? option : `${option} ${value}`, about])
  if (words) rows.unshift([words.name, words.of ? `${words.of.join(', ')}: ${words.what}` : words.what])
  rows.push(['--help', 'this, and nothing else'])
  const width = Math.max(...rows.map(([left]) => left.length))
  const command = name === 'start' ? 'npm start' : `npm run ${name}`
  const word = words && `${words.name}${words.then ? ` [${words.then}]` : words.most > 1 ? ' ...' : ''}`
  const form = [command, '--', words?.needed ? word : word && `[${word}]`, Object.keys(options).length > 0 && '[OPTIONS]'].filter(Boolean).join(' ')
  return [words || Object.keys(options).length > 0 ? form : command, '', what, '', ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`), '', `Ends with ${ends}`].join('\n')
}

/**
 * Why a command is not begun with these arguments; null where it may be.
 * @param {Usage} usage @param {readonly string[]} args
 */
export function whyNot({ options, words }, args) {
  let alone = 0
  for (let at = 0; at < args.length; at += 1) {
    const one = args[at] ?? ''
    const option = Object.hasOwn(options, one) ? options[one] : undefined
    if (option?.value) {
      at += 1
      const value = args[at]
      if (value === undefined || value.startsWith('--')) return `${one} names nothing: write ${option.value} behind it.`
      if (option.value === 'N' && !/^[1-9]\d{0,15}$/.test(value)) return `${one} must be a whole number from 1, not "${value}".`
    } else if (!option) {
      alone += 1
      if (one.startsWith('-') || !words || alone > words.most || (words.of && !(words.then && alone > 1) && !words.of.includes(one))) return `Nothing is known of "${one}" here.`
    }
  }
  return null
}
