import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import type { PhonesDone, SendAll } from './fan-out.ts'

// Many phones, in a process of their own: each has a connection, files its report at its moment, then asks once how its reports are doing.

function ask(port: number, agent: Agent, method: string, path: string, cookie: string, body: string | null): Promise<number> {
  return new Promise((done, fail) => {
    const asked = request({ agent, host: '127.0.0.1', port, method, path, headers: { Host: `localhost:${port}`, Origin: `http://localhost:${port}`, Cookie: cookie, ...(body === null ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }) } }, (response) => response.resume().once('end', () => done(response.statusCode ?? 0)))
    asked.once('error', fail).end(body ?? '')
  })
}

process.once('message', (message) => {
  const { port, file, milliseconds } = message as SendAll
  const phones = JSON.parse(readFileSync(file, 'utf8')) as { cookie: string; path: string; body: string }[]
  const agent = new Agent({ keepAlive: true, maxSockets: phones.length })
  const answered: number[] = []
  const send = async ({ cookie, path, body }: (typeof phones)[number]) => {
    const begun = performance.now()
    const status = await ask(port, agent, 'PUT', path, cookie, body)
    if (status !== 201) throw new Error(`A report was answered ${status}`)
    answered.push(performance.now() - begun)
    await ask(port, agent, 'GET', '/api/my/reports', cookie, null)
  }
  // Spread evenly, in no order of persons.
  const all = phones.map((phone, at) => new Promise<void>((done, fail) => void setTimeout(() => void send(phone).then(done, fail), (at / phones.length) * milliseconds)))
  void Promise.all(all).then(() => {
    agent.destroy()
    process.send?.({ answered } satisfies PhonesDone)
  })
})
