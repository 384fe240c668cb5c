import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { patient } from '../support/browser.ts'
import { holding, isPiece } from '../support/bad-network.ts'
import type { Fate } from '../support/bad-network.ts'
import { untilKept } from '../support/kept-phone.ts'
import { openStand } from '../support/phone-stand.ts'
import type { Stand } from '../support/phone-stand.ts'

let stand: Stand

beforeAll(async () => {
  stand = await openStand()
  await untilKept(stand.page)
})
afterAll(() => stand.close())

const advice = (name: string) => stand.page.locator(`[data-advice=${name}]`)
const choose = async (when: string) => {
  await stand.page.getByRole('button', { name: 'Menú', exact: true }).tap()
  await stand.page.getByText(when, { exact: true }).tap()
  await stand.page.getByRole('button', { name: 'Atrás', exact: true }).tap()
}

describe('while no page is open', () => {
  /** Closes the page; the next one is at nothing yet. Gives what the browser does once it has a network. */
  const leave = async (): Promise<() => Promise<unknown>> => {
    const { address } = stand.network
    const other = await stand.phone.context.newPage()
    await other.goto('about:blank')
    await stand.page.close()
    stand.page = other
    const session = await other.context().newCDPSession(other)
    const worker = new Promise<string>((resolve) => session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${address}/observer/`)
      if (own) resolve(own.registrationId)
    }))
    await session.send('ServiceWorker.enable')
    const registrationId = await worker
    return () => session.send('ServiceWorker.dispatchSyncEvent', { origin: address, registrationId, tag: 'veedor-outbox', lastChance: false })
  }

  const leaveToWorker = async (): Promise<void> => {
    const wake = await leave()
    stand.network.cut(false)
    await wake()
    const { id, pictures } = stand.finished.at(-1) ?? { id: '', pictures: [] }
    await expect.poll(async () => (await stand.there()).find((one) => one.id === id)?.photosReceived, patient).toBe(pictures.length)
    await stand.page.goto(`${stand.network.address}/observer/`)
    await stand.untilWhole()
  }

  /** What the worker has told the browser of the last time that it was woken: done, or what it threw. */
  const toldBrowser = async (wake: () => Promise<unknown>): Promise<string> => {
    const worker = stand.phone.context.serviceWorkers().at(-1)
    await worker?.evaluate(() => {
      const tellers = globalThis as unknown as { ExtendableEvent: { prototype: { waitUntil: (work: Promise<unknown>) => void } }; told: string | undefined; own: ((work: Promise<unknown>) => void) | undefined }
      const { prototype } = tellers.ExtendableEvent
      const own = (tellers.own ??= prototype.waitUntil)
      tellers.told = undefined
      prototype.waitUntil = function (work) {
        work.then(() => (tellers.told = 'done'), (thrown: unknown) => (tellers.told = String(thrown)))
        own.call(this, work)
      }
    })
    const told = async () => (await worker?.evaluate(() => (globalThis as unknown as { told?: string }).told)) ?? ''
    await wake()
    await expect.poll(told, patient).not.toBe('')
    return told()
  }

  test('[R254] [lesson 22] the service worker sends what waits once the browser says that there is a network', async () => {
    stand.network.cut(true)
    await stand.file({ files: [(await stand.picture(7)).path] })
    await stand.delivery('silent')
    await leaveToWorker()
  })

  test('[R436] [R444] [lesson 22] it sends the originals of which their owner said "now"; the browser is asked to wake it as the page goes out of sight', async () => {
    await choose('Cuando yo diga')
    await stand.file({ files: [(await stand.picture(15)).path] })
    await advice('held').waitFor(patient)
    const held = holding(stand.network, isPiece)
    await advice('held').getByRole('button', { name: 'Enviar ahora' }).tap()
    await held.came
    await stand.page.evaluate(() => {
      const register = (tag: string) => Promise.resolve((document.documentElement.dataset['asked'] = tag))
      Object.assign((globalThis as unknown as { SyncManager: { prototype: object } }).SyncManager.prototype, { register })
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await stand.page.locator('html[data-asked=veedor-outbox]').waitFor(patient)
    held.letGo()
    await leaveToWorker()
    await choose('Enseguida')
  })

  test('[R458] [lesson 22] it is woken again for a small copy that did not go through while the original is held, and not for the original', async () => {
    await choose('Cuando yo diga')
    let tries = 0
    stand.network.decide = ({ path }): Fate | undefined => (path.endsWith('/preview') && ++tries > 0 ? { kind: 'cut', afterBytes: 100 } : undefined)
    const { id } = await stand.file({ files: [(await stand.picture(16)).path] })
    await expect.poll(() => tries, patient).toBeGreaterThan(0)
    const wake = await leave()
    expect(await toldBrowser(wake)).toBe('Error: something is left')
    stand.network.decide = () => undefined
    const before = stand.network.asked.length
    expect(await toldBrowser(wake)).toBe('done')
    expect(stand.network.asked.slice(before).filter(({ path }) => /previews?$|uploads/.test(path)).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual(['PUT preview'])
    expect((await stand.there()).find((one) => one.id === id)?.photosReceived).toBe(0)
    await stand.page.goto(`${stand.network.address}/observer/`)
    await choose('Enseguida')
    await stand.untilWhole()
  })
})
