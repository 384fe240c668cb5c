import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls, doors, layers, pages } from '../access.ts'
import { startHouse } from '../support/house.ts'
import { expectOurHeaders } from '../support/headers.ts'
import type { TestHouse } from '../support/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

// The tests that are made from the table are in access.test.ts.
describe('[R18] the table of who may do what (tests/access.ts)', () => {
  it('names each call with who may use it, and no other', () => {
    const sorted = (who: string) => who.split(' ').sort().join(' ')
    const found = Object.fromEntries(house.doors.contracts.map((call) => [call.name, call.who === 'anyone' ? 'anyone' : sorted([...call.who, ...(call.token ? ['token'] : [])].join(' '))]))
    expect(found).toEqual(Object.fromEntries(Object.entries(calls).map(([name, line]) => [name, sorted(line.who)])))
  })

  it('names every route there is', () => {
    const routes = (stack: TestHouse['doors']['router']['stack']) => stack.flatMap(({ route }) => (route ? [route.path].flat() : []))
    const known = [...house.doors.contracts.map((call) => call.path), ...Object.values(doors).map((door) => door.path)]
    expect([...new Set(routes(house.doors.router.stack))].sort()).toEqual([...new Set(known)].sort())
    expect(routes(house.express.router.stack).sort()).toEqual(Object.keys(pages).sort())
    expect(house.express.router.stack.filter((layer) => !layer.route).map((layer) => layer.name)).toEqual(layers)
  })
})

describe('every door', () => {
  it('[R215] carries the headers that keep a page ours, errors too', async () => {
    for (const path of ['/', '/health', '/api/me', '/api/nothing', '/assets/nothing.js', '/assets', '/observer/', '/observer/nothing.js', '/%zz']) expectOurHeaders((await house.nobody.fetch(path)).headers)
  })

  it('says of a file that is not there that it is not found, and of a part that a file does not have that it is wrong: nothing of that is broken', async () => {
    for (const path of ['/assets/of-a-build-long-gone.js', '/assets/', '/assets/%00', '/assets/..%2f..%2fpackage.json', '/%zz']) {
      const response = await house.nobody.fetch(path)
      expect([path, response.status, await response.json()]).toEqual([path, 404, { problem: 'not_found' }])
    }
    expect((await house.nobody.fetch('/observer/sw.js', { headers: { Range: 'bytes=99999999-' } })).status).toBe(400)
  })

  it('[R215] over TLS, ours or that of the public address, says that nothing else will do for two years; on this machine alone it does not', async () => {
    const behind = await startHouse({ publicAddress: 'https://veedor.example.org' })
    const strictAt = ({ port }: TestHouse, host: string, path: string) => new Promise<string | undefined>((done, fail) => {
      request({ port, host: '127.0.0.1', path, headers: { Host: host } }, (response) => done(response.resume().headers['strict-transport-security'])).on('error', fail).end()
    })
    for (const path of ['/', '/api/me', '/api/nothing', '/%zz', '/health']) {
      expect([path, await strictAt(behind, 'veedor.example.org', path)]).toEqual([path, 'max-age=63072000; includeSubDomains; preload'])
      expect([path, await strictAt(behind, `localhost:${behind.port}`, path), await strictAt(house, `localhost:${house.port}`, path)]).toEqual([path, undefined, undefined])
    }
    await behind.stop()
  })

  it('answers to our own names only', async () => {
    const { port } = house
    const status = await new Promise<number | undefined>((done) => request({ port, host: '127.0.0.1', path: '/health', headers: { Host: 'elsewhere.example' } }, (response) => done(response.statusCode)).end())
    expect(status).toBe(404)
  })
})
