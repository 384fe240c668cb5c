import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { projectRoot } from '../support/project.ts'

// `npm test` for real, in a small house with tests of its own and a system that has nothing to install.

const houses: string[] = []
afterEach(() => { for (const house of houses.splice(0)) rmSync(house, { recursive: true, force: true }) })

function newHouse(tests: Record<string, string>): string {
  const house = mkdtempSync(join(tmpdir(), 'veedor-tests-'))
  houses.push(house)
  const files = { ...tests, 'client/entry/index.html': '<!doctype html><title>x</title><script type="module" src="./main.ts"></script>', 'client/entry/main.ts': 'export {}', 'tests/journeys/story.test.ts': "import { test } from 'vitest'\ntest('walks', () => undefined)", 'bin/apt-get': '#!/bin/sh\nexit 1\n' }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(house, dirname(path)), { recursive: true })
    writeFileSync(join(house, path), text)
  }
  chmodSync(join(house, 'bin/apt-get'), 0o755)
  mkdirSync(join(house, 'tools'))
  for (const file of readdirSync(join(projectRoot, 'tools')).filter((name) => /\.(mjs|ts)$/.test(name))) cpSync(join(projectRoot, 'tools', file), join(house, 'tools', file))
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'vitest.config.ts', 'eslint.config.js']) cpSync(join(projectRoot, file), join(house, file))
  symlinkSync(join(projectRoot, 'node_modules'), join(house, 'node_modules'))
  return house
}

function runTests(house: string, args: string[], environment: Record<string, string | undefined>): { code: number | null; lines: string[] } {
  const { status, stdout } = spawnSync(process.execPath, [join(house, 'tools/test.mjs'), ...args], { cwd: house, encoding: 'utf8', env: { ...process.env, CI: '', PATH: `${join(house, 'bin')}${delimiter}${process.env.PATH ?? ''}`, ...environment } })
  return { code: status, lines: stdout.trimEnd().split('\n') }
}

const vitest = "import { afterAll, beforeAll, describe, expect, test } from 'vitest'\n"
const browserThatStarts = { CHROMIUM_PATH: '/bin/true' }

describe('[R89] npm test counts everything that ran, and everything that did not', () => {
  test('a failed test, a file that does not load, a preparation that fails and an error outside the tests are failures; what is skipped is named with its reason', () => {
    const house = newHouse({
      'tests/rules/mixed.test.ts': `${vitest}test('holds', () => expect(1).toBe(1))\ntest('breaks', () => expect(1).toBe(2))\ntest('waits', (context) => context.skip('no strace here'))`,
      'tests/rules/unloadable.test.ts': "import './nowhere.ts'",
      'tests/rules/unprepared.test.ts': `${vitest}describe('a house', () => { beforeAll(() => { throw new Error('no') }); test('is never run', () => undefined) })`,
      'tests/rules/outside.test.ts': `${vitest}test('leaves a promise', () => { void Promise.reject(new Error('unseen')) })`,
    })
    const { code, lines } = runTests(house, ['tests'], browserThatStarts)
    expect(code).toBe(1)
    // What failed, and why, stands last: where only the end is kept, it is there.
    const failed = lines.filter((line) => line.startsWith('Failed: '))
    expect(lines.slice(-1 - failed.length, -1)).toEqual(failed)
    expect(failed).toEqual(expect.arrayContaining([
      'Failed: tests/rules/mixed.test.ts > breaks (expected 1 to be 2 // Object.is equality)',
      expect.stringMatching(/^Failed: tests\/rules\/unloadable\.test\.ts: it does not load \(.*nowhere/),
      'Failed: tests/rules/unprepared.test.ts > a house: its preparation failed (no)',
      'Failed: outside the tests: unseen',
    ]))
    expect(lines).toContain('Skipped: tests/rules/mixed.test.ts > waits (no strace here)')
    // Passed: the build, `holds`, `leaves a promise`, `walks`.
    expect(lines.at(-1)).toBe('4 passed, 4 failed, 2 skipped')
  })

  test('types and lint are a check each, and failing they keep no test from running', () => {
    const house = newHouse({ 'tests/rules/typed.test.ts': `${vitest}const one: string = 1\ntest('holds', () => expect(one == 1).toBe(true))` })
    const { code, lines } = runTests(house, [], browserThatStarts)
    expect(code).toBe(1)
    expect(lines.filter((line) => line.startsWith('Failed: '))).toEqual(['Failed: Checking types', 'Failed: Linting'])
    expect(lines.at(-1)).toBe('3 passed, 2 failed')
  })

  test('without a browser the journeys are skipped by name and reason; where all is judged they fail', () => {
    const house = newHouse({ 'tests/rules/a.test.ts': `${vitest}test('holds', () => expect(1).toBe(1))` })
    const noBrowser = { CHROMIUM_PATH: '/nowhere/chromium' }
    const alone = runTests(house, ['tests'], noBrowser)
    expect(alone.code).toBe(0)
    expect(alone.lines).toContainEqual(expect.stringMatching(/^Not run: the journeys, because this machine has no browser that starts\. To mend it: \S/))
    expect(alone.lines.at(-1)).toBe('2 passed, 0 failed, 1 skipped')
    const judged = runTests(house, ['tests'], { ...noBrowser, CI: 'true' })
    expect(judged.code).toBe(1)
    expect(judged.lines.at(-1)).toBe('2 passed, 1 failed')
  })
})
