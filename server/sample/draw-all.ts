import { fork } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Order, Orders } from './draw.ts'

export const fileOf = (folder: string, { scene, seed, label }: Order): string => join(folder, `${scene}-${label}-${seed}.jpg`)

/** Draws each picture once into the folder, in a child process: drawing must not keep this one from anything. @throws when the child fails */
export async function drawAll(orders: readonly Order[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const asked: Orders = [...new Map(orders.map((order) => [fileOf(folder, order), order]))].map(([path, order]) => ({ path, order }))
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = fork(fileURLToPath(new URL('draw-child.ts', import.meta.url)), [], { execArgv: ['--import', tsx], env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  await new Promise<void>((done, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`The sample's pictures could not be drawn (exit ${code})`))))
    child.send(asked)
  })
}
