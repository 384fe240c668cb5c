import { connect } from 'node:net'

export type Sent = { path: string; cookie: string; body: Buffer }
export type Sender = { put: (sent: Sent) => Promise<number>; get: (asked: Omit<Sent, 'body'>) => Promise<number>; close: () => void }

/** A connection that stays, and on which one call follows the other: written as a whole, of the answer the status and the length are read, so that the machine is left to the server. */
export function openSender(port: number): Sender {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  let heard = ''
  let waiting: { done: (status: number) => void; fail: (error: Error) => void } | null = null
  const fail = (error: Error) => waiting?.fail(error)
  socket.setEncoding('latin1')
  socket.on('error', fail).on('close', () => fail(new Error('The server ended the connection')))
  socket.on('data', (text: string) => {
    heard += text
    const head = heard.indexOf('\r\n\r\n')
    if (head < 0 || heard.length < head + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(heard)?.[1] ?? 0)) return
    const status = Number(heard.slice(9, 12))
    const { done } = waiting ?? {}
    ;[heard, waiting] = ['', null]
    done?.(status)
  })
  const origin = `localhost:${port}`
  const send = (call: Buffer): Promise<number> =>
    new Promise((done, fail) => {
      waiting = { done, fail }
      socket.write(call)
    })
  return {
    put: ({ path, cookie, body }) => send(Buffer.concat([Buffer.from(`PUT ${path} HTTP/1.1\r\nHost: ${origin}\r\nOrigin: http://${origin}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`), body])),
    get: ({ path, cookie }) => send(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${origin}\r\n${cookie === '' ? '' : `Cookie: ${cookie}\r\n`}\r\n`)),
    close: () => void socket.destroy(),
  }
}
