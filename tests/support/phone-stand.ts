import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import type { Severity } from '../../shared/basics.ts'
import { listReportsCall } from '../../shared/reports.ts'
import type { ReportLine } from '../../shared/reports.ts'
import { makeBackup } from '../../server/backup.ts'
import { restoreBackup } from '../../server/restore.ts'
import { openFiles } from '../../server/platform/files/files.ts'
import type { Files } from '../../server/platform/files/files.ts'
import { openBadNetwork } from './bad-network.ts'
import type { BadNetwork } from './bad-network.ts'
import { patient, signIn } from './browser.ts'
import { atFirstStation, phonePicture, setUp } from './desk.ts'
import { callerOf, startHouse, wallClock } from './house.ts'
import type { Caller } from './house.ts'
import { killPhone, openPhone, originalsOn, pickFrom, whileStill } from './kept-phone.ts'
import type { KeptPhone } from './kept-phone.ts'
import { startServer } from './process.ts'
import type { Running } from './process.ts'
import { hashOf } from './reports.ts'

const quietly = { now: wallClock.now, say: () => undefined }

/** A report that its author has finished, and what it has to be at headquarters in the end. */
export type Finished = { id: string; pictures: string[] }

/** A phone with a profile that outlives its browser, a network that does what it is told, and a server that is a process of its own. */
export type Stand = {
  network: BadNetwork
  server: () => Running
  observer: Caller
  lead: Caller
  desk: Caller
  files: Files
  phone: KeptPhone
  page: Page
  /** Everything that was finished on the phone. */
  finished: Finished[]
  /** Files a report about the first category that is offered; resolves when the phone shows it as saved. `files`: pictures on the phone's disk. */
  file: (given?: { files?: string[]; words?: string; severity?: Severity }) => Promise<Finished>
  picture: (seed: number, size?: [number, number]) => Promise<{ path: string; sha256: string; bytes: Buffer }>
  delivery: (kind: string) => Promise<void>
  open: () => Promise<void>
  kill: () => Promise<void>
  /** The phone's system does not let its pages run while this happens. */
  whileStill: (meanwhile: () => Promise<void>) => Promise<void>
  restart: (signal?: NodeJS.Signals) => Promise<void>
  /** Backs the mission up while its server runs, and says into which file. */
  backup: () => Promise<string>
  /** The mission is lost, and what was backed up comes back at the same address. */
  restore: (path: string) => Promise<void>
  /** What headquarters has. */
  there: () => Promise<ReportLine[]>
  /** Every finished report is at headquarters exactly once, its originals to the byte; and nothing is there that nobody filed. */
  untilWhole: () => Promise<void>
  /** Nothing is lost: what is not at headquarters is on the phone. */
  nothingLost: () => Promise<void>
  close: () => Promise<void>
}

export async function openStand(): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-stand-'))
  const profile = join(folder, 'profile')
  const data = join(folder, 'data')
  const house = await startHouse({ folder: data, clock: wallClock })
  const setter = await house.person('lead')
  await setUp(house, setter)
  const keeper = await house.person('coordinator', { language: 'es' })
  const author = await house.person('observer', { name: 'Ana Paz', language: 'es' })
  await house.stop()
  let server = await startServer({ folder: data })
  const network = await openBadNetwork(server.address)
  const as = ({ id, role, cookie }: Caller) => callerOf({ address: server.address }, { id, role, token: cookie.replace(/^veedor=/, '') })
  const [lead, desk] = [as(setter), as(keeper)]
  const files = await openFiles(data)

  const open = async () => {
    stand.phone = await openPhone(profile, atFirstStation)
    stand.page = stand.phone.page
    await signIn(stand.phone.context, network, author)
    await stand.page.goto(`${network.address}/observer/`)
    await button('Sin foto').waitFor()
  }
  const button = (name: string) => stand.page.getByRole('button', { name, exact: true })
  const delivered = async () => (await lead.call(listReportsCall, { limit: 200 })).reply.reports

  const stand: Stand = {
    network, lead, desk, files, there: delivered, observer: as(author), finished: [], server: () => server,
    phone: undefined as never, page: undefined as never,
    open,
    kill: () => killPhone(stand.phone, profile),
    whileStill: (meanwhile) => whileStill(profile, meanwhile),
    restart: async (signal = 'SIGKILL') => {
      await server.stop(signal)
      server = await startServer({ folder: data, port: Number(new URL(server.address).port) })
    },
    backup: async () => {
      const path = join(folder, `${stand.finished.length}.tar`)
      await makeBackup({ dataFolder: data, path, withKey: true, ...quietly })
      return path
    },
    restore: async (path) => {
      await server.stop()
      await rm(data, { recursive: true })
      await restoreBackup({ path, dataFolder: data, ...quietly })
      server = await startServer({ folder: data, port: Number(new URL(server.address).port) })
    },
    picture: async (seed, size = [900, 700]) => {
      const bytes = await phonePicture(seed, size)
      const path = join(folder, `IMG_${seed}.jpg`)
      await writeFile(path, bytes)
      return { path, bytes, sha256: hashOf(bytes) }
    },
    file: async ({ files: paths = [], words = '', severity } = {}) => {
      const { page } = stand
      if (paths.length > 0) await pickFrom(page, paths.length > 1 ? 'Galería' : 'Cámara', paths)
      else await button('Sin foto').tap()
      await page.waitForURL(/draft=/)
      const id = new URL(page.url()).searchParams.get('draft') ?? ''
      await page.locator('[data-category]').first().tap()
      if (severity) await page.locator('main select').selectOption(severity)
      if (words) await page.getByLabel('Palabras').fill(words)
      await button('Guardar').tap()
      await page.locator(`[data-report="${id}"]`).waitFor(patient)
      // The way back from the form is a step of the history, which the browser may take a moment later: a page that is loaded anew meanwhile is not.
      await page.waitForURL((url) => !url.searchParams.has('draft'), patient)
      const one = { id, pictures: await Promise.all(paths.map(async (path) => hashOf(await readFile(path)))) }
      stand.finished.push(one)
      return one
    },
    delivery: (kind) => stand.page.locator(`[data-delivery=${kind}]`).waitFor(patient),
    untilWhole: async () => {
      // What a moment ago was all of it may have said so still: headquarters is asked until it has everything, once.
      const whole = stand.finished.map(({ id, pictures }) => `${id} ${pictures.length} ${pictures.length}`).sort()
      await expect.poll(async () => (await delivered()).map(({ id, photoCount, photosReceived }) => `${id} ${photoCount} ${photosReceived}`).sort(), patient).toEqual(whole)
      await stand.delivery('delivered')
      for (const { pictures } of stand.finished) {
        for (const sha256 of pictures) expect(hashOf(await readFile(files.originals.path(sha256)))).toBe(sha256)
      }
    },
    nothingLost: async () => {
      const [there, kept] = [await delivered(), await originalsOn(stand.page)]
      for (const { id, pictures } of stand.finished) {
        const line = there.find((one) => one.id === id)
        if (line && line.photosReceived === pictures.length) continue
        const here = kept.filter(({ report, sha256, hashed }) => report === id && sha256 === hashed).map(({ sha256 }) => sha256)
        for (const sha256 of pictures) expect(here.includes(sha256) || (await files.originals.has(sha256)), `${sha256} of ${id}`).toBe(true)
      }
    },
    close: async () => {
      await stand.phone.context.close().catch(() => undefined)
      await network.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await open()
  return stand
}
