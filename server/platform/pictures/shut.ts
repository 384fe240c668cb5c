import { Socket as Datagrams } from 'node:dgram'
import { Server, Socket } from 'node:net'

/**
 * Takes from this process the ways to a network that its own code has. Where the system gives the child none (confined.ts) there is nothing behind these anyhow; elsewhere they
 * hold back JavaScript, and not a decoder that was taken over.
 */
export function shutNetwork(): void {
  const refuse = () => {
    throw new Error('This process has no network')
  }
  for (const [thing, names] of [[Socket.prototype, ['connect']], [Server.prototype, ['listen']], [Datagrams.prototype, ['bind', 'connect', 'send']], [globalThis, ['fetch', 'WebSocket']]] as const) {
    for (const name of names) Object.defineProperty(thing, name, { value: refuse, writable: false, configurable: false })
  }
}
