import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { Server } from 'socket.io'
import { now } from './hearing.ts'

// A bare broadcast, in a process of its own: what is put goes to every socket as it came, and nothing is kept. Whoever forked it hears when it begins to send.

const app = express()
const server = createServer(app)
const io = new Server(server, { transports: ['websocket'] })
app.put('/', express.json({ limit: '1mb' }), (request, response) => {
  process.send?.(now())
  io.emit('changed', request.body)
  response.status(201).json({})
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`Bench is open at http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`))
