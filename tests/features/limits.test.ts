import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { meCall } from '../../shared/mission.ts'
import { lookAtLinkCall } from '../../shared/people.ts'
import { myReportsCall } from '../../shared/reports.ts'
import { photoId } from '../../shared/photos.ts'
import { phonePicture } from '../support/desk.ts'
import { expectOurHeaders } from '../support/headers.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { beginUpload, file, hashOf, sendOriginal, sendPiece } from '../support/reports.ts'
import { listen } from '../support/sockets.ts'

let house: TestHouse
afterEach(() => house.stop())

const anyToken = { token: 'no-such-link-at-all' }
const look = (caller: Caller, forwarded?: string) => caller.call(lookAtLinkCall, anyToken, forwarded === undefined ? {} : { headers: { 'X-Forwarded-For': forwarded } })

/** A connection on which anything may be written; gives what came back until it was closed. */
function raw(port: number): { write: (text: string) => boolean; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (piece: string) => { text += piece })
  return { write: (given) => socket.write(given), answer: new Promise((done) => socket.on('close', () => done(text)).on('error', () => undefined)) }
}

describe('[R217] limits', () => {
  it('three hundred observers behind one address are not slowed, however many strangers were before them', async () => {
    house = await startHouse({ figures: { strangerCalls: 40 } })
    const observers: Caller[] = []
    for (let count = 0; count < 300; count++) observers.push(await house.person('observer'))
    // Before anybody is slowed, they are known.
    for (const group of [observers.slice(0, 150), observers.slice(150)]) for (const one of await Promise.all(group.slice(0, 30).map((observer) => observer.call(meCall, {})))) expect(one.status).toBe(200)
    for (const observer of observers) expect((await observer.call(meCall, {})).status).toBe(200)
    let slowed
    for (let count = 0; count <= 40 && !slowed; count++) slowed = (await look(house.nobody)).problem?.problem === 'slow_down' ? await look(house.nobody) : undefined
    expect(slowed?.status).toBe(429)
    expect(slowed?.problem?.retryAfterSeconds).toBeGreaterThan(0)
    expect(slowed?.headers.get('retry-after')).toBe(String(slowed?.problem?.retryAfterSeconds))
    for (const observer of observers) expect((await observer.call(myReportsCall, {})).status).toBe(200)
    const filed = await Promise.all(observers.map((observer) => file(house, observer)))
    expect(new Set(filed.map((report) => report.number)).size).toBe(300)
  })

  it('a person is counted as one person, whatever they forward', async () => {
    house = await startHouse({ figures: { personCalls: 20 } })
    const [ana, bea] = [await house.person('observer'), await house.person('observer')]
    const statuses = []
    for (let count = 0; count < 25; count++) statuses.push((await ana.call(meCall, {}, { headers: { 'X-Forwarded-For': `10.0.0.${count}` } })).status)
    expect(statuses).toEqual([...Array<number>(20).fill(200), ...Array<number>(5).fill(429)])
    expect((await bea.call(meCall, {})).status).toBe(200)
  })

  it('screens that come back one after the other are no strangers, though nothing but their sockets was heard of them', async () => {
    house = await startHouse({ figures: { strangerCalls: 2 } })
    for (let count = 0; count < 5; count++) (await listen(house, await house.person('press'))).close()
    expect((await look(house.nobody)).problem?.problem).toBe('not_found')
  })

  it('a forged X-Forwarded-For buys nothing', async () => {
    house = await startHouse({ figures: { strangerCalls: 5 } })
    const codes = []
    for (let count = 0; count < 8; count++) codes.push((await look(house.nobody, `203.0.113.${count}`)).problem?.problem)
    expect(codes).toEqual([...Array<string>(5).fill('not_found'), ...Array<string>(3).fill('slow_down')])
  })

  it('through a proxy of ours the nearest address that is not ours counts, and what stands before it buys nothing', async () => {
    house = await startHouse({ figures: { strangerCalls: 3 }, trustProxy: ['127.0.0.0/8'] })
    const from = async (forwarded: string) => (await look(house.nobody, forwarded)).problem?.problem
    for (let count = 0; count < 3; count++) expect(await from(`198.51.100.${count}, 203.0.113.7`)).toBe('not_found')
    expect(await from('198.51.100.77, 203.0.113.7')).toBe('slow_down')
    expect(await from('203.0.113.8')).toBe('not_found')
    // One subscriber of IPv6 has 64 bits of addresses.
    for (let count = 0; count < 3; count++) expect(await from(`2001:db8:1:2::${count + 1}`)).toBe('not_found')
    expect(await from('2001:db8:1:2:ffff::9')).toBe('slow_down')
    expect(await from('2001:db8:1:3::1')).toBe('not_found')
  })

  it('a person sends four pieces at the same time, and so many bytes a day; what was sent is not lost', async () => {
    house = await startHouse({ figures: { uploadBytes: 60_000 } })
    const ana = await house.person('observer')
    const bytes = await phonePicture(90_001)
    const { id } = await file(house, ana, { pictures: [bytes] })
    const slow: (ReturnType<typeof raw> & { upload: string })[] = []
    for (let count = 0; count < 4; count++) {
      const { upload } = await beginUpload(ana, photoId(id, hashOf(bytes)), bytes.length)
      const one = raw(house.port)
      one.write(`PATCH /api/uploads/${upload} HTTP/1.1\r\nHost: ${new URL(house.address).host}\r\nOrigin: ${house.address}\r\nCookie: ${ana.cookie}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${bytes.length}\r\n\r\n`)
      slow.push({ ...one, upload })
    }
    const { upload } = await beginUpload(ana, photoId(id, hashOf(bytes)), bytes.length)
    await expect.poll(async () => (await sendPiece(ana, upload, 0, bytes.subarray(0, 1))).status, { timeout: 120_000 }).toBe(429)
    // Text is not held up by pictures, and neither is anybody else.
    expect((await file(house, ana)).number).toBeGreaterThan(0)
    const bea = await house.person('observer')
    const others = await file(house, bea, { pictures: [bytes] })
    expect((await sendOriginal(bea, others.id, bytes)).status).toBe(201)
    for (const one of slow) one.write('x'.repeat(bytes.length))
    await expect.poll(async () => (await ana.fetch(`/api/uploads/${slow[0]?.upload}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })).headers.get('upload-offset'), { timeout: 120_000 }).toBe(String(bytes.length))
    // Four pictures' bytes are more than this day has.
    await expect.poll(async () => (await sendPiece(ana, upload, 0, bytes.subarray(0, 1))).headers.get('retry-after'), { timeout: 120_000 }).toMatch(/^\d{4,}$/)
    expect((await file(house, ana)).number).toBeGreaterThan(0)
  })

  it('[R430] [lesson 20] a line that is cut again and again, at any moment of a piece, takes no place from the next', async () => {
    house = await startHouse()
    const ana = await house.person('observer')
    const bytes = await phonePicture(7, [1600, 1200])
    const { upload } = await beginUpload(ana, photoId((await file(house, ana, { pictures: [bytes] })).id, hashOf(bytes)), bytes.length)
    const here = async () => Number((await ana.fetch(`/api/uploads/${upload}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })).headers.get('upload-offset'))
    const { port, host } = new URL(house.address)
    for (let moment = 0; moment < 16; moment++) {
      const from = await here()
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined)
      const closed = new Promise((done) => socket.once('close', done))
      socket.write(`PATCH /api/uploads/${upload} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${house.address}\r\nCookie: ${ana.cookie}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: ${from}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 16000\r\n\r\n`)
      // Nothing of it, or a part, came before the line went.
      socket.write(bytes.subarray(from, from + ([0, 0, 5_000, 15_999][moment % 4] ?? 0)))
      await setTimeout(4 * moment)
      if (moment % 3 === 0) socket.resetAndDestroy()
      else socket.destroy()
      await closed
    }
    const from = await here()
    expect((await sendPiece(ana, upload, from, bytes.subarray(from, from + 16_000))).status).toBe(204)
    expect(await here()).toBe(from + 16_000)
  })
})

