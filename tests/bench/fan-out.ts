import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { livePath } from '../../shared/live.ts'
import { releaseCall } from '../../shared/press.ts'
import type { Release } from '../../shared/press.ts'
import { releaseOf, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { callerOf, startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { registeredKey } from '../support/phone-key.ts'
import { startServer } from '../support/process.ts'
import { statementOf } from '../support/reports.ts'
import type { Figure } from './figure.ts'
import { alone, quantile } from './figure.ts'
import { openHearing } from './hearing.ts'

export type SendAll = { port: number; file: string; milliseconds: number }
export type PhonesDone = { answered: number[] }

const [phones, desks, presses, releases] = [2_400, 50, 200, 12]
const sendingMilliseconds = 30_000

/** While 2,400 phones file a signed report each: from a report's receipt to each of 50 desks, from a picture's release to each of 200 press screens. Server, phones and screens have a process each. */
export async function fanOut(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-bench-'))
  try {
    const mission = join(folder, 'mission')
    const made = await prepare(mission, join(folder, 'phones.json'))
    const server = await startServer({ folder: mission })
    try {
      const hear = (cookies: string[]) => openHearing({ address: server.address, path: livePath, sockets: cookies.map((cookie) => ({ cookie, count: 1 })) })
      const [desk, press] = [await hear(made.desks), await hear(made.presses)]
      const releaser = callerOf(server, { ...made.releaser, token: made.releaser.cookie.replace('veedor=', '') })
      const sending = sendAll({ port: Number(new URL(server.address).port), file: join(folder, 'phones.json'), milliseconds: sendingMilliseconds })
      // What goes wrong first is told, not what follows from it.
      sending.catch(() => undefined)
      for (const one of made.releases) {
        const { status } = await releaser.call(releaseCall, one)
        if (status !== 201) throw new Error(`A release was answered ${status}`)
        await new Promise((done) => setTimeout(done, sendingMilliseconds / releases / 2))
      }
      const answered = (await sending).sort((one, other) => one - other)
      // Each screen has heard of everything once the last things are there.
      const [reports, shown] = [await heardBy(desk, made.reports, desks), await heardBy(press, made.releases.map(({ id }) => id), presses)]
      await Promise.all([desk.close(), press.close()])
      const both = (name: string, sorted: number[]): Figure[] => [['p50', 0.5], ['p99', 0.99]].map(([label, share]) => alone(`${name}, ${label}`, quantile(sorted, Number(share)), 'ms'))
      return [
        ...both(`a report received to each of ${desks} desks, while ${phones} phones send in ${sendingMilliseconds / 1000} s`, reports),
        ...both(`a picture released to each of ${presses} press screens meanwhile`, shown),
        ...both('a phone\'s report, sent to acknowledged, meanwhile', answered),
      ]
    } finally {
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Made = { desks: string[]; presses: string[]; releaser: Caller; releases: Release[]; reports: string[] }

/** A mission with its people, pictures that may be released, and the report that each phone will send, in a file. */
async function prepare(folder: string, file: string): Promise<Made> {
  const house = await startHouse({ folder, clock: wallClock })
  const lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1, otherOrganisation: false })
  const [first, verifier] = [await house.person('observer'), await house.person('coordinator')]
  const pictures = await inTurns(Array.from({ length: releases }, (_, seed) => seed), 4, (seed) => verifiedPicture(house, first, [verifier], seed))
  const proposals = await inTurns(pictures, 4, ({ photo }) => releaseOf(lead, photo))
  const cookies = (count: number, role: 'coordinator' | 'press') => inTurns(Array.from({ length: count }), 50, async () => (await house.person(role)).cookie)
  const [desk, press] = [await cookies(desks, 'coordinator'), await cookies(presses, 'press')]
  const sent = await inTurns(Array.from({ length: phones }), 100, () => signedReport(house))
  await house.close()
  await writeFile(file, JSON.stringify(sent))
  return { desks: desk, presses: press, releaser: lead, releases: proposals, reports: sent.map(({ id }) => id) }
}

/** From another place than the pictures: how closely these may be told of depends on how many observers are there. */
async function signedReport(house: TestHouse) {
  const person = await house.person('observer')
  const [key, stated] = [await registeredKey(person), await statementOf(house, person, { station: 'CE-03' })]
  const statement = JSON.stringify(stated)
  return { id: stated.id, cookie: person.cookie, path: `/api/reports/${stated.id}`, body: JSON.stringify({ statement, signature: key.sign(statement), sentAt: stated.times.finishedAt }) }
}

/** So many at a time. */
async function inTurns<One, Made>(all: readonly One[], atOnce: number, make: (one: One) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = []
  for (let from = 0; from < all.length; from += atOnce) made.push(...(await Promise.all(all.slice(from, from + atOnce).map(make))))
  return made
}

function sendAll(given: SendAll): Promise<number[]> {
  const child = fork(resolve(import.meta.dirname, 'phones.ts'), { execArgv: ['--import', 'tsx'] })
  child.send(given)
  return new Promise((done, fail) => {
    child.once('exit', (code) => fail(new Error(`The phones ended with ${code}`)))
    child.once('message', (message) => {
      done((message as PhonesDone).answered)
      child.kill()
    })
  })
}

/** All the times from these things' own instants to each of so many screens, sorted. */
async function heardBy(hearing: Awaited<ReturnType<typeof openHearing>>, ids: readonly string[], screens: number): Promise<number[]> {
  for (;;) {
    const times = await hearing.times()
    const heard = ids.flatMap((id) => times.get(id) ?? [])
    if (heard.length >= ids.length * screens) return heard.sort((one, other) => one - other)
    await new Promise((done) => setTimeout(done, 200))
  }
}
