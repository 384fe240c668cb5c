import { describe, expect, it } from 'vitest'
import { request } from 'node:http'
import { startHouse } from '../support/house.ts'
import { phoneFirstLoad, plainFirstLoad } from '../support/weight.ts'

/** The size of an answer's body as it travels to a browser, in bytes. */
const bytesOnTheWay = (port: number, path: string) => new Promise<number>((done, fail) => {
  request({ port, host: '127.0.0.1', path, headers: { 'Accept-Encoding': 'gzip, deflate' } }, (response) => {
    if (response.statusCode !== 200) return fail(new Error(`${path} ${response.statusCode}`))
    let bytes = 0
    response.on('data', (part: Buffer) => { bytes += part.length }).on('end', () => done(bytes))
  }).on('error', fail).end()
})

describe('the phone’s first load', () => {
  it.each(['es', 'en'] as const)('in %s is at most 60 kB: page, script, style and words', async (language) => {
    const { bytes, files } = await phoneFirstLoad(language)
    expect(Object.keys(files).some((name) => name.endsWith('.css'))).toBe(true)
    expect(bytes, JSON.stringify(files, null, 2)).toBeLessThanOrEqual(plainFirstLoad)
  })

  it('is what travels: the server sends it compressed', async () => {
    const house = await startHouse()
    try {
      const { files } = await phoneFirstLoad('es')
      const sizes = await Promise.all(Object.keys(files).map((name) => bytesOnTheWay(house.port, name === 'observer/index.html' ? '/observer/' : `/${name}`)))
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(plainFirstLoad)
    } finally {
      await house.stop()
    }
  })
})
