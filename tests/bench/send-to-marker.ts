import express from 'express'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import type { Page } from 'playwright-core'
import { openBrowser, pageOf } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import type { Figure } from './figure.ts'
import { quantile } from './figure.ts'

const times = 40

/**
 * From "send" on one side to the marker on another browser's map: durable write, journal, socket, clustering, drawing. Beside it the same bytes through a bare express
 * that keeps nothing and a bare socket.io broadcast to a page that adds an empty element.
 */
export async function sendToMarker(): Promise<Figure[]> {
  const browser = await openBrowser()
  try {
    const [ours, plain] = [await measureOurs(browser), await measurePlain(browser)]
    return [['p50', 0.5], ['p95', 0.95]].map(([name, share]) => {
      const [a, b] = [quantile(ours, Number(share)), quantile(plain, Number(share))]
      return { name: `send to marker on another map, ${name}`, ours: a, plain: b, ratio: a / b, unit: 'ms' }
    })
  } finally {
    await browser.close()
  }
}

type Browser = Awaited<ReturnType<typeof openBrowser>>

async function measureOurs(browser: Browser): Promise<number[]> {
  const house = await startHouse({ clock: { now: () => new Date().toISOString(), set: () => undefined, forward: () => undefined } })
  try {
    await house.engine.write({ kind: 'operator' }, async ({ tx, now, record }) => {
      const { id } = await tx.selectFrom('mission').select('id').executeTakeFirstOrThrow()
      await record('mission.opened', { type: 'mission', id }, { set: { mission: [{ id, name: 'Bench', country: 'SV', zone: 'America/El_Salvador', days: '["2027-02-28"]', credit: 'Bench', step: 'done', openedAt: now }] } })
    })
    const [author, desk] = [await house.person('observer'), await house.person('coordinator')]
    // Two reports far apart show the whole country, so that later ones do not move the map.
    for (const position of [[13.2, -90.0], [14.4, -87.8]] as const) await file(house, author, { position: { latitude: position[0], longitude: position[1], accuracyMetres: 10, ageSeconds: 1 } })
    const { page } = await pageOf(browser, house, desk, { at: '/room/' })
    await page.locator('[data-mark]').first().waitFor()
    const drawn = () => page.locator('[data-drawn]').first().getAttribute('data-drawn')
    const measured: number[] = []
    for (let count = 0; count < times; count++) {
      const before = Number(await drawn())
      const landed = untilIn(page, '[data-drawn]', 'data-drawn', before + 1)
      const start = performance.now()
      await file(house, author, { position: { latitude: 13.3 + (count % 7) * 0.14, longitude: -89.9 + (count % 11) * 0.19, accuracyMetres: 10, ageSeconds: 1 } })
      await landed
      measured.push(performance.now() - start)
    }
    return measured.sort((a, b) => a - b)
  } finally {
    await house.stop()
  }
}

/** Resolves when an attribute of an element has reached a number: told by the page itself at the change, not by asking again and again. */
const untilIn = (page: Page, selector: string, attribute: string, least: number): Promise<void> =>
  page.evaluate(({ selector, attribute, least }) => new Promise<void>((done, fail) => {
    setTimeout(() => fail(new Error(`${attribute} has not reached ${least} in 30 s`)), 30_000)
    new MutationObserver((_changes, watching) => {
      if (Number(document.querySelector(selector)?.getAttribute(attribute)) < least) return
      watching.disconnect()
      done()
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
    // A change of our own, so that the first look is at what is there already.
    document.body.toggleAttribute('data-watched')
  }), { selector, attribute, least })

async function measurePlain(browser: Browser): Promise<number[]> {
  const app = express()
  const server = createServer(app)
  const io = new Server(server, { transports: ['websocket'] })
  app.get('/', (_request, response) => void response.type('html').send('<body data-count="0"><script src="/socket.io/socket.io.js"></script><script>let n=0;io({transports:["websocket"]}).on("changed",()=>{document.body.append(document.createElement("i"));document.body.dataset.count=++n})</script>'))
  app.put('/reports/:id', express.json(), (request, response) => {
    io.emit('changed', request.body)
    response.status(201).json({ id: request.params['id'] })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const page = await (await browser.newContext()).newPage()
    const connected = new Promise<void>((done) => io.once('connection', () => done()))
    await page.goto(address)
    await connected
    const measured: number[] = []
    for (let count = 0; count < times; count++) {
      const landed = untilIn(page, 'body', 'data-count', count + 1)
      const start = performance.now()
      await fetch(`${address}/reports/${count}`, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ statement: 'x'.repeat(1000) }) })
      await landed
      measured.push(performance.now() - start)
    }
    return measured.sort((a, b) => a - b)
  } finally {
    await io.close()
  }
}
