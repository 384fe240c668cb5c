import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'

// npm run faults -- phone: every fault of a phone in a real browser, where `npm test` has each kind once. One test is one fault.

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'veedor-faults-'))
const results = join(folder, 'results.json')
const vitest = ['run', '--project', 'journeys', '--reporter=verbose', '--reporter=json', `--outputFile.json=${results}`, 'tests/journeys/phone-faults.test.ts']
spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...vitest], { cwd: root, stdio: 'inherit', env: { ...process.env, EVERY_FAULT: '1' } })
const { numPassedTests, numTotalTests } = z.object({ numPassedTests: z.number(), numTotalTests: z.number() }).parse(JSON.parse(readFileSync(results, 'utf8')))
rmSync(folder, { recursive: true, force: true })
console.log(`phone: ${numPassedTests} of ${numTotalTests} faults survived`)
process.exitCode = numPassedTests === numTotalTests ? 0 : 1
