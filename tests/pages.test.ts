import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { pages as served } from './access.ts'
import { projectRoot, sources } from './support/project.ts'
import type { Source } from './support/project.ts'

// What the pages of the project tell a reader to type, press or open is there. That the files they name are there is in architecture.test.ts.

const written = sources(/^([A-Z]+\.md|docs\/[^/]+\.md)$/)
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')))
const code = sources(/^(server|shared|tools|tests|client)\/.*\.(tsx?|mjs)$/).filter(({ path }) => path !== 'tests/pages.test.ts').map(({ text }) => text).join('\n')

/** `npm run verify`, `npm start`: by the name of the script. */
const commandsIn = (text: string): string[] => [...text.matchAll(/\bnpm (?:run (?:--[\w-]+ )*([\w-]+)|(start|test)\b)/g)].map((found) => found[1] ?? found[2] ?? '')

/** As GitHub makes an anchor of a heading. */
const anchorOf = (heading: string): string => heading.trim().toLowerCase().replace(/[`*]|\[|\]\([^)]*\)/g, '').replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
const anchorsOf = (text: string): string[] => [...text.matchAll(/^#{1,6} (.+)$/gm)].map((found) => anchorOf(found[1] ?? ''))

/** Links to pages, pictures and headings of ours that lead nowhere. */
function deadLinks({ path, text }: Source): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((found) => found[1] ?? '').filter((to) => !/^(https?|mailto):/.test(to)).filter((to) => {
    const [file = '', anchor] = to.split('#')
    const there = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(projectRoot, there))) return true
    return anchor !== undefined && !anchorsOf(readFileSync(join(projectRoot, there), 'utf8')).includes(anchor)
  })
}

/** Addresses that a page names in backticks, as `/room/tokens` or `GET /api/reports/ID`; where files lie on an operator's machine is none. */
const addressesIn = (text: string): string[] => [...text.matchAll(/`(?:(?:GET|PUT|POST|DELETE) )?(\/[a-z][\w./:-]*?)(?:[#?][^`]*)?`/g)].map((found) => found[1] ?? '').filter((path) => !/^\/(etc|mnt|opt|tmp|usr)\//.test(path))
const prefix = Object.keys(served).map((pattern) => pattern.replace(/\/\*.*$/, '/')).filter((path) => path.length > 1)
const isServed = (address: string): boolean =>
  prefix.some((one) => address === one || `${address}/` === one || (one.endsWith('/') && address.startsWith(one))) || (address.startsWith('/api/') && code.includes(`'/api/${address.split('/')[2] ?? ''}`))

/** Variables of the environment, as a page tells an operator to set them. */
const variablesIn = (text: string): string[] => [...text.matchAll(/`([A-Z]{2,}(?:_[A-Z]+)+)(?:=[^`]*)?`/g)].map((found) => found[1] ?? '')

describe('[R318] the pages of the project', () => {
  test.each(written.map((page) => [page.path, page] as const))('%s names commands, links, addresses and variables that there are', (_path, page) => {
    expect(commandsIn(page.text).filter((name) => !(name in scripts))).toEqual([])
    expect(deadLinks(page)).toEqual([])
    expect(addressesIn(page.text).filter((address) => !isServed(address))).toEqual([])
    expect(variablesIn(page.text).filter((name) => !code.includes(name))).toEqual([])
  })

  test('every script is told of by some page', () => {
    const told = new Set(written.flatMap(({ text }) => commandsIn(text)))
    expect(Object.keys(scripts).filter((name) => !told.has(name))).toEqual([])
  })

  test.each([['observer', 'observador'], ['coordinator', 'coordinador'], ['press', 'prensa'], ['operator', 'operador']])('%s.md and %s.md have the same parts, pictures and commands', (english, spanish) => {
    const [one, other] = [english, spanish].map((name) => readFileSync(join(projectRoot, `docs/${name}.md`), 'utf8'))
    const shape = (text = '') => ({ headings: [...text.matchAll(/^(#+) /gm)].map((found) => found[1]), pictures: [...text.matchAll(/!\[/g)].length, commands: [...new Set(commandsIn(text))].sort() })
    expect(shape(other)).toEqual(shape(one))
  })

  test('the house in README names every feature, room of the platform and command that there is, and no other', () => {
    const house = /^## The house\n+```\n([\s\S]+?)```/m.exec(readFileSync(join(projectRoot, 'README.md'), 'utf8'))?.[1] ?? ''
    for (const wing of ['server/features', 'server/platform', 'server/commands']) {
      const named = new RegExp(`^${wing}/ +([^:]+?)(?::[^\\n]*)?\\n\\S`, 'm').exec(house)?.[1]?.split(/[,;]\s+/) ?? []
      const there = readdirSync(join(projectRoot, wing), { withFileTypes: true }).filter((one) => wing.endsWith('commands') || one.isDirectory()).map(({ name }) => name.replace(/\.ts$/, ''))
      expect(named.sort()).toEqual(there.sort())
    }
  })

  test('seen failing: a command, a link, a heading, an address and a variable that are not', () => {
    const text = '# One thing\n`npm run nothing` [a](docs/nowhere.md) [b](#one-thing) [c](#another) `/nowhere` `GET /api/nowhere/ID` `/room/tokens` `VEEDOR_NOTHING_AT_ALL=1`'
    expect([commandsIn(text), deadLinks({ path: 'README.md', text }).slice(0, 1), addressesIn(text).filter((address) => !isServed(address)), variablesIn(text)]).toEqual([['nothing'], ['docs/nowhere.md'], ['/nowhere', '/api/nowhere/ID'], ['VEEDOR_NOTHING_AT_ALL']])
  })
})
