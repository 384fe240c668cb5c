import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unseal, madeWith } from '../../client/kit/seal.ts'
import { getReportCall } from '../../shared/reports.ts'
import { Sealed, carryAmendmentCall, carryReportCall, openSealedCall } from '../../shared/sealed.ts'
import { patient } from '../support/browser.ts'
import { problemAnswer } from '../support/bad-network.ts'
import { pickFrom } from '../support/kept-phone.ts'
import { openStand } from '../support/phone-stand.ts'
import { readWords } from '../support/screen-words.ts'
import type { Stand } from '../support/phone-stand.ts'

// What headquarters refused, and what was sealed into a file then and brought in by a coordinator's hand.

const words = await readWords('es')
const { report, amend } = words.late
let stand: Stand

beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand.close())

const button = (name: string) => stand.page.getByRole('button', { name, exact: true })
const box = () => stand.page.getByLabel(words.phone.capture.wordsLabel)
const alert = () => stand.page.getByRole('alert').filter({ has: stand.page.getByRole('heading') })
const there = async (id: string) => (await stand.desk.call(getReportCall, { id })).reply
const look = () => stand.page.evaluate(() => dispatchEvent(new Event('pageshow')))

/** The next write of these is answered so, once. */
function refuse(match: RegExp, status: number, problem: Record<string, unknown>): void {
  let isDone = false
  stand.network.decide = ({ method, path }) => {
    if (isDone || method === 'GET' || !match.test(path)) return undefined
    isDone = true
    return problemAnswer(status, problem)
  }
}

/** Seals what is on the screen, and brings it in as a coordinator does. */
const carry = async () => bring(await sealOne())

async function sealOne(): Promise<Sealed> {
  const download = stand.page.waitForEvent('download')
  await button(words.delivering.file.seal).first().tap()
  const file = new Blob([await readFile(await (await download).path())])
  const { key } = (await stand.desk.call(openSealedCall, { made: (await madeWith(file)) ?? '' })).reply
  const inside = await unseal(file, key)
  if (!(inside instanceof Blob)) throw new Error('it does not open')
  return Sealed.parse(JSON.parse((await inside.text()).split('\n')[0] ?? ''))
}

async function bring(head: Sealed): Promise<void> {
  const sentAt = new Date().toISOString()
  for (const { id, statement, signature } of head.reports) expect((await stand.desk.call(carryReportCall, { id, statement, ...(signature !== undefined && { signature }), sentAt })).status).toBe(201)
  for (const { report: of, id, statement, signature } of head.amendments) expect((await stand.desk.call(carryAmendmentCall, { report: of, id, statement, ...(signature !== undefined && { signature }), sentAt })).status).toBe(201)
}

