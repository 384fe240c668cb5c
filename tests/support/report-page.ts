import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeAll } from 'vitest'
import { partsOf } from '../../shared/photos.ts'
import { getReportCall } from '../../shared/reports.ts'
import { desktop, openShell, pageOf } from './browser.ts'
import { setRules, setUp } from './desk.ts'
import { startHouse } from './house.ts'
import type { Caller, TestHouse } from './house.ts'
import { watchedPages } from './watched.ts'

// The page of one report and the studio where its pictures are released: a file of tests that begins with `withDesks()` has a mission with one author and two who may judge.

export let browser: Browser
export let house: TestHouse
export let lead: Caller
export let ana: Caller
export let bruno: Caller
export let carla: Caller
let keep: ReturnType<typeof watchedPages>
let seed = 7000
/** For a picture that no other is like. */
export const nextSeed = (): number => seed++

/** Starts the mission and the browser for a file of tests; each test's pages must have gone without a fault, and its rules end with it. */
export function withDesks(): void {
  beforeAll(async () => {
    house = await startHouse({ exercise: true })
    browser = await openShell()
    lead = await house.person('lead')
    ana = await house.person('observer', { name: 'Ana Canaria', organisation: 'Delegation A' })
    bruno = await house.person('coordinator', { name: 'Bruno Rivas', organisation: 'Network B' })
    carla = await house.person('coordinator', { name: 'Carla Young', organisation: 'Delegation C' })
    await setUp(house, lead)
    await setRules(lead, { eyes: 1 })
  })
  keep = watchedPages(() => ({ browser, house }))
  afterEach(() => setRules(lead, { eyes: 1 }))
}

export async function deskOf(caller: Caller, at: string, options: BrowserContextOptions = {}): Promise<Page> {
  const opened = await pageOf(browser, house, caller, { ...desktop, at, ...options })
  return keep(opened)
}

export const reportOf = async (id: string) => (await bruno.call(getReportCall, { id })).reply
export const kindsOf = async (id: string) => (await reportOf(id)).history.map(({ kind }) => kind)
export const panel = (page: Page) => page.getByRole('region', { name: 'Your verdict' })
export const releaseAt = (photo: string) => `/room/reports/${partsOf(photo).reportId}/release/${partsOf(photo).sha256}`
