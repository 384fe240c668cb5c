import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holding } from './hold.mjs'
import { isOnPath, systemPackages } from './machine.mjs'
import { CannotGoOn, lastLines, root, runQuietly, shown, step } from './steps.mjs'

const lockFile = join(root, 'package-lock.json')
const hiddenLockFile = join(root, 'node_modules', '.package-lock.json')
const stampFile = join(root, 'node_modules', '.veedor-stamp')
const log = join(root, '.stamps', 'install.log')
const lock = join(root, '.stamps', 'lock')

const machine = [process.platform, process.arch].join('-')

/** Same packages for the same Node on the same kind of machine: nothing to install. */
const stamp = () => [machine, process.versions.modules, createHash('sha256').update(readFileSync(lockFile)).digest('hex')].join(' ')

const stampThere = () => (existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : null)
const isInstalled = () => stampThere() === stamp()

/** What somebody installed with npm themselves is not installed again. */
function isAsLocked() {
  if (!existsSync(hiddenLockFile) || !(stampThere() ?? machine).startsWith(machine)) return false
  const { '': _own, ...wanted } = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  const { packages: there } = JSON.parse(readFileSync(hiddenLockFile, 'utf8'))
  return Object.entries(wanted).every(([path, { version, optional }]) => (optional && !(path in there)) || there[path]?.version === version) && Object.keys(there).every((path) => path in wanted)
}

/**
 * Installs what `package-lock.json` names, when that is not what lies in `node_modules`.
 * @param {(line: string) => void} say
 * @throws {CannotGoOn} with the next action
 */
export async function ensureInstalled(say) {
  if (isInstalled()) return
  await holding(lock, async () => {
    if (isInstalled()) return
    if (!isAsLocked()) {
      const { code, output } = await step('Installing what Veedor needs (the first time this takes one to three minutes)', () => runQuietly('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline'], log), say)
      if (code !== 0) throw new CannotGoOn(whyNot(output))
    }
    if (!loadsDatabase()) {
      const again = await step('The database module does not load here: compiling it on this machine', () => runQuietly('npm', ['rebuild', 'sqlite3', '--build-from-source', '--ignore-scripts=false'], log), say)
      if (again.code !== 0 || !loadsDatabase()) throw new CannotGoOn(whyNot(`${again.output}\ngyp ERR!`))
    }
    writeFileSync(stampFile, stamp())
  }, () => say('Another start is installing in this folder: waiting for it ...'))
}

const loadsDatabase = () => spawnSync(process.execPath, ['-e', "require('sqlite3')"], { cwd: root, stdio: 'ignore' }).status === 0

/**
 * What stopped the installation, and what to do about it.
 * @param {string} output of npm
 */
function whyNot(output) {
  const more = `All it said is in ${shown(log)}.`
  if (/\bgyp ERR!|node-gyp|prebuild-install/.test(output)) {
    const missing = missingCompiler()
    if (missing.length > 0) return `The database module must be compiled here, and this machine has no ${missing.join(', no ')}. Install that and start again:\n${systemPackages.compiler}\n${more}`
  }
  if (/\bgyp ERR!.*(network|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT)/.test(output)) return `The packages are here, but the database module has none ready for this machine within reach (github.com), and what compiles one (Node's headers, nodejs.org) was not reached either: let this machine reach one of them this once and start again; where Node's headers lie in /usr/include/node, npm_config_nodedir=/usr npm start does without. ${more}`
  if (/ENOSPC/.test(output)) return `The disk is full: make room (about 500 MB) and start again. ${more}`
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT/.test(output)) return `The packages could not be fetched: check the network (or the proxy that npm uses) and start again. ${more}`
  if (/ENOENT/.test(output) && !isOnPath('npm')) return 'npm is not on the PATH: it comes with Node; install Node from https://nodejs.org and start again.'
  return `The installation failed:\n${lastLines(output)}\n${more} Mend what it names and start again.`
}

function missingCompiler() {
  if (process.platform === 'darwin') return spawnSync('xcode-select', ['-p'], { stdio: 'ignore' }).status === 0 ? [] : ['compiler (Command Line Tools)']
  const compiler = ['g++', 'c++', 'clang++'].some(isOnPath) ? [] : ['C++ compiler']
  return [...compiler, ...(isOnPath('make') ? [] : ['make']), ...(isOnPath('python3') ? [] : ['python3'])]
}
