import { accessSync, constants, mkdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CannotGoOn, root } from './steps.mjs'

const beatMilliseconds = 2_000
const staleMilliseconds = 15_000

/**
 * Does work while no other process does work under the same folder name. The holder touches the folder while it lives, so one left by a killed process is told by its age.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @param {() => void} waiting called once when another process holds it
 * @returns {Promise<T>}
 * @throws {CannotGoOn} when this account may not write here
 */
export async function holding(folder, work, waiting) {
  try {
    accessSync(root, constants.W_OK)
    mkdirSync(dirname(folder), { recursive: true })
  } catch {
    throw new CannotGoOn(`Something must be installed or built first, and this account may not write in ${root}: start once as the owner of that folder.`)
  }
  let told = false
  while (!take(folder)) {
    if (!told) waiting()
    told = true
    await wait(300)
  }
  const beat = setInterval(() => {
    const now = new Date()
    utimesSync(folder, now, now)
  }, beatMilliseconds)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} folder */
function take(folder) {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  try {
    if (Date.now() - statSync(folder).mtimeMs < staleMilliseconds) return false
    const aside = `${folder}.${process.pid}`
    renameSync(folder, aside)
    rmSync(aside, { recursive: true, force: true })
  } catch (error) {
    // Its holder, or another that waits, was faster.
    if (codeOf(error) !== 'ENOENT') throw error
  }
  return false
}

/** @param {unknown} error */
const codeOf = (error) => (error instanceof Error && 'code' in error ? error.code : null)
