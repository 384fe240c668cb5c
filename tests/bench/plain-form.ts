import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { ErrorRequestHandler } from 'express'
import multer from 'multer'
import type { Line } from '../support/slow-link.ts'
import { openSlowLink } from '../support/slow-link.ts'

export type PlainForm = { become: (line: Line) => void; stop: () => Promise<{ bytesSent: number; arrived: number; tries: number }> }

/** The plain way on a line of its own: one form with the text and all files, sent again from its beginning whenever it failed, until it is stopped. */
export async function openPlainForm(files: readonly Buffer[], words: string): Promise<PlainForm> {
  const app = express()
  app.post('/', multer({ storage: multer.memoryStorage() }).array('photos'), (_request, response) => void response.status(201).json({}))
  // A form that was cut is nothing to tell of.
  const quiet: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(400).end()
  app.use(quiet)
  const server = createServer(app)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const link = await openSlowLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 2)
  const control = new AbortController()
  let [arrived, tries] = [0, 0]
  const send = async (): Promise<void> => {
    const form = new FormData()
    form.append('words', words)
    for (const file of files) form.append('photos', new Blob([file as BlobPart]), 'photo.jpg')
    while (arrived === 0 && !control.signal.aborted) {
      tries += 1
      const isThere = await fetch(link.address, { method: 'POST', body: form, signal: control.signal }).then(({ status }) => status === 201, () => false)
      if (isThere) arrived = files.length
      else await new Promise((done) => setTimeout(done, 1000))
    }
  }
  let sending: Promise<void> | null = null
  return {
    become: (line) => {
      link.become(line)
      sending ??= send()
    },
    stop: async () => {
      control.abort()
      await sending
      await link.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      return { bytesSent: link.up(), arrived, tries }
    },
  }
}
