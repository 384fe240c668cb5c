import { expect } from 'vitest'
import { awaited, captivePortal, problemAnswer } from './bad-network.ts'
import type { Asked, Fate } from './bad-network.ts'
import { patient, signIn } from './browser.ts'
import { pickFrom } from './kept-phone.ts'
import type { Stand } from './phone-stand.ts'

/** Something that goes wrong while a phone sends. After each, every finished report is at headquarters exactly once. */
export type Fault = { name: string; happen: (stand: Stand, seed: number) => Promise<void> }

/** The calls that bring a report with a picture to headquarters, in their order. */
const calls = {
  text: ({ method, path }: Asked) => method === 'PUT' && /^\/api\/reports\/[^/]+$/.test(path),
  preview: ({ method, path }: Asked) => method === 'PUT' && path.endsWith('/preview'),
  begin: ({ method, path }: Asked) => method === 'POST' && path === '/api/uploads',
  piece: ({ method }: Asked) => method === 'PATCH',
  complete: ({ method, path }: Asked) => method === 'PUT' && path.endsWith('/complete'),
} as const
type Call = keyof typeof calls
const callNames = Object.keys(calls) as Call[]

let toCome = 0
/** How many strikes of the last fault have not come: a fault that never happened shows nothing. */
export const strikesToCome = (): number => toCome

/** The first calls of this kind have this fate; `then` hears of each. */
function strike(stand: Stand, call: Call, fate: Fate, times = 1, then = (): void => undefined): void {
  toCome = times
  stand.network.decide = (asked) => {
    if (toCome === 0 || !calls[call](asked)) return undefined
    toCome -= 1
    then()
    return fate
  }
}

const calm = ({ network }: Stand): void => {
  network.decide = () => undefined
}

/** Files a report with one picture, and with another that is as large as two pieces. */
const fileOne = async (stand: Stand, seed: number) => stand.file({ files: [(await stand.picture(seed, seed % 2 === 0 ? [900, 700] : [500, 400])).path] })

const button = ({ page }: Stand, name: string) => page.getByRole('button', { name, exact: true })

/** Headquarters' answers are lost, doubled, late or somebody else's: the phone finds out by itself. */
const onTheWay = (name: string, fate: Fate, times = 1): Fault[] => callNames.map((call) => ({
  name: `${name}: ${call}`,
  happen: async (stand, seed) => {
    strike(stand, call, fate, times)
    await fileOne(stand, seed)
  },
}))

/** Headquarters says that something is wrong with it: what the phone holds back is sent once its author says so. */
const refusals = (name: string, fate: Fate, struck = callNames): Fault[] => struck.map((call) => ({
  name: `${name}: ${call}`,
  happen: async (stand, seed) => {
    strike(stand, call, fate)
    const { id } = await fileOne(stand, seed)
    // A small copy that is not wanted holds nothing up.
    if (call === 'preview') return
    await stand.delivery('attention')
    await stand.nothingLost()
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await button(stand, 'Intentar de nuevo').tap()
    await button(stand, 'Atrás').tap()
  },
}))

const vanished = (call: Call): Fault => ({
  name: `changed address: ${call}`,
  happen: async (stand, seed) => {
    const gone = new Promise<void>((resolve) => strike(stand, call, { kind: 'vanish' }, 1, resolve))
    await fileOne(stand, seed)
    await gone
    await stand.phone.context.setOffline(true)
    await stand.phone.context.setOffline(false)
  },
})

/** The phone takes the line for dead and goes on over another; when all is there, what it gave up arrives after all. */
const comesLate = (call: Call): Fault => ({
  name: `arrives when the phone has long sent it again: ${call}`,
  happen: async (stand, seed) => {
    const [came, gone, arrived] = [awaited(), awaited(), awaited()]
    strike(stand, call, { kind: 'late', came: came.tell, until: gone.come, arrived: arrived.tell })
    await fileOne(stand, seed)
    await came.come
    await stand.phone.context.setOffline(true)
    await stand.phone.context.setOffline(false)
    await stand.untilWhole()
    gone.tell()
    await arrived.come
  },
})

const tooOld = (call: Call): Fault => ({
  name: `426: ${call}`,
  happen: async (stand, seed) => {
    strike(stand, call, problemAnswer(426, { problem: 'update_needed' }))
    await fileOne(stand, seed)
    await stand.delivery('too_old')
    await stand.page.reload()
  },
})

