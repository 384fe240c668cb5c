import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, stat, utimes } from 'node:fs/promises'
import type { LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { TileType } from 'pmtiles'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { groundCall, groundTileCall } from '../../shared/ground.ts'
import { readConfig } from '../../server/config.ts'
import { keepTiles } from '../../server/platform/map/kept-tiles.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { readRegister } from '../support/register.ts'
import { archiveOf, area, collection, streetTile, tileHost } from '../support/map.ts'
import type { TileHost } from '../support/map.ts'

const folder = mkdtempSync(join(tmpdir(), 'veedor-map-'))
const write = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const mapOf = (environment: Record<string, string>) => readConfig(environment, false).map
const openWith = (environment: Record<string, string>, more: { lookup?: LookupFunction } = {}) => {
  const map = mapOf(environment)
  return startHouse({ ...more, ...(map ? { map } : {}) })
}
const tile = (caller: Caller, z: number, x: number, y: number) => caller.fetch(`/api/ground/tiles/${z}/${x}/${y}`)
const whose = { MAP_ATTRIBUTION: '© Somebody' }

const open: { stop: () => Promise<void> }[] = []
const kept = <One extends { stop: () => Promise<void> }>(one: One): One => {
  open.push(one)
  return one
}
let png: Buffer
beforeAll(async () => { png = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#c8d8e8' } }).png().toBuffer() })
afterEach(async () => { for (const one of open.splice(0)) await one.stop() })
afterAll(() => rmSync(folder, { recursive: true }))

describe('areas of the operator’s own', () => {
  it('[R337] come to the desk by level with their names, shared lines once, and small whatever the file was', async () => {
    // A coast of 150,000 positions: more than any screen shows.
    const coast = Array.from({ length: 150_000 }, (_, at) => [-89 + Math.cos((at / 150_000) * 2 * Math.PI) * (0.3 + 0.00004 * (at % 2)), 13.5 + Math.sin((at / 150_000) * 2 * Math.PI) * 0.3])
    const path = write('areas.geojson', collection(
      area('San Salvador Centro', [-89.5, 13.5], 0.5, { level: 'municipality' }), area('La Libertad Este', [-89, 13.5], 0.5, { level: 'municipality' }),
      { type: 'Feature', properties: { nombre: 'Isla', level: 'district' }, geometry: { type: 'Polygon', coordinates: [[...coast, coast[0]]] } },
    ))
    const house = kept(await openWith({ MAP_AREAS: path, ...whose }))
    const { reply, status } = await (await house.person('coordinator')).call(groundCall, {})
    expect(status).toBe(200)
    expect(Object.entries(reply.areas?.objects ?? {}).map(([level, { geometries }]) => [level, geometries.map(({ properties }) => properties.name)])).toEqual([['municipality', ['San Salvador Centro', 'La Libertad Este']], ['district', ['Isla']]])
    expect(reply.areas?.objects['municipality']?.geometries.map(({ properties }) => properties.at)).toEqual([[-89.25, 13.75], [-88.75, 13.75]])
    expect(reply.areas?.arcs.flat().length).toBeLessThan(60_000)
    expect(reply.attribution).toBe('© Somebody')
    expect(reply.streets).toBeNull()
  })

  it('[R337] take their level from before the path, where the file does not say it, and several files', async () => {
    const [districts, departments] = [write('adm2.json', collection(area('Zaragoza', [-89.3, 13.5], 0.1, { shapeName: 'x' }))), write('adm1.json', collection(area('La Libertad', [-89.5, 13.4], 0.5)))]
    const house = kept(await openWith({ MAP_AREAS: `district:${districts}, department:${departments}` }))
    const { reply } = await (await house.person('lead')).call(groundCall, {})
    expect(Object.keys(reply.areas?.objects ?? {})).toEqual(['department', 'district'])
  })

  it.each([
    ['a file that is not there', 'none.geojson', null, 'cannot be read'],
    ['text', 'text.geojson', 'x', 'is no GeoJSON'],
    ['one area alone', 'one.geojson', JSON.stringify(area('A', [0, 0], 1)), 'a FeatureCollection is expected'],
    ['nothing', 'empty.geojson', collection(), 'holds no area'],
    ['a point', 'point.geojson', collection({ type: 'Feature', properties: { name: 'A', level: 'district' }, geometry: { type: 'Point', coordinates: [0, 0] } }), 'area 1 is no Polygon'],
    ['no name', 'nameless.geojson', collection(area('A', [0, 0], 1, { level: 'district' }), area('', [0, 0], 1, { level: 'district' })), 'area 2 has no name'],
    ['no level', 'level.geojson', collection(area('A', [0, 0], 1)), 'give each area a "level" of department, municipality, district'],
    ['metres', 'metres.geojson', collection(area('A', [480_000, 290_000], 1000, { level: 'district' })), 'convert the file to WGS 84'],
    ['a line', 'line.geojson', collection({ type: 'Feature', properties: { name: 'A', level: 'district' }, geometry: { type: 'Polygon', coordinates: [[[0, 0], [1, 1]]] } }), 'fewer than four positions'],
  ])('[R338] refuses %s in words that name the file', async (_, name, content, why) => {
    const path = content === null ? join(folder, name) : write(name, content)
    await expect(openWith({ MAP_AREAS: path })).rejects.toThrow(new RegExp(`^MAP_AREAS names ${path}, .*${why.replace(/[()"]/g, '\\$&')}.*\\.$`))
  })
})

describe('areas and the country of the mission', () => {
  const register = 'station_code,station_name,department,municipality,district,latitude,longitude,table\n1,Escuela Uno,San Salvador,San Salvador Centro,San Salvador,13.70,-89.19,1\n2,Escuela Dos,San Miguel,San Miguel Centro,San Miguel,13.48,-88.18,2\n'
  const home = mkdtempSync(join(tmpdir(), 'veedor-country-'))
  const startWith = (areas?: string) => startHouse({ folder: home, ...(areas === undefined ? {} : { map: mapOf({ MAP_AREAS: areas }) }) })
  const swapped = (name: string, latitude: number, longitude: number): object => area(name, [latitude, longitude], 0.5, { level: 'department' })
  beforeAll(async () => {
    // Where the register is not there yet, nothing says where the country is: this start takes any areas.
    const house = await startWith(write('first.geojson', collection(swapped('A', 13.5, -89.5))))
    await readRegister(await house.person('lead'), register)
    await house.stop()
  })
  afterAll(() => rmSync(home, { recursive: true }))

  it.each([
    ['has latitude and longitude swapped', [swapped('San Salvador', 13.5, -89.5), swapped('San Miguel', 13, -88.5)], 'of which no area lies near any centre of the register: its latitudes and longitudes seem to be swapped, and a position of GeoJSON has its longitude first'],
    ['has them swapped where no latitude can be', [swapped('Ahuachapán', 13.5, -90.1)], 'whose area 1 has a position whose latitude and longitude seem to be swapped: in GeoJSON the longitude comes first'],
    ['is another country’s', [area('Lisboa', [-9.5, 38.5], 1, { level: 'department' }), area('Faro', [-9, 37], 1, { level: 'department' })], 'of which no area lies near any centre of the register: name a file of the mission’s country'],
  ])('[R460] a file that %s stops the start with a sentence that says so, beside one that is right', async (name, areas, why) => {
    const right = write('here.geojson', collection(area('La Libertad Este', [-89.5, 13.4], 0.5, { level: 'municipality' })))
    const path = write(`${name.replaceAll(' ', '-')}.geojson`, collection(...areas))
    await expect(startWith(`${right},${path}`)).rejects.toThrow(`MAP_AREAS names ${path}, ${why}.`)
  })

  it('[R460] a file of which one area lies where the register’s centres are is taken, and a refused start leaves the folder free', async () => {
    const house = await startWith(write('partly.geojson', collection(area('San Miguel', [-88.4, 13.2], 0.5, { level: 'department' }), area('Guatemala', [-91, 14.5], 0.5, { level: 'department' }))))
    expect((await (await house.person('lead')).call(groundCall, {})).reply.areas?.objects['department']?.geometries).toHaveLength(2)
    await house.stop()
  })
})

describe('streets out of a file', () => {
  it('[R339] are given square by square, to the desk alone; beyond what was packed an empty square; no other number reaches the file', async () => {
    const path = write('streets.pmtiles', archiveOf([{ z: 0, x: 0, y: 0, bytes: png }, { z: 3, x: 2, y: 3, bytes: png }], { metadata: { attribution: '<a href="https://example.org">&copy; OpenStreetMap</a>' } }))
    const house = kept(await openWith({ MAP_TILES: path }))
    const desk = await house.person('coordinator')
    expect((await desk.call(groundCall, {})).reply).toEqual({ areas: null, streets: { kind: 'raster', from: 0, until: 3, bounds: [-180, -85, 180, 85] }, attribution: '© OpenStreetMap' })
    const there = await tile(desk, 3, 2, 3)
    expect([there.status, there.headers.get('content-type'), there.headers.get('cache-control')]).toEqual([200, 'image/png', 'private, no-store'])
    expect(Buffer.from(await there.arrayBuffer()).equals(png)).toBe(true)
    const nothing = await tile(desk, 3, 0, 0)
    expect((await sharp(Buffer.from(await nothing.arrayBuffer())).stats()).channels[3]?.max).toBe(0)
    for (const [z, x, y] of [[3, 8, 0], [3, 0, 8], [4, 0, 0]] as const) expect((await tile(desk, z, x, y)).status).toBe(404)
    for (const wrong of ['3/-1/0', '3/0/0.5', '3/0/..%2F..', '23/0/0', '3/0/0.png', '3/x/0']) expect((await desk.fetch(`/api/ground/tiles/${wrong}`)).status, wrong).toBe(400)
    for (const other of ['observer', 'press'] as const) expect((await tile(await house.person(other), 3, 2, 3)).status).toBe(403)
    expect((await tile(house.nobody, 3, 2, 3)).status).toBe(401)
  })

  it('[R339] are vector tiles too, unpacked', async () => {
    const bytes = streetTile('Calle Arce')
    const path = write('vector.pmtiles', archiveOf([{ z: 0, x: 0, y: 0, bytes }], { type: TileType.Mvt }))
    const house = kept(await openWith({ MAP_TILES: path, ...whose }))
    const desk = await house.person('lead')
    expect((await desk.call(groundCall, {})).reply.streets?.kind).toBe('vector')
    expect(Buffer.from(await (await tile(desk, 0, 0, 0)).arrayBuffer()).equals(bytes)).toBe(true)
  })

  it.each([
    ['nothing', 'none.pmtiles', null, 'cannot be read'], ['text', 'text.pmtiles', 'x'.repeat(300), 'no PMTiles file'], ['tiles of another kind', 'avif.pmtiles', 'avif', 'neither PNG'], ['a file that does not say whose it is', 'whose.pmtiles', 'png', 'MAP_ATTRIBUTION'],
  ])('[R338] refuse %s in words', async (_, name, content, why) => {
    const bytes = content === 'avif' || content === 'png' ? archiveOf([{ z: 0, x: 0, y: 0, bytes: png }], { type: content === 'avif' ? TileType.Avif : TileType.Png }) : content
    const path = bytes === null ? join(folder, name) : write(name, bytes)
    await expect(openWith({ MAP_TILES: path })).rejects.toThrow(new RegExp(`^MAP_TILES names .*${why}.*\\.$`))
  })
})

const giving = (type: string, bytes: () => Buffer, status = 200): Promise<TileHost> => tileHost((_, response) => void response.writeHead(status, { 'Content-Type': type }).end(bytes()))

describe('streets of one listed host', () => {
  it('[R340] are asked for once and kept: who looks at the map stays unknown, and a host that is gone is not missed', async () => {
    const host = await giving('image/png', () => png)
    const house = kept(await openWith({ MAP_TILES: host.address, ...whose }))
    const desk = await house.person('coordinator')
    const answers = await Promise.all(Array.from({ length: 8 }, () => tile(desk, 12, 1035, 1886)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(host.asked.map(({ url }) => url)).toEqual(['/12/1035/1886.png'])
    expect(Object.keys(host.asked[0]?.headers ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
    await host.stop()
    expect(Buffer.from(await (await tile(desk, 12, 1035, 1886)).arrayBuffer()).equals(png)).toBe(true)
    const missing = await tile(desk, 12, 1036, 1886)
    expect([missing.status, await missing.json()]).toEqual([404, { problem: 'not_found', fields: [{ path: 'tile', reason: 'not_yet' }] }])
  })

  it('[R340] without a tile at a place give an empty square, and are not asked there again', async () => {
    const host = kept(await giving('text/plain', () => Buffer.from('none'), 404))
    const house = kept(await openWith({ MAP_TILES: host.address, ...whose }))
    const desk = await house.person('coordinator')
    for (const _ of [1, 2]) expect((await tile(desk, 5, 1, 1)).status).toBe(200)
    expect(host.asked).toHaveLength(1)
  })

  it.each<[string, (other: TileHost) => Promise<TileHost>]>([
    ['leads elsewhere', (other) => tileHost((_, response) => void response.writeHead(302, { Location: other.address.replace('{z}/{x}/{y}', '1/1/1') }).end())],
    ['calls a page a picture', () => giving('image/png', () => Buffer.from('<!doctype html><script>alert(1)</script>'))],
    ['sends a page', () => giving('text/html', () => png)],
    ['sends what draws by itself', () => giving('image/svg+xml', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['never ends', () => tileHost((_, response) => {
      response.writeHead(200, { 'Content-Type': 'image/png' })
      const pour = () => { while (!response.destroyed && response.write(Buffer.alloc(100_000))); response.once('drain', pour) }
      pour()
    })],
    ['cuts', () => tileHost((_, response) => { response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': '5000' }); response.write(png.subarray(0, 90)); setImmediate(() => response.destroy()) })],
    ['fails', () => giving('image/png', () => png, 500)],
  ])('[R341] one that %s is not believed, nothing of it is kept, and it is left alone for a while', async (_, make) => {
    const other = kept(await giving('image/png', () => png))
    const host = kept(await make(other))
    const house = kept(await openWith({ MAP_TILES: host.address, ...whose }))
    const desk = await house.person('coordinator')
    for (const x of [1, 2, 3]) expect((await tile(desk, 5, x, 1)).status).toBe(404)
    expect([host.asked.length, other.asked.length]).toEqual([1, 0])
    expect(await readdir(join(house.folder, 'tiles')).catch(() => [])).toEqual([])
  })

  it('[R341] a name that stands for an address of this machine or of an own network is not called, also where it changes in between', async () => {
    const host = kept(await giving('image/png', () => png))
    const { port } = new URL(host.address.replace(/\{.\}/g, '0'))
    for (const address of ['127.0.0.1', '10.0.0.7', '169.254.169.254', '192.168.1.1', '100.64.0.1', '::1', '::ffff:127.0.0.1', 'fd00::1', 'fe80::1']) {
      const family = address.includes(':') ? 6 : 4
      const lookup: LookupFunction = (_name, options, done) => (options.all ? done(null, [{ address: '93.184.215.14', family: 4 }, { address, family }]) : done(null, '93.184.215.14', 4))
      const house = kept(await openWith({ MAP_TILES: `https://tiles.example.org:${port}/{z}/{x}/{y}.png`, ...whose }, { lookup }))
      expect((await tile(await house.person('lead'), 1, 1, 1)).status, address).toBe(404)
    }
    expect(host.asked).toEqual([])
  })

  it.each([
    ['ftp://tiles.example.org/{z}/{x}/{y}.png', 'must be the path'], ['https://tiles.example.org/{z}/{x}.png', 'must hold {y} once'], ['https://{z}.example.org/{x}/{y}.png', 'cannot be read'], ['http://tiles.example.org/{z}/{x}/{y}.png', 'begin its address with https'],
    ['https://me:secret@tiles.example.org/{z}/{x}/{y}.png', 'a name or a password'], ['https://tiles.example.org/{z}/{x}/{y}', 'must end in'], ['https://tiles.example.org/{z}/{x}/{y}.png?{key}', 'cannot be read'],
  ])('[R338] the address %s is refused in words, without what may be a key', (address, why) => {
    const refused = () => mapOf({ MAP_TILES: address, ...whose })
    expect(refused).toThrow(why)
    expect(refused).not.toThrow(/secret|tiles\.example\.org:|key/)
  })

  it('[R338] whose data it is has to be said, and is not said of nothing', () => {
    expect(() => mapOf({ MAP_TILES: 'https://tiles.example.org/{z}/{x}/{y}.png' })).toThrow('MAP_ATTRIBUTION must say whose data it is')
    expect(() => mapOf(whose)).toThrow('neither MAP_AREAS nor MAP_TILES')
    expect(mapOf({})).toBeUndefined()
    expect(mapOf({ MAP_TILES: 'https://tiles.example.org/{z}/{x}/{y}.pbf?key=abc', ...whose })?.tiles).toEqual({ address: 'https://tiles.example.org/{z}/{x}/{y}.pbf?key=abc', kind: 'vector', mayBePrivate: false })
    expect(() => mapOf({ MAP_AREAS: 'city:a.geojson' })).toThrow('MAP_AREAS names the level "city"')
  })
})

it('[R342] what a host gave is kept within its bound: what was not used for longest goes first', async () => {
  const tiles = keepTiles(join(folder, 'kept'), 'https://tiles.example.org', 100_000)
  for (let x = 0; x < 11; x += 1) await tiles.keep({ z: 9, x, y: 0 }, Buffer.alloc(8_000, x))
  const [inside = ''] = await readdir(join(folder, 'kept'))
  const own = join(folder, 'kept', inside)
  for (const name of await readdir(own)) await utimes(join(own, name), new Date(Date.now() - 7_200_000), new Date())
  // Used again, so not the first to go.
  expect((await tiles.find({ z: 9, x: 0, y: 0 }))?.isOld).toBe(false)
  await tiles.keep({ z: 9, x: 20, y: 0 }, Buffer.alloc(20_000))
  const names = await readdir(own)
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(own, name))).size))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000)
  expect(names).toContain('9-0-0')
  expect(names).toContain('9-20-0')
})

it('[R343] without any of it the desk gets nothing of a map from here, and no square', async () => {
  const house: TestHouse = kept(await startHouse())
  const desk = await house.person('coordinator')
  expect((await desk.call(groundCall, {})).reply).toEqual({ areas: null, streets: null, attribution: '' })
  expect((await desk.call(groundTileCall, { z: 0, x: 0, y: 0 })).problem).toEqual({ problem: 'not_found' })
})
