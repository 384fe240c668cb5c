import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { holding } from './hold.mjs'
import { CannotGoOn, lastLines, root, runQuietly, shown, step } from './steps.mjs'

/**
 * What lies in `dist/client`: from which sources, the hashed files of this build, and those of the build before, which phones that have not updated yet still ask for.
 * @typedef {{ stamp: string, assets: string[], assetsBefore: string[] }} Built
 */

const sources = ['client', 'shared', 'vite.config.ts', 'tools/phone-worker.ts', 'tools/build-apps.mjs', 'package-lock.json', 'tsconfig.json']
const served = join(root, 'dist', 'client')
const next = join(root, 'dist', 'next')
const record = join(root, 'dist', 'build.json')
const log = join(root, '.stamps', 'build.log')
const lock = join(root, '.stamps', 'lock')
const program = join(root, 'tools', 'build-apps.mjs')

/** @param {string} folder @returns {string[]} paths below it, sorted */
function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
}

function sourcesStamp() {
  const hash = createHash('sha256')
  for (const source of sources) {
    const path = join(root, source)
    const files = /\./.test(source) ? [path] : filesBelow(path).map((file) => join(path, file))
    for (const file of files) if (existsSync(file)) hash.update(`${shown(file)}\n`).update(readFileSync(file)).update('\n')
  }
  return hash.digest('hex')
}

/** @returns {Built | null} */
const builtBefore = () => (existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : null)

/**
 * Builds the three apps when their sources are not those of the last build.
 * @param {(line: string) => void} say
 * @throws {CannotGoOn} when they do not build; what was served before still is
 */
export async function ensureClient(say) {
  if (builtBefore()?.stamp === sourcesStamp()) return
  await holding(lock, async () => {
    const stamp = sourcesStamp()
    if (builtBefore()?.stamp === stamp) return
    rmSync(next, { recursive: true, force: true })
    const { code, output } = await step('Building the apps', () => runQuietly(process.execPath, [program, next], log), say)
    if (code !== 0) throw new CannotGoOn(`The apps could not be built:\n${lastLines(output)}\nAll it said is in ${shown(log)}.`)
    publish(stamp)
  }, () => say('Another start is building in this folder: waiting for it ...'))
}

/**
 * Puts the new build in the place of the old one: hashed files first, pages last, so that each page served finds its files.
 * @param {string} stamp
 */
function publish(stamp) {
  const before = builtBefore()
  const files = filesBelow(next)
  const assets = files.filter(isAsset)
  const isSame = before !== null && before.assets.join() === assets.join()
  const assetsBefore = isSame ? before.assetsBefore : (before?.assets ?? [])
  for (const file of [...assets, ...files.filter((file) => !isAsset(file))]) {
    mkdirSync(dirname(join(served, file)), { recursive: true })
    renameSync(join(next, file), join(served, file))
  }
  const kept = new Set([...files, ...assetsBefore])
  for (const file of filesBelow(served)) if (!kept.has(file)) rmSync(join(served, file))
  rmSync(next, { recursive: true })
  writeFileSync(record, JSON.stringify(/** @type {Built} */ ({ stamp, assets, assetsBefore })))
}

/** @param {string} file */
const isAsset = (file) => file.startsWith('assets/')

/** The command that builds again at each change, into the served folder; what it leaves is nobody's last build. */
export function watchCommand() {
  rmSync(record, { force: true })
  return [program, served, '--watch']
}
