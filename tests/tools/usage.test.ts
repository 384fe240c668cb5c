import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { describe, expect, test } from 'vitest'
import { sayUsage, usages, whyNot } from '../../tools/usage.mjs'
import { parts } from '../bench/parts.ts'
import { projectRoot } from '../support/project.ts'

const run = (...args: string[]) => spawnSync(process.execPath, [join(projectRoot, 'tools/run.mjs'), ...args], { cwd: projectRoot, encoding: 'utf8' })
const scripts = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))).scripts
const commands = Object.entries(scripts).filter(([, script]) => script.includes('tools/run.mjs')).map(([name]) => name)
const usageOf = (name: string) => usages[name] ?? expect.fail(`${name} does not tell how it is used`)
const judged = (name: string, ...args: string[]) => whyNot(usageOf(name), args)

describe('[R348] a command', () => {
  test('tells how it is used with --help, and begins nothing; what it does not know is refused with the same', () => {
    expect(Object.keys(usages)).toEqual(['start', ...commands])
    const usage = sayUsage('faults', usageOf('faults'))
    expect(run('faults', '--help')).toMatchObject({ status: 0, stdout: `${usage}\n`, stderr: '' })
    expect(spawnSync(process.execPath, [join(projectRoot, 'tools/start.mjs'), '--help'], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: `${sayUsage('start', usageOf('start'))}\n`, stderr: '' })
    expect(run('seed', '--reports', '10', '-h')).toMatchObject({ status: 0, stderr: '' })
    expect(run('faults', '--momets', '3')).toMatchObject({ status: 2, stdout: '', stderr: `Nothing is known of "--momets" here.\n\n${usage}\n` })
  })

  test('writes in brackets what may be left out, and nothing else', () => {
    const forms = ['backup', 'restore', 'lead-link', 'bench', 'faults', 'verify', 'screenshots'].map((name) => sayUsage(name, usageOf(name)).split('\n')[0])
    expect(forms).toEqual(['npm run backup -- FILE [OPTIONS]', 'npm run restore -- FILE [OPTIONS]', 'npm run lead-link -- [NAME] [OPTIONS]', 'npm run bench -- [PART ...] [OPTIONS]', 'npm run faults -- [PART [FAULT]] [OPTIONS]', 'npm run verify -- [OPTIONS]', 'npm run screenshots'])
  })

  test.each(commands)('%s: every option is told, taken, and refused with one letter more', (name) => {
    const usage = usageOf(name)
    for (const [option, { value }] of Object.entries(usage.options)) {
      expect(sayUsage(name, usage)).toContain(value === null ? option : `${option} ${value}`)
      expect(judged(name, option, ...(value === null ? [] : ['7']))).toBeNull()
      expect(judged(name, `${option}s`)).toBe(`Nothing is known of "${option}s" here.`)
      if (value !== null) expect([judged(name, option), judged(name, option, '--help')].every((why) => why?.startsWith(`${option} names nothing`))).toBe(true)
    }
    for (const wrong of ['-x', '--', '--constructor', ...(usage.words ? [] : ['word'])]) expect(judged(name, wrong)).toBe(`Nothing is known of "${wrong}" here.`)
  })

  test('takes numbers where it asks for some, parts that there are, and no more words than it knows', () => {
    for (const wrong of ['0', '-3', 'ten', '1e3', '']) expect(judged('seed', '--reports', wrong)).toBe(`--reports must be a whole number from 1, not "${wrong}".`)
    expect(usageOf('bench').words?.of).toEqual(Object.keys(parts))
    expect([judged('bench', 'load', 'map', '--json'), judged('faults', 'phone', 'two tabs: seed 3'), judged('faults', '--seed', '2', 'server'), judged('backup', 'mission.tar', '--with-key')]).toEqual([null, null, null, null])
    for (const [name, ...args] of [['bench', 'lode'], ['faults', 'phones'], ['faults', 'phone', 'one', 'two'], ['backup', 'one.tar', 'two.tar']] as const) expect(judged(name, ...args)).toBe(`Nothing is known of "${args.at(-1) ?? ''}" here.`)
  })
})
