import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askControl, openControl } from '../../server/platform/control/control.ts'
import type { Control } from '../../server/platform/control/control.ts'

let folder: string
let control: Control | null = null
const heard: unknown[] = []
const handlers = {
  echo: (input: unknown) => { heard.push(input); return Promise.resolve(input) },
  fail: () => Promise.reject(new Error('a secret reason')),
}

beforeEach(async () => {
  heard.length = 0
  folder = await mkdtemp(join(tmpdir(), 'veedor-control-'))
  control = await openControl(folder, { port: 8123, handlers })
})
afterEach(async () => {
  await control?.close()
  await rm(folder, { recursive: true, force: true })
})

const ownFile = async () => JSON.parse(await readFile(join(folder, 'control.json'), 'utf8')) as { pid: number; port: number; controlPort: number; secret: string }

/** Knocks with these headers and gives status and body. */
const knock = (port: number, path: string, headers: Record<string, string>, method = 'POST'): Promise<{ status: number | undefined; body: string }> =>
  new Promise((done, fail) => {
    const knocking = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (piece: string) => { body += piece }).on('end', () => done({ status: response.statusCode, body }))
    })
    knocking.on('error', fail).end('{"a":1}')
  })

test('a command finds the server by the folder alone', async () => {
  expect(await askControl(folder, 'echo', { name: 'Ana' })).toEqual({ answer: { name: 'Ana' } })
  expect(await ownFile()).toMatchObject({ pid: process.pid, port: 8123 })
})

test('only this account can read where the door is', async () => {
  expect((await stat(join(folder, 'control.json'))).mode & 0o777).toBe(0o600)
})

test('who does not know the secret is refused, whatever they ask', async () => {
  const { controlPort, secret } = await ownFile()
  for (const headers of [{}, { Authorization: 'Bearer ' }, { Authorization: `Bearer ${secret}x` }, { Authorization: secret }, { Cookie: `veedor=${secret}` }]) expect(await knock(controlPort, '/echo', headers as Record<string, string>)).toEqual({ status: 401, body: '{}' })
  expect(heard).toEqual([])
})

test('what is no command is not there, and nothing but POST is heard', async () => {
  const { controlPort, secret } = await ownFile()
  const right = { Authorization: `Bearer ${secret}` }
  for (const path of ['/', '/nothing', '/constructor', '/__proto__']) expect(await knock(controlPort, path, right)).toEqual({ status: 404, body: '{}' })
  expect((await knock(controlPort, '/echo', right, 'PUT')).status).toBe(404)
  expect(heard).toEqual([])
})

test('what fails says so and no more', async () => {
  await expect(askControl(folder, 'fail', {})).rejects.toThrow(/could not do this \(500\)/)
  const { controlPort, secret } = await ownFile()
  expect(await knock(controlPort, '/fail', { Authorization: `Bearer ${secret}` })).toEqual({ status: 500, body: '{}' })
})

test('where no server runs there is nobody to ask', async () => {
  const left = await readFile(join(folder, 'control.json'))
  await control?.close()
  control = null
  expect(await askControl(folder, 'echo', {})).toBeNull()
  // What a killed server leaves behind.
  await writeFile(join(folder, 'control.json'), left)
  expect(await askControl(folder, 'echo', {})).toBeNull()
  await writeFile(join(folder, 'control.json'), '{"pid":')
  expect(await askControl(folder, 'echo', {})).toBeNull()
})