/** The server dies when this call has come; `fate` says whether the call got through before. */
const serverKilled = (call: Call, fate: Fate, signal: NodeJS.Signals): Fault => ({
  name: `server ended by ${signal}, ${fate.kind === 'pass' ? 'during' : 'after'} ${call}`,
  happen: async (stand, seed) => {
    const came = new Promise<void>((resolve) => strike(stand, call, fate, 1, resolve))
    await fileOne(stand, seed)
    await came
    await stand.restart(signal)
  },
})

/** The browser dies when so many requests have gone out since its owner began; at 0 once the report is saved. */
export const browserKilled = (seed: number): Fault => {
  const after = seed === 0 ? 0 : 1 + ((seed - 1) % requests)
  const end = ends[Math.floor(Math.max(0, seed - 1) / requests) % ends.length] ?? ends[0]
  return {
    name: `browser killed, seed ${seed}: ${after === 0 ? 'once it is saved' : `at request ${after}, ${end.name}`}`,
    happen: async (stand) => {
      let count = 0
      const came = after === 0 ? Promise.resolve() : new Promise<void>((resolve) => {
        stand.network.decide = (asked) => {
          count += 1
          if (count < after) return undefined
          resolve()
          return end.of(asked)
        }
      })
      const sizes: [number, number][] = [[900, 700], [500, 400], [640, 480]]
      await stand.file({ files: await Promise.all(sizes.map(async (size, at) => (await stand.picture(5000 + sizes.length * seed + at, size)).path)) })
      await came
      await stand.kill()
      calm(stand)
      await stand.open()
    },
  }
}

/** Every one at another moment. */
export const kills = 50
/** A report with three pictures takes more requests than these. */
const requests = 13
/** How far the request had come at which the browser is killed. */
const ends: readonly [End, ...End[]] = [
  { name: 'let through', of: () => ({ kind: 'pass' }) },
  { name: 'its answer lost', of: () => ({ kind: 'lose_answer' }) },
  { name: 'cut in the middle', of: ({ sizeBytes }) => ({ kind: 'cut', afterBytes: Math.floor(sizeBytes / 2) }) },
  { name: 'never there', of: () => ({ kind: 'vanish' }) },
]
type End = { name: string; of: (asked: Asked) => Fate }

const clockWrong = (days: number): Fault => ({
  name: `the phone’s clock is ${days} day off`,
  happen: async (stand, seed) => {
    const page = await stand.phone.context.newPage()
    await page.addInitScript((milliseconds) => {
      const Right = Date
      globalThis.Date = class extends Right {
        constructor(...given: unknown[]) {
          super(...((given.length === 0 ? [Right.now() + milliseconds] : given) as []))
        }
        static override now = () => Right.now() + milliseconds
      } as DateConstructor
    }, days * 86_400_000)
    await stand.page.close()
    stand.page = page
    await page.goto(`${stand.network.address}/observer/`)
    await fileOne(stand, seed)
  },
})

const sessionEnded: Fault = {
  name: 'the session has ended, and its owner joins again',
  happen: async (stand, seed) => {
    await stand.phone.context.clearCookies()
    await fileOne(stand, seed)
    await stand.delivery('ended')
    await stand.nothingLost()
    await signIn(stand.phone.context, stand.network, stand.observer)
    await stand.page.reload()
  },
}

