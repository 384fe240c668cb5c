import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSlowLink } from '../support/slow-link.ts'
import type { SlowLink } from '../support/slow-link.ts'

let server: Server
let link: SlowLink
beforeAll(async () => {
  server = createServer((request, response) => void request.pipe(response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  link = await openSlowLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(async () => {
  await link.close()
  server.closeAllConnections()
  server.close()
})

test('a line that loses half of what it carries delivers every byte, in order, and counts each once', async () => {
  link.become({ bytesPerSecond: 1_000_000, roundTripMilliseconds: 10, loss: 0.5, cutEverySeconds: 3600 })
  const bytes = randomBytes(100_000)
  const [before, answer] = [link.up(), await fetch(link.address, { method: 'POST', body: bytes })]
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  expect(link.up() - before).toBeGreaterThan(bytes.length)
  expect(link.up() - before).toBeLessThan(bytes.length + 2000)
})

test('a cut ends what is under way, and once the line is back all goes through', async () => {
  link.become({ bytesPerSecond: 20_000, roundTripMilliseconds: 10, loss: 0, cutEverySeconds: 0.2 })
  await expect(fetch(link.address, { method: 'POST', body: randomBytes(100_000) }).then((answer) => answer.arrayBuffer())).rejects.toThrow()
  link.become(null)
  await expect.poll(() => fetch(link.address, { method: 'POST', body: 'again' }).then((answer) => answer.text(), () => null), { timeout: 30_000 }).toBe('again')
})