describe('what was refused and came in a sealed file', () => {
  test('[R477] is received, the report and what was said of it later: nothing asks its author for anything any more', async () => {
    refuse(/^\/api\/reports\/[^/]+$/, 403, { problem: 'not_allowed' })
    const { id } = await stand.file({ words: 'Mesa cerrada.' })
    await stand.delivery('attention')
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await alert().getByText(report.problemTitle).waitFor(patient)
    await carry()
    await look()
    await alert().waitFor({ ...patient, state: 'detached' })
    await stand.page.locator('[data-step=received][data-reached=true]').waitFor(patient)

    refuse(/amendments/, 400, { problem: 'invalid_input', fields: [{ path: 'words', reason: 'format' }] })
    await button(amend.correct).tap()
    await box().fill('Mesa cerrada a las diez.')
    await button(amend.save).tap()
    await alert().getByText(amend.heldTitle).waitFor(patient)
    await carry()
    await look()
    await alert().waitFor({ ...patient, state: 'detached' })
    await stand.page.locator('[data-version=correction][data-received=true]').waitFor({ ...patient, state: 'attached' })
    await button(words.common.buttons.back).tap()
    await stand.delivery('delivered')
    expect(stand.phone.faults).toEqual([])
  })

  test('[R478] and was mended here meanwhile becomes what headquarters has, and what was mended a correction of it', async () => {
    refuse(/^\/api\/reports\/[^/]+$/, 400, { problem: 'invalid_input', fields: [{ path: 'category', reason: 'not_in_list' }] })
    const { id } = await stand.file({ words: 'Sello roto.' })
    await stand.delivery('attention')
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await alert().getByText(report.problemTitle).waitFor(patient)
    stand.network.decide = ({ path }) => (path === '/api/my/reports' ? problemAnswer(429, { problem: 'slow_down', retryAfterSeconds: 1 }) : undefined)
    await carry()
    await button(report.mend).tap()
    await stand.page.waitForURL(/draft=/)
    stand.network.decide = () => undefined
    await box().fill('Sello roto en la urna tres.')
    await stand.page.locator('main select').selectOption('critical')
    await button(words.phone.capture.save).tap()
    await stand.page.locator(`[data-report="${id}"]`).waitFor(patient)
    await expect.poll(async () => (await there(id)).versions.map((one) => [one.type, one.words]), patient).toEqual([['report', 'Sello roto.'], ['correction', 'Sello roto en la urna tres.']])
    expect((await there(id)).line.severity).toBe('critical')
    await stand.delivery('delivered')
    expect(stand.phone.faults).toEqual([])
  })

  test('[R490] and was mended here is this phone’s still: its picture is sent from here, and a headquarters that was restored gets all of it again', async () => {
    const backup = await stand.backup()
    const { path, sha256 } = await stand.picture(9)
    refuse(/^\/api\/reports\/[^/]+$/, 400, { problem: 'invalid_input', fields: [{ path: 'category', reason: 'not_in_list' }] })
    const { id } = await stand.file({ words: 'Urna abierta.', files: [path] })
    await stand.delivery('attention')
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await alert().getByText(report.problemTitle).waitFor(patient)
    stand.network.decide = ({ path: at }) => (at === '/api/my/reports' ? problemAnswer(429, { problem: 'slow_down', retryAfterSeconds: 1 }) : undefined)
    await carry()
    await button(report.mend).tap()
    await stand.page.waitForURL(/draft=/)
    stand.network.decide = () => undefined
    await box().fill('Urna abierta en la mesa dos.')
    await button(words.phone.capture.save).tap()
    const whole = async () => {
      await expect.poll(async () => (await stand.desk.call(getReportCall, { id })).reply, patient).toMatchObject({ words: 'Urna abierta en la mesa dos.', line: { photosReceived: 1 }, versions: [{ type: 'report', signed: 'signed' }, { type: 'correction', signed: 'signed' }] })
      await stand.delivery('delivered')
    }
    await whole()
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await stand.page.locator(`[data-photo="${sha256}"][data-received=true]`).waitFor(patient)
    expect(await stand.page.getByText(report.elsewhere).count()).toBe(0)
    await button(words.common.buttons.back).tap()

    await stand.restore(backup)
    await look()
    // What it had received before, this phone had let go of: it asks for that alone.
    await expect.poll(async () => (await stand.desk.call(getReportCall, { id }).catch(() => null))?.reply.words, patient).toBe('Urna abierta en la mesa dos.')
    expect((await there(id)).versions.map(({ type, signed }) => [type, signed])).toEqual([['report', 'signed'], ['correction', 'signed']])
    await stand.delivery('attention')
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await alert().getByText(report.lostTitle).waitFor(patient)
    await button(words.common.buttons.back).tap()
    expect(stand.phone.faults).toEqual([])
  })

  test('[R493] and is open to be mended is told in its form: what was added is not said twice', async () => {
    const { path, sha256 } = await stand.picture(10)
    const { id } = await stand.file({ words: 'Llegan personas.' })
    await expect.poll(async () => (await stand.there()).some((one) => one.id === id), patient).toBe(true)
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await button(amend.add).tap()
    await pickFrom(stand.page, 'Galería', [path])
    await stand.page.locator('main img').waitFor(patient)
    refuse(/amendments/, 400, { problem: 'invalid_input', fields: [{ path: 'words', reason: 'format' }] })
    await box().fill('Llega la policía.')
    await button(amend.saveAdded).tap()
    await alert().getByText(amend.heldTitle).waitFor(patient)
    const sealed = await sealOne()
    await alert().getByRole('button', { name: report.mend, exact: true }).tap()
    await stand.page.waitForURL(/draft=/)
    await bring(sealed)
    await look()
    await stand.page.locator('[data-came]').getByText('Llega la policía.').waitFor(patient)
    await button(amend.saveAdded).tap()
    await stand.page.getByText(amend.cameHas).waitFor(patient)
    await box().fill('Son tres.')
    await button(amend.saveAdded).tap()
    await stand.page.locator('[data-version=addition][data-received=true]').nth(1).waitFor({ ...patient, state: 'attached' })
    expect((await there(id)).words).toBe('Llegan personas.\n\nLlega la policía.\n\nSon tres.')
    // What was brought by hand had no picture with it, which the draft had still: it is sent for what is there.
    await stand.page.locator(`[data-photo="${sha256}"][data-received=true]`).waitFor(patient)
    expect((await there(id)).versions.map(({ photos }) => photos)).toEqual([0, 1, 0])
    expect(stand.phone.faults).toEqual([])
  })
})