describe('[R218] what is no request', () => {
  it('three hundred bodies on which nothing moves hold nobody up and are cut; a call that waits for us is not', async () => {
    house = await startHouse({ figures: { idleMilliseconds: 500 } })
    const ana = await house.person('observer')
    const slow = Array.from({ length: 300 }, () => raw(house.port))
    for (const { write } of slow) write(`PUT /api/reports/x HTTP/1.1\r\nHost: ${new URL(house.address).host}\r\nOrigin: ${house.address}\r\nCookie: ${ana.cookie}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`)
    expect((await file(house, ana)).number).toBeGreaterThan(0)
    let letGo: () => void = () => undefined
    const held = new Promise<void>((done) => { letGo = done })
    const busy = house.engine.write({ kind: 'server' }, () => held)
    const waiting = file(house, ana)
    // By then the one that waits has been still for as long.
    await Promise.all(slow.map(({ answer }) => answer))
    const last = raw(house.port)
    last.write('GET ')
    await last.answer
    letGo()
    await busy
    expect((await waiting).number).toBeGreaterThan(0)
    expect((await file(house, ana)).number).toBeGreaterThan(0)
  })

  it.each([
    ['endless headers', `GET /health HTTP/1.1\r\nHost: localhost\r\n${'X-More: yes\r\n'.repeat(20_000)}\r\n`, 413, 'too_large'],
    ['one endless header', `GET /health HTTP/1.1\r\nHost: localhost\r\nX-More: ${'y'.repeat(200_000)}\r\n\r\n`, 413, 'too_large'],
    ['no method that there is', 'HELLO /health HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, 'invalid_input'],
    ['not HTTP at all', '\u0016\u0003\u0001 hello\r\n\r\n', 400, 'invalid_input'],
    ['two lengths', 'POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde', 400, 'invalid_input'],
    ['a length and pieces', 'POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400, 'invalid_input'],
    ['an expectation', 'GET /health HTTP/1.1\r\nHost: localhost\r\nExpect: wonders\r\n\r\n', 400, 'invalid_input'],
  ])('%s: a problem of ours with our headers', async (_, text, status, problem) => {
    house = await startHouse()
    const { write, answer } = raw(house.port)
    write(text)
    const [head = '', body] = (await answer).split('\r\n\r\n')
    expect([Number(head.split(' ')[1]), body]).toEqual([status, JSON.stringify({ problem })])
    expectOurHeaders(new Headers(head.split('\r\n').slice(1).map((line) => line.split(/: (.*)/s, 2) as [string, string])))
    expect((await house.nobody.fetch('/health')).status).toBe(200)
  })
})
