import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { livePath } from '../../shared/live.ts'
import { release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { expectOurHeaders } from '../support/headers.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { listen, speaksOf } from '../support/sockets.ts'

let house: TestHouse
let [ana, desk, press, lead]: Caller[] = []

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead')
  ;[ana, desk, press] = [await house.person('observer'), await house.person('coordinator'), await house.person('press')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(() => house.stop())

type Refused = { status: number | undefined; headers: Headers; body: string }

/** A handshake as any program may make it, and what it is answered. */
function handshake(headers: Record<string, string>): Promise<Refused> {
  return new Promise((done, fail) => {
    const asked = request({
      port: house.port, host: '127.0.0.1', path: `${livePath}/?EIO=4&transport=websocket`,
      headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', ...headers },
    }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (piece: string) => { body += piece }).on('end', () => done({ status: response.statusCode, headers: headersOf(response.headers), body }))
    })
    asked.on('upgrade', (response, socket) => {
      socket.destroy()
      done({ status: response.statusCode, headers: headersOf(response.headers), body: '' })
    }).on('error', fail).end()
  })
}

const headersOf = (headers: IncomingHttpHeaders): Headers => new Headers(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]])))

describe('a socket', () => {
  it('[R16] is refused to other origins, in our words and with our headers', async () => {
    const own = new URL(house.address)
    expect((await handshake({ Cookie: desk?.cookie ?? '', Host: own.host, Origin: house.address })).status).toBe(101)
    for (const origin of ['https://elsewhere.example', 'null', `http://127.0.0.1:${house.port}`, `${house.address}.elsewhere.example`, null]) {
      const { status, body, headers } = await handshake({ Cookie: desk?.cookie ?? '', Host: own.host, ...(origin === null ? {} : { Origin: origin }) })
      expect([origin, status, body]).toEqual([origin, 403, '{"problem":"not_allowed"}'])
      expectOurHeaders(headers)
    }
    for (const [cookie, status, problem] of [['', 401, 'not_signed_in'], [`veedor=${'a'.repeat(43)}`, 401, 'not_signed_in'], [ana?.cookie ?? '', 403, 'not_allowed']] as const) {
      const refused = await handshake({ Cookie: cookie, Host: own.host, Origin: house.address })
      expect([refused.status, refused.body]).toEqual([status, `{"problem":"${problem}"}`])
    }
    const plain = await house.nobody.fetch(`${livePath}/?EIO=4&transport=polling`)
    expect(plain.ok).toBe(false)
    expectOurHeaders(plain.headers)
  })

  it('[R216] takes no message beyond 16 kB, and no order from a client: rooms are the server’s', async () => {
    if (!ana || !desk || !press) throw new Error('Nobody')
    const [wall, large] = [await listen(house, press), await listen(house, press)]
    for (const event of ['join', 'subscribe', 'room', 'changed', 'presence']) for (let guess = 0; guess < 10; guess++) wall.socket.emit(event, ['desk', 'coordinator', 'lead', 'people', 'report'][guess % 5], { since: 0, role: 'lead' })
    const secret = await file(house, ana)
    large.socket.emit('anything', 'x'.repeat(16_384))
    await large.untilEnded()
    const marker = await release(desk, (await verifiedPicture(house, ana, [desk], 81_000)).photo)
    await wall.until(speaksOf(marker))
    expect(wall.heard.flatMap((event) => event.things.map((thing) => thing.kind)).filter((kind) => kind === 'report' || kind === 'people' || kind === 'notice')).toEqual([])
    expect(JSON.stringify(wall.heard)).not.toContain(secret.id)
    // Who lies about what was seen gets the same, filtered by the same function.
    const again = await listen(house, press, { since: 0 })
    await again.until(speaksOf(marker))
    expect(JSON.stringify(again.heard)).not.toContain(secret.id)
    for (const one of [wall, again]) one.close()
    expect((await house.nobody.fetch('/health')).status).toBe(200)
  })
})
