import { describe, expect, it } from 'vitest'
import type { Cover } from '../../shared/press.ts'
import { boxBetween, grips, moved, redone, resized, step, stepsFrom, undone, withMargin } from '../../client/coordinator/release/covers.ts'
import { captionOf, coversToldWrongly, flagsIn, withSentence, withoutSentence, withoutWord } from '../../client/coordinator/release/captions.ts'
import { faultsOf } from '../../client/coordinator/release/faults.ts'
import { defaultPack } from '../support/house.ts'

const picture = { width: 4032, height: 3024 }
const box = { left: 100, top: 200, width: 300, height: 50 }
const cover = (given: Partial<Cover> = {}): Cover => ({ ...box, what: 'face', ...given })

describe('a box drawn on a picture', () => {
  it.each([
    ['is rounded outwards, so that no touched pixel stays open', { x: 10.2, y: 20.9 }, { x: 30.1, y: 40 }, { left: 10, top: 20, width: 21, height: 20 }],
    ['is the same drawn from its other corner', { x: 30.1, y: 40 }, { x: 10.2, y: 20.9 }, { left: 10, top: 20, width: 21, height: 20 }],
    ['is cut at the left and upper edge', { x: -50, y: -1 }, { x: 5, y: 6 }, { left: 0, top: 0, width: 5, height: 6 }],
    ['is cut at the right and lower edge', { x: 4030.5, y: 3000 }, { x: 9999, y: 9999 }, { left: 4030, top: 3000, width: 2, height: 24 }],
    ['may be the whole picture', { x: -1, y: -1 }, { x: 5000, y: 5000 }, { left: 0, top: 0, ...picture }],
    ['is none outside of the picture', { x: -40, y: 10 }, { x: -2, y: 60 }, null],
    ['is none without a height', { x: 4, y: 10 }, { x: 20, y: 10 }, null],
  ])('%s', (_, one, other, expected) => expect(boxBetween(one, other, picture)).toEqual(expected))

  it.each([
    ['by whole pixels', { x: 3.4, y: -2.6 }, { left: 103, top: 197 }],
    ['no farther than the edges', { x: -500, y: 9000 }, { left: 0, top: 2974 }],
    ['no farther than the right edge', { x: 9000, y: 0 }, { left: 3732, top: 200 }],
  ])('moves %s and keeps its size', (_, by, expected) => expect(moved(box, by, picture)).toEqual({ ...box, ...expected }))

  it.each([
    ['se', { x: 10, y: 5 }, { left: 100, top: 200, width: 310, height: 55 }],
    ['nw', { x: 10, y: 5 }, { left: 110, top: 205, width: 290, height: 45 }],
    ['n', { x: 10, y: -5 }, { left: 100, top: 195, width: 300, height: 55 }],
    ['w', { x: -1000, y: 0 }, { left: 0, top: 200, width: 400, height: 50 }],
    ['s', { x: 0, y: 9000 }, { left: 100, top: 200, width: 300, height: 2824 }],
    ['e', { x: -400, y: 0 }, { left: 0, top: 200, width: 100, height: 50 }],
    ['e', { x: -300, y: 0 }, { left: 100, top: 200, width: 1, height: 50 }],
    ['n', { x: 0, y: 50 }, { left: 100, top: 249, width: 300, height: 1 }],
  ] as const)('is resized at %s', (grip, by, expected) => expect(resized(box, grip, by, picture)).toEqual(expected))

  it('stays in the picture and holds a pixel, whatever is pulled', () => {
    for (const grip of grips) {
      for (const x of [-9999, -300, -299.5, 0, 299.5, 300, 9999]) {
        for (const y of [-9999, -50, -49.5, 0, 49.5, 50, 9999]) {
          const { left, top, width, height } = resized(box, grip, { x, y }, picture)
          expect([left, top, width, height].every(Number.isInteger)).toBe(true)
          expect(Math.min(left, top) >= 0 && Math.min(width, height) >= 1 && left + width <= picture.width && top + height <= picture.height).toBe(true)
        }
      }
    }
  })

  it('becomes solid with its margin, cut at the edges', () => {
    expect(withMargin(box, picture)).toEqual({ left: 84, top: 184, width: 332, height: 82 })
    expect(withMargin({ left: 5, top: 3010, width: 10, height: 14 }, picture)).toEqual({ left: 0, top: 2994, width: 31, height: 30 })
  })
})

describe('steps', () => {
  it('are taken back and done again in order; a new one ends what was taken back', () => {
    const one = step(stepsFrom([]), [cover()])
    const two = step(one, [cover(), cover({ left: 900 })])
    expect(undone(two).now).toEqual([cover()])
    expect(undone(undone(undone(two))).now).toEqual([])
    expect(redone(undone(two))).toEqual(two)
    const other = step(undone(two), [cover({ what: 'list' })])
    expect(redone(other)).toEqual(other)
    expect(undone(other).now).toEqual([cover()])
  })

  it('count only what changes something', () => {
    const one = step(stepsFrom([]), [cover()])
    expect(step(one, [cover()])).toBe(one)
  })
})

