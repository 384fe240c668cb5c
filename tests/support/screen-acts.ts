import type { Amendment } from '../../shared/amendments.ts'
import { roomCountsCall } from '../../shared/counts.ts'
import { mapWindowCall } from '../../shared/map.ts'
import { ReportPage, reportPointsCall } from '../../shared/reports.ts'
import type { Sealed } from '../../shared/sealed.ts'
import { seal } from '../../client/kit/seal.ts'
import type { Locator, Page, Route } from 'playwright-core'
import type { Stage } from './screen-stage.ts'
import { fileOne } from './screen-phone.ts'
import type { Kept } from './screen-phone.ts'
import type { Words } from './screen-words.ts'

// What is done on a screen before it is looked at: how it is come to, and what the server is made to say that cannot be had otherwise.

/** One look at a screen, in one language. */
export type Visit = { page: Page; words: Words; stage: Stage; kept: Kept; cut: () => Promise<void>; endSession: () => Promise<unknown> }

export const button = (page: Page, name: string, exact = true): Locator => page.getByRole('button', { name, exact }).first()
export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name, exact: true }).first()
export const noAnswer = ({ page }: Visit) => page.route('**/api/me', (route) => route.abort())
export const refusePosition = async ({ page, stage }: Visit) => {
  await page.context().clearPermissions()
  const session = await page.context().newCDPSession(page)
  await session.send('Browser.setPermission', { permission: { name: 'geolocation' }, setting: 'denied', origin: stage.sample.address })
}
const times = 4_321
/** The room as it is with some thousand times as many reports as it is sent; those that are alone in their area stay so. */
export const cutShort = async ({ page }: Visit) => {
  await page.route('**/api/points*', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ json: { ...reportPointsCall.reply.parse(await response.json()), isMore: true } })
  })
  await page.route('**/api/map?*', async (route) => {
    const response = await route.fetch()
    const told = mapWindowCall.reply.parse(await response.json())
    const more = (counts: readonly number[]) => counts.map((count, at) => count * (told.lone.cell.includes(at) ? 1 : times))
    const placed = told.placed * times - told.lone.cell.length * (times - 1)
    const ofEach = (counts: typeof told.open) => ({ critical: more(counts.critical), high: more(counts.high), medium: more(counts.medium), low: more(counts.low) })
    await route.fulfill({ json: { ...told, total: placed + (told.total - told.placed) * times, placed, ...ofEach(told), open: ofEach(told.open) } })
  })
  await page.route('**/api/counts*', async (route) => {
    const response = await route.fetch()
    const { queue, times: when, ...told } = roomCountsCall.reply.parse(await response.json())
    const bins = when && { ...when, most: when.most * times, bins: when.bins.map((bin) => ({ ...bin, critical: bin.critical * times, high: bin.high * times, rest: bin.rest * times })) }
    await route.fulfill({ json: { ...told, queue: { ...queue, total: queue.total * times, notLooked: queue.notLooked * times, inReview: queue.inReview * times, critical: queue.critical * times }, times: bins } })
  })
}
export const nowhere = '01890000-0000-7000-8000-000000000000'
/** Home: the phone opens again where its owner was, and that may be a draft. */
export const homeFromDraft = async (page: Page, words: Words): Promise<void> => {
  const close = button(page, words.common.buttons.close)
  await close.or(page.locator('[data-report]')).first().waitFor()
  if (await close.isVisible()) await close.click()
}
/** Only a page that is told of what comes can lose that. */
export const untilLive = (page: Page) => page.locator('[data-state=live]').first().waitFor()
/** What a release waits for: the three answers and a text for those who do not see the picture, and then its question. */
export const fillRelease = async ({ page, words: { release } }: Visit) => {
  for (const question of Object.values(release.questions)) await page.getByRole('group', { name: question }).getByText(release.no, { exact: true }).click()
  for (const text of await page.getByLabel(new RegExp(`^${release.alternative('')}`)).all()) await text.fill('Ballot papers on a table. / Papeletas sobre una mesa.')
  await button(page, release.release, false).click()
}
/** A delegation of thirty, with lines of several faults. */
export const readList = async ({ page, words: { delegation }, stage }: Visit) => {
  await button(page, delegation.importList).click()
  await page.locator('input[type=file]').setInputFiles({ name: 'delegación.csv', mimeType: 'text/csv', buffer: Buffer.from(stage.delegation) })
}
/** Somebody who has a passphrase, and showed it too long ago. */
export const askedForProof = async ({ page }: Visit) => {
  await page.route('**/api/people/*/link', (route) => route.fulfill({ status: 403, json: { problem: 'not_allowed', fields: [{ path: 'session', reason: 'needs_proof' }] } }))
  await page.route('**/api/sign-in/mine', (route) => route.fulfill({ json: { name: 'zoila', proposedName: 'zoila', passkeys: [], passphraseSince: '2027-02-28T12:00:00.000Z', recoveryCodesLeft: 10, asked: true, ended: null } }))
}
/** How somebody signs in who made a passkey on two devices, and had one of them ended by a lead. */
export const withPasskeys = async ({ page }: Visit) => {
  const made = { host: 'localhost', here: true, madeAt: '2027-02-27T12:00:00.000Z' }
  const ways = { name: 'victoria', passkeys: [{ ...made, id: 'AAAA', device: 'Chrome · Windows', lastUsedAt: '2027-02-28T11:40:00.000Z' }, { ...made, id: 'BBBB', device: 'Safari · iPhone', lastUsedAt: null }], passphraseSince: '2027-02-26T18:10:00.000Z', recoveryCodesLeft: 8 }
  await page.route('**/api/people/*/ways', (route) => route.fulfill({ json: ways }))
  await page.route('**/api/sign-in/mine', (route) => route.fulfill({ json: { ...ways, proposedName: 'victoria', asked: true, ended: { what: 'passkey', by: 'Zoila Ejemplo', at: '2027-02-28T12:05:00.000Z' } } }))
}
export const openSignIns = async ({ page, words: { people } }: Visit) => {
  await page.getByRole('button', { name: people.menu('Victoria Example') }).click()
  await page.getByRole('menuitem', { name: people.signIns }).click()
}
/** Files that a hand holds over the page: a browser tells of it again and again, for as long as the page is there. */
export const holdsFiles = ({ page }: Visit) => page.evaluate(() => {
  const held = new DataTransfer()
  held.items.add(new File(['x'], 'veedor-2027-02-28.veedor'))
  setInterval(() => document.querySelector('main')?.dispatchEvent(new DragEvent('dragover', { dataTransfer: held, bubbles: true, cancelable: true })), 350)
})
/** A picture that is no sealed file, and a sealed file with a report that arrives, with two pictures of three, and one that no phone signed; and a correction that arrives, and a withdrawal that no phone signed. */
export const bringSealed = async ({ page, stage, words: { fileFor } }: Visit) => {
  const photos = ['1', '2', '3'].map((one) => ({ sha256: one.repeat(64), sizeBytes: 1 }))
  const statement = JSON.stringify({ author: nowhere })
  const later = (type: Amendment['type']) => JSON.stringify({ v: 1, mission: nowhere, type, id: nowhere, reportId: nowhere, author: nowhere, times: { finishedAt: '2027-02-28T20:00:00.000Z', zone: 'UTC' }, words: 'x', language: 'es', photos: [] } satisfies Amendment)
  const head: Sealed = { v: 1, mission: nowhere, reports: [{ id: nowhere, statement, signature: 'x', photos }, { id: nowhere.replace('89', '8a'), statement, photos: [] }], amendments: (['correction', 'withdrawal'] as const).map((type, at) => ({ report: nowhere, id: nowhere.replace('89', `8${at}`), statement: later(type), ...(at === 0 && { signature: 'x' }), photos: [] })) }
  const received = (route: Route) => route.fulfill({ status: 201, json: { id: nowhere, number: 4812, receivedAt: '2027-02-28T20:00:00.000Z', signed: `e30.${'A'.repeat(86)}` } })
  await page.route('**/api/carried-amendments', (route) => ((route.request().postData() ?? '').includes('correction') ? received(route) : route.continue()))
  await page.route('**/api/carried-reports', (route) => {
    const form = route.request().postData() ?? ''
    if (form.includes('3'.repeat(64))) return route.fulfill({ status: 415, json: { problem: 'wrong_type' } })
    return form.includes(nowhere.replace('89', '8a')) ? route.continue() : received(route)
  })
  const sealed = await seal(new Blob([`${JSON.stringify(head)}\n123`]), stage.sample.doors.missionKey.sealedTo)
  await page.getByLabel(fileFor.fromPhone.title).last().setInputFiles([{ name: 'veedor-2027-02-28.veedor', mimeType: 'application/octet-stream', buffer: Buffer.from(await sealed.arrayBuffer()) }, { name: 'IMG-20270228-WA0007.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('x') }])
}
/** As the sample would be if it were no exercise. */
export const inRealMission = ({ page }: Visit) => page.route('**/api/me', async (route) => {
  const response = await route.fetch()
  const me = (await response.json()) as { mission: object }
  await route.fulfill({ response, json: { ...me, mission: { ...me.mission, exercise: false } } })
})
export const inQuarantine = ({ page }: Visit) => page.route(/\/api\/reports\/[0-9a-f-]{36}$/, async (route) => {
  const response = await route.fetch()
  const report = ReportPage.parse(await response.json())
  await route.fulfill({ response, json: { ...report, may: ['change'], quarantine: { by: 'Zoila Ejemplo', at: '2027-02-28T20:14:00.000Z', reason: 'Tres fotografías de otro lugar.' } } })
})
/** Notes of others and of one's own, one struck out. */
export const withNotes = (mayWrite: boolean) => async ({ page, stage }: Visit) => {
  const own = (await stage.named('Ulises')).id
  const other = { id: nowhere, name: 'Beatriz Ejemplo' }
  const notes = [
    { id: nowhere.replace(/.$/, '1'), by: other, words: 'La jefa del centro no contestó a las 20:10; hay que volver a llamar.\nPregunté también al otro equipo.', writtenAt: '2027-02-28T20:14:00.000Z', struckAt: null },
    { id: nowhere.replace(/.$/, '2'), by: other, words: null, writtenAt: '2027-02-28T20:16:00.000Z', struckAt: '2027-02-28T20:17:00.000Z' },
    { id: nowhere.replace(/.$/, '3'), by: { id: own, name: 'Ulises Ejemplo' }, words: 'Contestó: vendrá el acta.', writtenAt: '2027-02-28T20:31:00.000Z', struckAt: null },
  ]
  await page.route('**/api/reports/*/notes', (route) => route.fulfill({ json: { notes, mayWrite } }))
}
export const strangeSignIn = { id: nowhere, device: 'Firefox · Windows', address: '203.0.113.9', since: '2027-02-28T20:14:00.000Z', lastHeardAt: '2027-02-28T20:14:00.000Z', here: false, newDevice: true }
export const list = (page: Page) => page.locator('[data-list] [data-report]').first()

/** What was said of a report after it was sent. */
export const openSaid = (how: 'amended' | 'withdrawn', press?: (words: Words) => string) => async ({ page, stage, words }: Visit) => {
  await page.goto(`${stage.sample.address}/room/reports/${await stage.saidLater(how)}`)
  await (press ? button(page, press(words)) : page.locator('details summary').first()).click()
}

/** Headquarters breaks on every report. */
export const breaksOnIt = ({ page }: Visit) => page.route('**/api/reports/*', (route) => route.fulfill({ status: 500, json: { problem: 'broken', reference: '3f9c1a7e' } }))

/** A report on which it broke, on its page. */
export async function openTroubled({ page, stage, words }: Visit): Promise<void> {
  const id = await fileOne(page, words, { category: 'counting.unfolded_ballots', pictures: stage.pictures.slice(0, 2), said: '' })
  await page.locator('[data-delivery=trouble]').waitFor({ timeout: 120_000 })
  await page.locator(`[data-report="${id}"]`).click()
}

/** A report with two pictures, of which headquarters does not take something; then what its author presses. */
export const notTaken = (press: (words: Words) => string) => async ({ page, stage, words }: Visit) => {
  const id = await fileOne(page, words, { category: 'counting.unfolded_ballots', pictures: stage.pictures.slice(0, 2), said: '' })
  await page.locator(`[data-report="${id}"]`).click()
  await page.getByRole('alert').getByRole('button', { name: press(words), exact: true }).click()
}

/** Files a report with pictures; when it has all of it, headquarters says that it has nothing. */
export async function lostAll({ page, stage, words }: Visit): Promise<void> {
  const id = await fileOne(page, words, { category: 'counting.unfolded_ballots', pictures: stage.pictures.slice(0, 2), said: '' })
  await page.locator('[data-delivery=delivered]').waitFor({ timeout: 120_000 })
  for (const list of ['**/api/my/reports', '**/api/my/statements*']) {
    await page.route(list, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json() as object), reports: [] } })
    })
  }
  await page.evaluate(() => dispatchEvent(new Event('pageshow')))
  await page.locator('[data-delivery=attention]').waitFor({ timeout: 120_000 })
  await page.locator(`[data-report="${id}"]`).click()
}
