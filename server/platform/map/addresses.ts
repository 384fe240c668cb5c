import { BlockList, isIP } from 'node:net'
import { isLoopback } from '../../../shared/hosts.ts'

/** Networks that are nobody's on the internet: this machine, this house, what a cloud tells its machines, what is kept for later. */
const networks = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3',
  '::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20',
]
const closed = networks.reduce((list, network) => {
  const [address = '', bits] = network.split('/')
  list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return list
}, new BlockList())

/** Whether a name or an address is on its face one of this machine or of a network of one's own. What a name stands for is asked where it is called. */
export function isPrivate(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  const version = isIP(bare)
  return version === 0 ? isLoopback(host) : isClosed(bare, version === 6 ? 6 : 4)
}

/** Whether an address that a name stands for is not on the internet. */
export const isClosed = (address: string, family: 4 | 6): boolean => closed.check(address, family === 6 ? 'ipv6' : 'ipv4')
