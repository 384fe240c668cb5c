import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

// What this machine has beside Node, and the command that brings what it has not.

/** @param {string} name @returns {string | null} where the program lies */
export function findOnPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      if (folder && statSync(file).isFile()) return file
    } catch {
      continue
    }
  }
  return null
}

/** @param {string} name */
export const isOnPath = (name) => findOnPath(name) !== null

/** A Chromium that starts: the one named by CHROMIUM_PATH, the system's, or Playwright's own. @returns {string | null} */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) return runs(named) ? named : null
  const system = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'].map(findOnPath)
  const mac = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']
  return [...system, ...mac, playwrightsOwn()].find((path) => path && runs(path)) ?? null
}

/** Chromium without windows: the same engine draws the same pages with a fifth less of a processor. @returns {string | null} */
export const findShell = () => ['chromium-headless-shell', 'chrome-headless-shell'].map(findOnPath).find((path) => path && runs(path)) ?? null

/** @param {string} path */
const runs = (path) => existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0

/** @returns {string | null} */
function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('playwright-core').chromium.executablePath()
  } catch {
    return null
  }
}

const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
const isDebian = /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release)
const isFedora = /^ID(_LIKE)?=.*(fedora|rhel|centos)/m.test(release)
const isRoot = process.getuid?.() === 0
const sudo = isRoot ? '' : 'sudo '

/** Whether packages of the system can be installed without asking anybody. */
export const canInstall = isDebian && isRoot && isOnPath('apt-get')

/** @param {{ debian: string, fedora: string, mac: string }} names */
function commandFor({ debian, fedora, mac }) {
  const lines = { debian: `${sudo}apt-get install -y ${debian}`, fedora: `${sudo}dnf install -y ${fedora}`, mac }
  if (process.platform === 'darwin') return lines.mac
  if (isDebian) return lines.debian
  if (isFedora) return lines.fedora
  return [`Debian, Ubuntu: ${lines.debian}`, `Fedora: ${lines.fedora}`, `macOS: ${lines.mac}`].join('\n')
}

export const systemPackages = {
  compiler: commandFor({ debian: 'python3 make g++', fedora: 'python3 make gcc-c++', mac: 'xcode-select --install' }),
  perl: commandFor({ debian: 'perl', fedora: 'perl', mac: 'brew install perl' }),
  strace: commandFor({ debian: 'strace', fedora: 'strace', mac: '(system calls can only be traced on Linux)' }),
}
