import './node-version.mjs'
import { spawn } from 'node:child_process'
import { ensureClient, watchCommand } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { setTimeout as wait } from 'node:timers/promises'
import { serverNode } from './server-node.mjs'
import { endWith, root, runInPlace } from './steps.mjs'
import { sayUsage, usages, whyNot } from './usage.mjs'

// npm start: installs and builds what is missing, then runs the server in this process's place. `--watch` builds the apps again at each change; all else goes to the server.

/** What a server ends with whose disk failed, or the server of its database. */
const failedDisk = 74
const mostAgain = 3
const pauseMilliseconds = 1_000

const args = process.argv.slice(2)
const given = args.filter((argument) => argument !== '--watch')

await endWith(async () => {
  if (args.includes('--help') && usages.start) {
    console.log(sayUsage('start', usages.start))
    return 0
  }
  // Before anything is installed, built or begun.
  const problem = usages.start ? whyNot(usages.start, given) : null
  if (usages.start && problem !== null) {
    console.error(`${problem}\n\n${sayUsage('start', usages.start)}`)
    return 2
  }
  await ensureInstalled(console.log)
  await ensureClient(console.log)
  const watching = args.includes('--watch') ? spawn(process.execPath, watchCommand(), { cwd: root, stdio: 'inherit' }) : null
  console.log('Starting the server ...')
  const serve = () => runInPlace(process.execPath, [...serverNode.args, 'server/main.ts', ...given], serverNode.environment)
  let code = await serve()
  for (let again = 1; code === failedDisk && again <= mostAgain; again++) {
    console.error(`The disk failed to keep what it was given, or the database's server was lost. Starting again from what is kept (${again} of ${mostAgain}): look at the disk, at the server if there is one, and at the system's log.`)
    await wait(pauseMilliseconds)
    code = await serve()
  }
  watching?.kill()
  return code
})
