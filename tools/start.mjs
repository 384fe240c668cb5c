import './node-version.mjs'
import { spawn } from 'node:child_process'
import { ensureClient, watchCommand } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { endWith, root, runInPlace } from './steps.mjs'

// npm start: installs and builds what is missing, then runs the server in this process's place. `--watch` builds the apps again at each change; all else goes to the server.

const args = process.argv.slice(2)
const given = args.filter((argument) => argument !== '--watch')

await endWith(async () => {
  await ensureInstalled(console.log)
  await ensureClient(console.log)
  const watching = args.includes('--watch') ? spawn(process.execPath, watchCommand(), { cwd: root, stdio: 'inherit' }) : null
  console.log('Starting the server ...')
  const code = await runInPlace(process.execPath, ['--import', 'tsx', 'server/main.ts', ...given], { UV_THREADPOOL_SIZE: '16' })
  watching?.kill()
  return code
})
