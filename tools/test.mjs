import './node-version.mjs'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureClient } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { canInstall, findBrowser, findShell, isOnPath, systemPackages } from './machine.mjs'
import { CannotGoOn, endWith, root, runInPlace } from './steps.mjs'

// npm test: installs what is missing, finds a browser, builds the apps, checks types and lint, runs every test (or the files named). The last line is `N passed, N failed`, and `, N skipped` when some were.

const files = process.argv.slice(2)
const counts = { passed: 0, failed: 0, skipped: 0 }
const countsFile = join(root, '.stamps', 'test-counts.json')
/** What stands before the last line; what failed comes last. @type {string[]} */
const notes = []

/** @param {string} name @param {boolean} hasPassed */
function count(name, hasPassed) {
  counts[hasPassed ? 'passed' : 'failed'] += 1
  if (!hasPassed) notes.push(`Failed: ${name}`)
}

const named = process.env.CHROMIUM_PATH

/** Programs that some tests need beside Node, and how to get them. */
const needs = [
  { name: 'browser that starts', debian: named ? null : 'chromium', isThere: () => findBrowser() !== null, without: 'the journeys', mend: named ? `unset CHROMIUM_PATH, which names ${named}` : 'npx playwright-core install chromium' },
  { name: 'perl', debian: 'perl', isThere: () => isOnPath('perl'), without: 'tests that read files with ExifTool', mend: systemPackages.perl },
  { name: 'strace', debian: 'strace', isThere: () => isOnPath('strace'), without: 'the trace of system calls', mend: systemPackages.strace },
]

/** @param {string[]} args */
const apt = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })

/** Brings what can be brought without asking, and notes what is not there. */
function prepareMachine() {
  const missing = needs.filter((need) => !need.isThere())
  const packages = missing.flatMap((need) => need.debian ?? [])
  if (packages.length > 0 && canInstall) {
    console.log(`Installing ${packages.join(', ')} from the system's packages ...`)
    apt('update', '-q')
    apt('install', '-y', '-q', '--no-install-recommends', ...packages)
    // A help only, by itself: not every Debian has it, and without it the browser draws the screens.
    if (packages.includes('chromium')) apt('install', '-y', '-q', '--no-install-recommends', 'chromium-headless-shell')
  }
  for (const need of missing) if (!need.isThere()) notes.push(`Not run: ${need.without}, because this machine has no ${need.name}. To mend it: ${need.mend}`)
}

/** Without a browser the journeys are skipped; where the whole is judged, that is a failure. @returns {string[]} what Vitest is told */
function chooseBrowser() {
  const browser = findBrowser()
  if (browser) {
    process.env.CHROMIUM_PATH = browser
    process.env.HEADLESS_SHELL_PATH = (named ? null : findShell()) ?? browser
    return []
  }
  if (process.env.CI) count('the journeys need a browser', false)
  else counts.skipped += readdirSync(join(root, 'tests/journeys'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts')).length
  return ['--project', 'rest', '--project', 'postgres']
}

/** @param {string} title @param {string} program below node_modules @param {string[]} args */
async function check(title, program, args) {
  console.log(`${title} ...`)
  count(title, (await runInPlace(process.execPath, [join(root, 'node_modules', program), ...args])) === 0)
}

/** @param {string[]} options */
async function runTests(options) {
  mkdirSync(join(root, '.stamps'), { recursive: true })
  rmSync(countsFile, { force: true })
  const reporters = ['--reporter=default', `--reporter=${join(root, 'tools/counts-reporter.mjs')}`]
  const code = await runInPlace(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...options, ...files], { COUNTS_FILE: countsFile, UV_THREADPOOL_SIZE: '16' })
  const told = existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, 'utf8')) : null
  if (!told) return count('the tests: they did not come to their end', false)
  counts.passed += told.passed
  counts.failed += told.failed.length
  counts.skipped += told.skipped.length
  notes.unshift(...told.skipped.map((/** @type {string} */ name) => `Skipped: ${name}`))
  notes.push(...told.failed.map((/** @type {string} */ name) => `Failed: ${name}`))
  if (code !== 0 && told.failed.length === 0) count('the tests: they ended with an error', false)
}

await endWith(async () => {
  await ensureInstalled(console.log)
  prepareMachine()
  const options = chooseBrowser()
  await ensureClient(console.log).then(() => count('build of the apps', true), (error) => {
    if (!(error instanceof CannotGoOn)) throw error
    console.error(error.message)
    count('build of the apps', false)
  })
  if (files.length === 0) {
    await Promise.all([check('Checking types', 'typescript/bin/tsc', ['--noEmit']), check('Linting', 'eslint/bin/eslint.js', ['.'])])
  }
  await runTests(options)
  for (const note of notes) console.log(note)
  console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`)
  return counts.failed > 0 ? 1 : 0
})