const proposed = { captions: { es: 'Papeletas se cuentan.', en: 'Ballots are counted.' }, coveredSentence: { es: 'Rostros cubiertos.', en: 'Faces covered.' }, allSentences: [{ es: 'Rostros cubiertos.', en: 'Faces covered.' }, { es: 'Partes cubiertas.', en: 'Parts covered.' }] }

describe('a caption', () => {
  it('follows the covers until a person writes it', () => {
    expect(captionOf(proposed, {}, 'en', false)).toBe('Ballots are counted.')
    expect(captionOf(proposed, {}, 'en', true)).toBe('Ballots are counted. Faces covered.')
    expect(captionOf(proposed, { en: 'Own words.' }, 'en', true)).toBe('Own words.')
    expect(captionOf(proposed, { en: 'Own words.' }, 'es', true)).toBe('Papeletas se cuentan. Rostros cubiertos.')
  })

  it('that a person wrote is asked about its word on covers', () => {
    expect(coversToldWrongly(proposed, {}, 'en', true)).toBe(null)
    expect(coversToldWrongly(proposed, { en: 'Own words.' }, 'en', true)).toBe('lacks')
    expect(coversToldWrongly(proposed, { en: withSentence('Own words.', proposed, 'en') }, 'en', true)).toBe(null)
    expect(coversToldWrongly(proposed, { en: 'Own words. Faces covered.' }, 'en', false)).toBe('says')
    expect(coversToldWrongly(proposed, { en: 'Own words. Parts covered.' }, 'en', true)).toBe('other')
    expect(withSentence('Own words. Parts covered.', proposed, 'en')).toBe('Own words. Faces covered.')
    expect(coversToldWrongly(proposed, { en: 'Own words. Parts covered.' }, 'en', false)).toBe('says')
    expect(withoutSentence('Own words. Faces covered. More.', proposed, 'en')).toBe('Own words. More.')
  })

  it('shows its flagged words where they stand, not those of the mission’s name, and loses them on request', async () => {
    const pack = await defaultPack()
    const text = 'Papeletas FRAUDULENTAS, sin dobleces (Misión Prueba del fraude).'
    expect(flagsIn(pack, 'es', text, 'Misión Prueba del fraude').map(({ start, end }) => text.slice(start, end))).toEqual(['FRAUDULENTAS'])
    expect(flagsIn(pack, 'es', text, '').length).toBeGreaterThan(1)
    expect(withoutWord(text, 'fraudulentas')).toBe('Papeletas, sin dobleces (Misión Prueba del fraude).')
    expect(withoutWord('Un fraude claro, un Fraude.', 'fraude')).toBe('Un claro, un.')
  })
})

describe('what a release lacks', () => {
  const texts = { captions: { es: 'Papeletas.', en: 'Ballots.' }, alternatives: { es: 'Una mesa.', en: 'A table.' }, credit: 'Misión' }
  const no = { voterOrMinor: false, voteLinked: false, observer: false }
  it('is told by field', async () => {
    const pack = await defaultPack()
    const faults = (answers: Parameters<typeof faultsOf>[0]['answers'], given: Partial<typeof texts> = {}, kept: string[] = []) => faultsOf({ answers, kept, embargo: { kind: 'none', until: null } }, { ...texts, ...given }, pack, ['es', 'en'], { credit: 'Misión', withheld: ['Red B'], captions: { en: 'Ballots at 20:00.' } })
    expect(faults(no)).toEqual([])
    expect(faults({ ...no, voteLinked: null, observer: true })).toEqual([{ path: 'answers.voteLinked', why: 'answer' }, { path: 'answers.observer', why: 'blocks' }])
    expect(faults(no, { alternatives: { es: ' ', en: 'A table.' }, credit: '' })).toEqual([{ path: 'alternatives.es', why: 'required' }, { path: 'credit', why: 'required' }])
    expect(faults(no, { captions: { es: 'Fraude.', en: 'Ballots.' } })).toEqual([{ path: 'captions.es', why: 'flagged' }])
    expect(faults(no, { captions: { es: 'Fraude.', en: 'Ballots.' } }, ['fraude'])).toEqual([])
    expect(faults(no, { captions: { es: 'De Red B a las 20:06.', en: 'Ballots at 20:00.' }, credit: 'Red B' })).toEqual([{ path: 'captions.es', why: 'tells', words: ['Red B', '20:06'] }, { path: 'credit', why: 'tells', words: ['Red B'] }])
  })
})
