import { Agent, request } from 'node:http'
import { Worker } from 'node:worker_threads'
import { file } from '../support/reports.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import type { Figure } from './figure.ts'
import { quantile } from './figure.ts'

const reports = 60

/** Strangers who ask for a link that is none, as fast as answers come, in a thread of their own; told how many were answered when they are stopped. */
const strangers = `
const { parentPort, workerData } = require('node:worker_threads')
const { Agent, request } = require('node:http')
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
let answered = 0, going = true
const body = JSON.stringify({ token: 'no-such-link-at-all' })
const ask = () => {
  const asked = request({ agent, port: workerData.port, host: '127.0.0.1', method: 'POST', path: '/api/join/look', headers: { Host: 'localhost:' + workerData.port, Origin: 'http://localhost:' + workerData.port, 'Content-Type': 'application/json', 'Content-Length': body.length } }, (response) => {
    response.resume().on('end', () => { answered++; if (going) ask() })
  })
  asked.on('error', () => { if (going) ask() }).end(body)
}
for (let at = 0; at < 64; at++) ask()
parentPort.on('message', () => { going = false; agent.destroy(); parentPort.postMessage(answered) })
`

/** A report filed while strangers flood the same address, beside one filed while nobody does; and how many strangers a second were turned away. */
export async function flood(): Promise<Figure[]> {
  const house = await startHouse({ clock: wallClock })
  try {
    const ana = await house.person('observer')
    await fileMany(house, ana)
    const alone = await fileMany(house, ana)
    const worker = new Worker(strangers, { eval: true, workerData: { port: house.port } })
    await new Promise((done) => setTimeout(done, 1_000))
    const begun = performance.now()
    const flooded = await fileMany(house, ana)
    const seconds = (performance.now() - begun) / 1000 + 1
    const answered = await new Promise<number>((done) => {
      worker.once('message', done)
      worker.postMessage('stop')
    })
    await worker.terminate()
    const bare = await bareRate(house)
    return [
      { name: 'a report filed during a flood of strangers, p95, beside without one', ours: quantile(flooded, 0.95), plain: quantile(alone, 0.95), ratio: quantile(flooded, 0.95) / quantile(alone, 0.95), unit: 'ms' },
      { name: 'strangers answered a second meanwhile, beside /health alone', ours: answered / seconds, plain: bare, ratio: answered / seconds / bare, unit: '1/s' },
    ]
  } finally {
    await house.stop()
  }
}

async function fileMany(house: TestHouse, author: Caller): Promise<number[]> {
  const times: number[] = []
  for (let count = 0; count < reports; count++) {
    const begun = performance.now()
    await file(house, author)
    times.push(performance.now() - begun)
  }
  return times.sort((one, other) => one - other)
}

/** The same number of connections asking for what costs nothing, from this thread. */
async function bareRate(house: TestHouse): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const until = performance.now() + 2_000
  let answered = 0
  await Promise.all(Array.from({ length: 64 }, async () => {
    while (performance.now() < until) {
      await new Promise<void>((done) => request({ agent, port: house.port, host: '127.0.0.1', path: '/health', headers: { Host: `localhost:${house.port}` } }, (response) => response.resume().on('end', done)).end())
      answered++
    }
  }))
  agent.destroy()
  return answered / 2
}
