import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Whose word is taken for where a request came from, and where it came from. */
export type Addresses = {
  isTrusted: (address: string) => boolean
  /** The nearest address that is not a proxy of ours: what a client writes into X-Forwarded-For buys it nothing. */
  of: (request: IncomingMessage) => string
}

/** `trusted`: addresses and networks of our own proxies, as `127.0.0.0/8`. */
export function openAddresses(trusted: readonly string[]): Addresses {
  const list = new BlockList()
  for (const one of trusted) {
    const [address = '', bits] = one.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  const isTrusted = (address: string) => isIP(plain(address)) !== 0 && list.check(plain(address), isIP(plain(address)) === 6 ? 'ipv6' : 'ipv4')
  return {
    isTrusted,
    of: (request) => {
      const hops = String(request.headers['x-forwarded-for'] ?? '').split(',').map((hop) => plain(hop.trim()))
      let address = plain(request.socket.remoteAddress ?? '')
      while (isTrusted(address)) {
        const before = hops.pop()
        if (before === undefined || isIP(before) === 0) break
        address = before
      }
      return address
    },
  }
}

/** An IPv4 address that came through an IPv6 socket is that IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** Whom a limit by address counts as one: an IPv4 address, or the 64 bits of a network of IPv6, which one subscriber has. */
export const householdOf = (address: string): string => (isIP(address) === 6 ? groupsOf(address).slice(0, 4).join(':') : address)

/** What the log says of an address: the network that it is in, not whose it is. */
export function networkOf(given: string): string {
  const address = plain(given)
  if (isIP(address) === 6) return `${groupsOf(address).slice(0, 3).join(':')}::/48`
  return isIP(address) === 4 ? `${address.split('.').slice(0, 3).join('.')}.0/24` : ''
}

function groupsOf(address: string): string[] {
  const [before = '', after] = (address.split('%')[0] ?? '').split('::')
  const [head, tail] = [before, after ?? ''].map((part) => part.split(':').filter((group) => group !== ''))
  const filled = after === undefined ? (head ?? []) : [...(head ?? []), ...Array<string>(Math.max(0, 8 - (head ?? []).length - (tail ?? []).length)).fill('0'), ...(tail ?? [])]
  return filled.map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
}
