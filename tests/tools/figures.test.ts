import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Figure, Part } from '../bench/figure.ts'
import { alone, beside, isMet } from '../bench/figure.ts'
import { notMeasured, pageOf, sectionOf, sectionsOf } from '../bench/page.ts'
import { parts } from '../bench/parts.ts'
import { projectRoot } from '../support/project.ts'

const quiet = { day: '2027-01-15', commit: 'abcdef0123', isLong: false, machine: '4 processors (a model), 16 GB of memory, linux 6.1', versions: 'Node 20.20.2', load: 0.3, cores: 4 }
const none = () => Promise.resolve<Figure[]>([])
const made: Record<string, Part> = { one: { title: 'The first', measure: none, notSaid: ['It says nothing of rain.'] }, two: { title: 'The second', measure: none, notSaid: ['Nor of snow.'] } }
const figures = [beside('a thing', 1234.567, 1000, 'ms', { of: 'ratio', most: 1.3 }), alone('another', 70, 'kB', { of: 'ours', most: 50 }), alone('a third', 0.000123, 's')]

describe('the page of figures', () => {
  test('[R310] says of each part what was measured beside the plain way, whether its goal was met, on what machine, what it does not say, and how to repeat it', () => {
    const page = pageOf(made, new Map([['The first', sectionOf('one', made['one'] ?? never(), figures, quiet)]]))
    expect(page).toContain('| a thing | 1230 | 1000 | 1.23 | ms | ratio at most 1.3 | met |\n| another | 70 |  |  | kB | at most 50 | **missed** |\n| a third | 0.000123 |  |  | s |  |  |')
    for (const sentence of ['What this does not say: It says nothing of rain.', '`npm run bench -- one`', 'Measured on 2027-01-15 at abcdef0123: 4 processors (a model), 16 GB of memory, linux 6.1; Node 20.20.2.']) expect(page).toContain(sentence)
    expect(sectionsOf(page).get('The second')).toContain(`${notMeasured}\n\nWhat this does not say: Nor of snow.`)
    expect(page).not.toContain('busy with other work')
  })

  test('[R310] says where the machine was busy, and a part that is written anew leaves the others as they were', () => {
    const before = pageOf(made, new Map([['The first', sectionOf('one', made['one'] ?? never(), figures, quiet)]]))
    const after = pageOf(made, sectionsOf(before).set('The second', sectionOf('two', made['two'] ?? never(), figures, { ...quiet, isLong: true, load: 9 })))
    expect(sectionsOf(after).get('The first')).toBe(sectionsOf(before).get('The first'))
    expect(sectionsOf(after).get('The second')).toMatch(/busy with other work\*\* \(9\.0 processes wanted 4 processors/)
    expect(sectionsOf(after).get('The second')).toContain('at abcdef0123, the long form: ')
  })

  test('[R310] docs/figures.md is what the command wrote: every part, in order, with what it does not say', () => {
    // A part that was added or said otherwise: `npm run bench -- --page` brings the page up to it.
    const page = readFileSync(join(projectRoot, 'docs/figures.md'), 'utf8')
    expect(page).toBe(pageOf(parts, sectionsOf(page)))
    for (const [name, { title, notSaid }] of Object.entries(parts)) {
      const section = sectionsOf(page).get(title)
      for (const sentence of [...notSaid, `npm run bench -- ${name}`]) expect(section).toContain(sentence)
    }
  })

  test('a goal is of the figure or of its ratio, from above or from below', () => {
    expect(figures.map(isMet)).toEqual([true, false, null])
    expect([beside('', 3, 2, '', { of: 'ratio', least: 2 }), alone('', 5, '', { of: 'ours', least: 5 })].map(isMet)).toEqual([false, true])
  })
})

const never = (): never => {
  throw new Error('No such part')
}
