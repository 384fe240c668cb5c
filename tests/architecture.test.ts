import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { houseRules } from './support/house-rules.ts'
import { importExamples } from './support/import-examples.ts'
import { projectFiles, projectRoot, sources } from './support/project.ts'

const Rules = z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string() })) })
const Found = z.object({ summary: z.object({ totalCruised: z.number(), violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string(), to: z.string() })) }) })

const configuration = join(projectRoot, '.dependency-cruiser.cjs')
const importRules = Rules.parse(createRequire(import.meta.url)(configuration)).forbidden

/** Every import below a folder that breaks a rule of the table, by the rule's name. */
function brokenImports(folder: string): { seen: number; by: (rule: string) => string[] } {
  const program = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const output = execFileSync(process.execPath, [program, '--config', configuration, '--output-type', 'json', 'server', 'client', 'shared'], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 })
  const { totalCruised, violations } = Found.parse(JSON.parse(output)).summary
  return { seen: totalCruised, by: (rule) => violations.filter((violation) => violation.rule.name === rule).map(({ from, to }) => (from === to ? to : `${from} -> ${to}`)) }
}

describe('[R81] who imports whom', () => {
  let found: ReturnType<typeof brokenImports>
  beforeAll(() => { found = brokenImports(projectRoot) })

  test('the whole house was looked at', () => {
    expect(found.seen).toBeGreaterThan(projectFiles(/^(server|client|shared)\/.*\.tsx?$/).length)
  })

  test.each(importRules.map(({ name, comment }) => [name, comment]))('%s: %s', (name) => {
    expect(found.by(name)).toEqual([])
  })
})

describe('each rule of the import table sees what it forbids', () => {
  const folder = mkdtempSync(join(tmpdir(), 'veedor-house-'))
  let found: ReturnType<typeof brokenImports>
  beforeAll(() => {
    for (const [path, text] of Object.values(importExamples).flatMap((files) => Object.entries(files))) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    for (const file of ['package.json', 'tsconfig.json']) cpSync(join(projectRoot, file), join(folder, file))
    symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
    found = brokenImports(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(importRules.map(({ name }) => name))('%s', (name) => {
    const files = importExamples[name]
    expect(files, 'a rule needs an example').toBeDefined()
    expect(found.by(name).join('\n')).toContain(Object.keys(files ?? {})[0] ?? 'server/platform/database/schema.ts')
  })
})

describe('[R82] the habits of the house', () => {
  test.each(houseRules.map((rule) => [rule.name, rule] as const))('%s', (_name, { files, except, find }) => {
    const looked = sources(files).filter(({ path }) => !except?.test(path))
    expect(looked.length).toBeGreaterThan(0)
    expect(looked.flatMap(find)).toEqual([])
  })

  test.each(houseRules.map((rule) => [rule.name, rule] as const))('seen failing: %s', (_name, { files, except, find, example }) => {
    expect(files.test(example.path) && !except?.test(example.path)).toBe(true)
    expect(find(example)).toHaveLength(1)
  })
})

describe('[R325] the packages', () => {
  const Lock = z.object({ packages: z.record(z.string(), z.object({ version: z.optional(z.string()), resolved: z.optional(z.string()), integrity: z.optional(z.string()), hasInstallScript: z.optional(z.boolean()) })) })
  const Package = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()), allowScripts: z.record(z.string(), z.boolean()) })
  const read = (name: string): unknown => JSON.parse(readFileSync(join(projectRoot, name), 'utf8'))
  const faultsOf = (lock: z.infer<typeof Lock>, named: z.infer<typeof Package>): string[] => [
    ...Object.entries({ ...named.dependencies, ...named.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)).map(([name]) => `${name} has no exact version`),
    // Known by name: sqlite3's brings its binary and is asked for; esbuild's only looks whether its own is there; those that are denied are not run. A new one is looked at by a person.
    ...Object.entries(lock.packages).filter(([path, { hasInstallScript }]) => hasInstallScript && !/^node_modules\/(sqlite3|esbuild)$/.test(path) && named.allowScripts[path.slice('node_modules/'.length)] !== false).map(([path]) => `${path} has an install script`),
    ...Object.entries(lock.packages).filter(([path, { resolved, integrity }]) => path !== '' && (resolved !== undefined || integrity === undefined)).map(([path]) => `${path} names a registry, or has no hash`),
    ...Object.entries(named.allowScripts).filter(([name, isAllowed]) => isAllowed && name !== 'sqlite3').map(([name]) => `${name} is allowed a script`),
  ]

  test('have exact versions, a hash and no registry, and of install scripts those alone that are known by name', () => {
    expect(faultsOf(Lock.parse(read('package-lock.json')), Package.parse(read('package.json')))).toEqual([])
  })

  test('seen failing: a range, a new install script, a registry, a script that is allowed', () => {
    const lock = { packages: { 'node_modules/a': { hasInstallScript: true, integrity: 'sha512-x' }, 'node_modules/denied': { hasInstallScript: true, integrity: 'sha512-x' }, 'node_modules/b': { resolved: 'https://registry.example/b.tgz', integrity: 'sha512-x' }, 'node_modules/c': {} } }
    expect(faultsOf(lock, { dependencies: { a: '^1.0.0' }, devDependencies: { b: '1.0.0' }, allowScripts: { sqlite3: true, esbuild: true, denied: false } })).toEqual(['a has no exact version', 'node_modules/a has an install script', 'node_modules/b names a registry, or has no hash', 'node_modules/c names a registry, or has no hash', 'esbuild is allowed a script'])
  })
})

describe('[R83] the pages of the project name what exists', () => {
  const rooms = /^(\.ci|client|docs|server|shared|tests|tools)\/|^([A-Z]+\.md|(package|package-lock|tsconfig)\.json|[\w-]+\.config\.(ts|js)|\.dependency-cruiser\.cjs)$/
  const made = /^(dist|tests\/screens)\//

  /** Paths of the project that a page names in backticks; a pattern as `features/<feature>` or `*.ts` names none. */
  const named = (text: string) => [...text.matchAll(/`([\w./-]+)`|\]\(([\w./-]+)\)/g)].map((match) => match[1] ?? match[2] ?? '').filter((path) => rooms.test(path) && !made.test(path))

  test.each(sources(/^([A-Z]+\.md|docs\/[^/]+\.md)$/).map(({ path, text }) => [path, text] as const))('%s', (path, text) => {
    expect(named(text).filter((name) => !existsSync(join(projectRoot, name)) && !existsSync(join(projectRoot, dirname(path), name)))).toEqual([])
  })

  test('seen failing: a page that names a file which is not there', () => {
    expect(named('Look at `server/main.ts`, `server/nowhere.ts`, [this](docs/rules.md), `npm start` and `/observer/`.')).toEqual(['server/main.ts', 'server/nowhere.ts', 'docs/rules.md'])
  })
})
