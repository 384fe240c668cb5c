import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import { TileType, zxyToTileId } from 'pmtiles'

// Maps made by the tests: areas, an archive of tiles, vector tiles, and a host that gives tiles out.

type Pair = [number, number]

/** A square area as GeoJSON has it. */
export const area = (name: string, [west, south]: Pair, degrees: number, properties: object = {}): object => ({
  type: 'Feature', properties: { name, ...properties },
  geometry: { type: 'Polygon', coordinates: [[[west, south], [west + degrees, south], [west + degrees, south + degrees], [west, south + degrees], [west, south]]] },
})

export const collection = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features })

/** The square of a zoom in which a place lies. */
export function squareAt(latitude: number, longitude: number, z: number): { z: number; x: number; y: number } {
  const radians = (latitude * Math.PI) / 180
  return { z, x: Math.floor(((longitude + 180) / 360) * 2 ** z), y: Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z) }
}

export type Packed = { z: number; x: number; y: number; bytes: Buffer }

/** A PMTiles file of version 3 with these tiles. Its directories are zipped, as its makers do. */
export function archiveOf(tiles: readonly Packed[], { type = TileType.Png, metadata = {} }: { type?: TileType; metadata?: object } = {}): Buffer {
  const sorted = tiles.map((tile) => ({ ...tile, id: zxyToTileId(tile.z, tile.x, tile.y) })).sort((one, other) => one.id - other.id)
  const directory = new PbfWriter()
  directory.writeVarint(sorted.length)
  for (const [at, { id }] of sorted.entries()) directory.writeVarint(id - (sorted[at - 1]?.id ?? 0))
  for (const _ of sorted) directory.writeVarint(1)
  for (const { bytes } of sorted) directory.writeVarint(bytes.length)
  for (const at of sorted.keys()) directory.writeVarint(at === 0 ? 1 : 0)
  const [root, said, data] = [gzipSync(directory.finish()), gzipSync(JSON.stringify(metadata)), Buffer.concat(sorted.map(({ bytes }) => bytes))]
  const head = Buffer.alloc(127)
  head.write('PMTiles\u0003', 'latin1')
  const [rootAt, saidAt, dataAt] = [127, 127 + root.length, 127 + root.length + said.length]
  for (const [at, value] of [rootAt, root.length, saidAt, said.length, dataAt, 0, dataAt, data.length, sorted.length, sorted.length, sorted.length].entries()) head.writeBigUInt64LE(BigInt(value), 8 + at * 8)
  const zooms = sorted.map(({ z }) => z)
  head.set([1, 2, 1, type, Math.min(...zooms), Math.max(...zooms)], 96)
  for (const [at, degrees] of [-180, -85, 180, 85].entries()) head.writeInt32LE(degrees * 1e7, 102 + at * 4)
  return Buffer.concat([head, root, said, data])
}

/** A vector tile with one street that runs from its left to its right, as Protomaps names such things. */
export function streetTile(name: string, y = 2048): Buffer {
  const tile = new PbfWriter()
  tile.writeMessage(3, (_, layer) => {
    layer.writeVarintField(15, 2)
    layer.writeStringField(1, 'roads')
    layer.writeMessage(2, (__, feature) => {
      feature.writePackedVarint(2, [0, 0, 1, 1])
      feature.writeVarintField(3, 2)
      feature.writePackedVarint(4, [9, 0, y * 2, 10, 4096 * 2, 0])
    }, null)
    layer.writeStringField(3, 'kind')
    layer.writeStringField(3, 'name')
    for (const value of ['major_road', name]) layer.writeMessage(4, (__, one) => one.writeStringField(1, value), null)
    layer.writeVarintField(5, 4096)
  }, null)
  return Buffer.from(tile.finish())
}

export type TileHost = { address: string; asked: { url: string; headers: IncomingMessage['headers'] }[]; stop: () => Promise<void> }

/** A real host of tiles on this machine; what it is asked is written down. */
export async function tileHost(answer: (url: string, response: ServerResponse) => void, ending = 'png'): Promise<TileHost> {
  const asked: TileHost['asked'] = []
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers })
    answer(request.url ?? '', response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/{z}/{x}/{y}.${ending}`, asked,
    stop: () => new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    }),
  }
}
