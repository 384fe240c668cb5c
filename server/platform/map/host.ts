import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isClosed } from './addresses.ts'
import type { Kind, Square } from './tile.ts'
import { NoTile, mostTileBytes, tileOf, vectorType } from './tile.ts'
import type { Tile } from './tile.ts'

/** The one host that tiles are fetched from, as the operator wrote it. */
export type Host = { address: string; kind: Kind; /** The operator wrote an address of this machine or of an own network. */ mayBePrivate: boolean }

export type Fetched = (square: Square) => Promise<Tile | null>

const patience = 10_000
const agent = 'Veedor/0.1 (election observation; map of a mission)'

/** What such hosts call what they send; the bytes themselves are looked at too. */
const types: Record<Kind, RegExp> = { raster: /^image\/(png|jpeg|webp)\b/i, vector: new RegExp(`^(${vectorType.replaceAll('.', '\\.')}|application/(x-protobuf|octet-stream|vnd\\.mapbox-vector-tile))\\b`, 'i') }

/**
 * Asks the host for a tile: the address is the operator's with three whole numbers in it, and nothing of whoever looks goes along. What the host's name stands for is looked at
 * in the very call that connects, so that it cannot change in between; a redirect is not followed.
 */
export const fetchFrom = ({ address, kind, mayBePrivate }: Host, lookup: LookupFunction = systemLookup as LookupFunction): Fetched =>
  async (square) => {
    const url = new URL(address.replace(/\{([zxy])\}/g, (_, part: 'z' | 'x' | 'y') => String(square[part])))
    const response = await ask(url, mayBePrivate ? lookup : outside(lookup))
    const { statusCode = 0, headers } = response
    if (statusCode === 404 || statusCode === 204 || statusCode === 410) {
      response.destroy()
      return null
    }
    if (statusCode !== 200 || !types[kind].test(headers['content-type'] ?? '')) {
      response.destroy()
      throw new NoTile(statusCode === 200 ? 'another type' : `status ${statusCode}`)
    }
    return tileOf(kind, await bytesOf(response))
  }

/** Refuses names that stand for an address which is not on the internet. */
const outside = (lookup: LookupFunction): LookupFunction => (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 4)
    const addresses = typeof found === 'string' ? [] : found
    const first = addresses[0]
    if (!first || addresses.some(({ address, family }) => isClosed(address, family === 6 ? 6 : 4))) return done(new NoTile('not on the internet'), '', 4)
    if (options.all) done(null, addresses)
    else done(null, first.address, first.family)
  })
}

function ask(url: URL, lookup: LookupFunction): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { lookup, headers: { 'User-Agent': agent, Accept: '*/*', 'Accept-Encoding': 'identity' }, signal: AbortSignal.timeout(patience) }, resolve)
    request.on('error', () => reject(new NoTile('no answer')))
    request.end()
  })
}

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length
      if (length > mostTileBytes) throw new NoTile('too large')
      parts.push(part)
    }
  } catch {
    throw new NoTile('cut')
  } finally {
    response.destroy()
  }
  return Buffer.concat(parts)
}