/** The same build under another name, as a new version is. */
const newVersion: Fault = {
  name: 'a new service worker, with a full outbox',
  happen: async (stand, seed) => {
    const { page, network } = stand
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, patient)
    const build = () => page.locator('meta[name=build]').getAttribute('content')
    const before = (await build()) ?? ''
    const next = before === 'abcdefabcdef' ? 'fedcbafedcba' : 'abcdefabcdef'
    const fresh = async (path: string) => (await (await fetch(`${stand.server().address}${path}`)).text()).replaceAll(/(?<=<meta name="build" content=")[0-9a-f]{12}|(?<=["'`])[0-9a-f]{12}(?=["'`])/g, next)
    const [html, worker] = [await fresh('/observer/'), await fresh('/observer/sw.js')]
    const refused = problemAnswer(500, { problem: 'broken' })
    network.decide = ({ path }) => (path === '/observer/' ? { kind: 'answer', status: 200, type: 'text/html', body: html } : path === '/observer/sw.js' ? { kind: 'answer', status: 200, type: 'text/javascript', body: worker } : path.startsWith('/api/') ? refused : undefined)
    for (const one of [0, 1, 2]) await fileOne(stand, seed + one)
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/observer/'))?.update())
    await expect.poll(build, patient).toBe(next)
    await stand.nothingLost()
    calm(stand)
  },
}

const twoTabs: Fault = {
  name: 'two tabs send the same outbox',
  happen: async (stand, seed) => {
    stand.network.cut(true)
    for (const one of [0, 1, 2]) await fileOne(stand, seed + one)
    const other = await stand.phone.context.newPage()
    stand.network.cut(false)
    await other.goto(`${stand.network.address}/observer/`)
    await other.locator('[data-delivery=delivered]').waitFor(patient)
    await other.close()
  },
}

/** Runs in the page, until it is loaded anew: what a browser does whose disk is full and that tells how much is left, as Chromium does no more. */
function fillPhone(left: number): void {
  const [estimate, put] = [navigator.storage.estimate.bind(navigator.storage), Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value as IDBObjectStore['put']]
  navigator.storage.estimate = async () => {
    const { usage = 0 } = await estimate()
    return { usage, quota: usage + left }
  }
  IDBObjectStore.prototype.put = function (value: unknown, ...key) {
    if (value instanceof Blob && value.size > left) throw new DOMException('', 'QuotaExceededError')
    return put.call(this, value, ...key)
  }
}

/** Its owner is told before anything fails; what does not fit is not taken, what is kept stays, and both go on once there is room. */
const phoneFull: Fault = {
  name: 'the phone is full',
  happen: async (stand, seed) => {
    const { page, network } = stand
    const { path } = await stand.picture(seed, [2000, 1500])
    network.cut(true)
    await fileOne(stand, seed + 1)
    await page.evaluate(fillPhone, 500_000)
    await stand.file({ words: 'Sin foto' })
    await page.locator('[data-advice=room]').getByText('no cabe otra foto').waitFor(patient)
    await pickFrom(page, 'Galería', [path])
    await page.getByText('En este teléfono ya no cabe la foto').first().waitFor(patient)
    await stand.nothingLost()
    await button(stand, 'Cerrar').first().tap()
    network.cut(false)
    await page.reload()
    await stand.file({ files: [path] })
  },
}

const broken = problemAnswer(500, { problem: 'broken', reference: 'r-1' })
const cutAt = (afterBytes: number): Fate => ({ kind: 'cut', afterBytes })

/** Every fault, some of them many times over. */
export const everyFault: readonly Fault[] = [
  ...onTheWay('answer lost after the write', { kind: 'lose_answer' }),
  ...onTheWay('answer lost twice', { kind: 'lose_answer' }, 2),
  ...onTheWay('answer cut', { kind: 'cut_answer' }),
  ...onTheWay('sent twice', { kind: 'repeat' }),
  ...onTheWay('delayed', { kind: 'delay', milliseconds: 1500 }),
  ...callNames.map(comesLate),
  ...onTheWay('cut on its way', cutAt(200)),
  ...onTheWay('500', broken),
  ...onTheWay('500 twice', broken, 2),
  ...onTheWay('507', problemAnswer(507, { problem: 'full' })),
  ...onTheWay('429', problemAnswer(429, { problem: 'slow_down', retryAfterSeconds: 1 })),
  ...onTheWay('captive portal', captivePortal, 3),
  ...refusals('413', problemAnswer(413, { problem: 'too_large', limit: 50_000_000 })),
  // Of a piece it says that the upload is gone, which the phone begins anew by itself.
  ...refusals('404', problemAnswer(404, { problem: 'not_found' }), callNames.filter((call) => call !== 'piece')),
  ...callNames.map(vanished),
  ...callNames.map(tooOld),
  ...callNames.flatMap((call) => [serverKilled(call, { kind: 'pass' }, 'SIGKILL'), serverKilled(call, { kind: 'lose_answer' }, 'SIGKILL')]),
  serverKilled('piece', { kind: 'pass' }, 'SIGTERM'),
  ...Array.from({ length: kills }, (_, seed) => browserKilled(seed)),
  clockWrong(-1), clockWrong(1), sessionEnded, newVersion, twoTabs, phoneFull,
]

/** What a run of all tests can afford: each kind of fault once, each call among them. */
const few = [
  'answer lost after the write: complete', 'answer cut: text', 'sent twice: piece', 'delayed: piece', 'arrives when the phone has long sent it again: text', 'arrives when the phone has long sent it again: piece', 'cut on its way: piece', '500: preview', '507: begin', '429: text', 'captive portal: complete', '413: piece', 'changed address: piece', 'changed address: complete',
  '426: text', 'server ended by SIGKILL, after complete', 'the phone’s clock is -1 day off', 'the session has ended, and its owner joins again', 'two tabs send the same outbox', 'the phone is full', 'a new service worker, with a full outbox',
]
export const fewFaults: readonly Fault[] = [...few.map(named), browserKilled(7)]

function named(name: string): Fault {
  const found = everyFault.find((fault) => fault.name === name)
  if (!found) throw new Error(`No fault is called ${name}`)
  return found
}
