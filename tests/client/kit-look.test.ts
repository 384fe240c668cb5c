import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../client/kit/look/tokens.css'), 'utf8')

/** Colours of the rule whose selector is this, by name. */
function colours(selector: string): Record<string, string> {
  const at = css.indexOf(`${selector} {`)
  if (at < 0) throw new Error(`no ${selector}`)
  return Object.fromEntries([...css.slice(at, css.indexOf('}', at)).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]))
}

const day = colours(':root, [data-paper]')
const night = colours(":root[data-theme='dark'], [data-stage]")
const palettes = [['day', day], ['night', night]] as const

/** Contrast after WCAG 2.2, 1 to 21. */
function contrast(one = '', other = ''): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [darker = 0, lighter = 0] = [light(one), light(other)].sort((first, second) => first - second)
  return (lighter + 0.05) / (darker + 0.05)
}

const grounds = ['ground', 'panel', 'sunk']
const severities = ['critical', 'high', 'medium', 'low', 'good', 'accent']

describe.each(palettes)('by %s', (_, palette) => {
  test.each(['ink', 'ink-2', 'ink-3'].flatMap((ink) => grounds.map((ground) => [ink, ground])))('%s is read on %s', (ink, ground) => {
    expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(4.5)
  })

  test.each(severities.flatMap((colour) => [[colour, `${colour}-soft`], [colour, 'panel'], [colour, 'ground']]))('%s is read on %s', (colour, ground) => {
    expect(contrast(palette[colour], palette[ground])).toBeGreaterThanOrEqual(4.5)
  })

  test.each(severities.map((colour) => [`${colour}-soft`]))('words are read on %s', (soft) => {
    expect(contrast(palette['ink'], palette[soft])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette['ink-2'], palette[soft])).toBeGreaterThanOrEqual(4.5)
  })

  test('the words of a filled button, and the frame of a field', () => {
    expect(contrast(palette['accent-ink'], palette['accent'])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette['line-strong'], palette['panel'])).toBeGreaterThanOrEqual(3)
  })
})

test('night by the device is night by choice', () => {
  expect(colours(":root:not([data-theme='light'])")).toEqual(night)
  expect(Object.keys(night)).toEqual(Object.keys(day))
})
