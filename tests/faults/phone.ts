import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'

// npm run faults -- phone: every fault of a phone in a real browser, where `npm test` has each kind once. One test is one fault; those that were not survived are named at the end, and
// `npm run faults -- phone "NAME"` does one alone. Exit 1 where one was not survived, or did not happen.

const Results = z.object({ testResults: z.array(z.object({ assertionResults: z.array(z.object({ title: z.string(), status: z.string() })) })) })

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'veedor-faults-'))
const results = join(folder, 'results.json')
const only = process.argv[2]
const exactly = only === undefined ? [] : ['-t', `\\[R258\\] ${only.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}: every`]
const vitest = ['run', '--project', 'journeys', '--reporter=verbose', '--reporter=json', `--outputFile.json=${results}`, ...exactly, 'tests/journeys/phone-faults.test.ts']
spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...vitest], { cwd: root, stdio: 'inherit', env: { ...process.env, EVERY_FAULT: '1' } })

const nameOf = (title: string) => title.replace(/^\[R258\] /, '').replace(/: every finished report is at headquarters.*$/, '')
const faults = existsSync(results) ? Results.parse(JSON.parse(readFileSync(results, 'utf8'))).testResults.flatMap((file) => file.assertionResults) : []
rmSync(folder, { recursive: true, force: true })
const meant = faults.filter(({ title }) => only === undefined || nameOf(title) === only)
const [survived, lost] = [meant.filter(({ status }) => status === 'passed'), meant.filter(({ status }) => status !== 'passed')]

for (const { title, status } of lost) console.log(`${status === 'failed' ? 'not survived' : 'did not happen'}: ${nameOf(title)}\n  npm run faults -- phone ${JSON.stringify(nameOf(title))}`)
if (meant.length === 0) console.log(only === undefined ? 'phone: no fault happened; what stands above says why' : `There is no fault named "${only}".`)
else console.log(`phone: ${survived.length} of ${meant.length} faults survived`)
process.exitCode = meant.length > 0 && lost.length === 0 ? 0 : 1
