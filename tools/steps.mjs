import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** The reason why this tool cannot go on. Its message tells the next action. */
export class CannotGoOn extends Error {}

const everyMilliseconds = 10_000

/**
 * Tells what begins, how long it has taken meanwhile, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} say
 * @returns {Promise<T>}
 */
export async function step(title, work, say) {
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 1000)
  say(`${title} ...`)
  const telling = setInterval(() => say(`  ${seconds()} s`), everyMilliseconds)
  try {
    const result = await work()
    say(`  done in ${seconds()} s`)
    return result
  } finally {
    clearInterval(telling)
  }
}

/**
 * Runs a program with its output going to a log file instead of the screen.
 * @param {string} program
 * @param {string[]} args
 * @param {string} log
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runQuietly(program, args, log) {
  mkdirSync(dirname(log), { recursive: true })
  const file = createWriteStream(log)
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } })
  const signals = passSignals(child)
  child.stdout.pipe(file, { end: false })
  child.stderr.pipe(file, { end: false })
  const code = await new Promise((done) => {
    child.once('error', (error) => {
      file.write(`${error.message}\n`)
      done(1)
    })
    child.once('close', (exit) => done(exit ?? 1))
  })
  await new Promise((done) => file.end(done))
  const stopped = signals.end()
  if (stopped) throw new CannotGoOn(`Stopped by ${stopped}.`)
  return { code, output: readFileSync(log, 'utf8') }
}

/**
 * Runs a program in this one's place: same screen, same signals, same end.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [environment] added to this one's
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal ended it
 */
export function runInPlace(program, args, environment = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
    const signals = passSignals(child)
    child.once('error', fail)
    child.once('exit', (code, signal) => {
      signals.end()
      done(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * While a child runs, who stops this process stops the child, and this process ends after it.
 * @param {import('node:child_process').ChildProcess} child
 */
function passSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const names = ['SIGTERM', 'SIGINT', 'SIGHUP']
  /** @type {NodeJS.Signals | null} */
  let heard = null
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    heard = signal
    child.kill(signal)
  }
  for (const name of names) process.on(name, passOn)
  return {
    /** @returns {NodeJS.Signals | null} the signal that was passed on */
    end: () => {
      for (const name of names) process.off(name, passOn)
      return heard
    },
  }
}

/** @param {string} path */
export const shown = (path) => relative(root, path)

/**
 * The end of what a program said, without colours and without the places in its own code.
 * @param {string} text
 */
export function lastLines(text) {
  const plain = text.replace(/\u001b\[[\d;]*m/g, '')
  return plain.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line)).slice(-15).join('\n')
}

/**
 * Does a tool's work and ends this process with its code; what it cannot go on from is said in one sentence.
 * @param {() => Promise<number>} work
 */
export async function endWith(work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    console.error(error instanceof CannotGoOn ? error.message : error)
    process.exitCode = 1
  }
}
