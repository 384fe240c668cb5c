import { createWriteStream } from 'node:fs'
import { pino } from 'pino'
import { openHouse } from '../../server/house.ts'
import { defaultPack } from '../support/house.ts'
import { now } from './hearing.ts'

// The server of the figure, in a process of its own as in a mission: `reports-server.ts FOLDER WRITES_TOGETHER`. It logs each request, to nowhere. Whoever forked it hears when something is committed.

const [folder = '', together = ''] = process.argv.slice(2)
const house = await openHouse({
  config: { port: 0, host: '127.0.0.1', dataFolder: folder, publicAddress: null, tls: null }, log: pino({ level: 'info', base: null }, createWriteStream('/dev/null')), pack: await defaultPack(), exercise: false,
  ...(together === '' ? {} : { writesTogether: Number(together) }),
})
if (process.send) house.engine.onCommitted(() => void process.send?.(now()))
process.stdout.write(`Bench is open at ${house.address}/\n`)
process.on('SIGTERM', () => void house.close().then(() => process.exit(0)))
