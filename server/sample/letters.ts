/**
 * Letters as strokes, for signs and labels inside the drawn pictures: the machine that draws may have no fonts at all.
 * Capitals stand from 0 to 10, small letters from 3 to 10. Each is its width and its path.
 */
const strokes: Record<string, readonly [number, string]> = {
  A: [7, 'M0 10 3.5 0 7 10M1.2 6.6H5.8'],
  B: [6.4, 'M0 0V10H3.7A2.65 2.65 0 0 0 3.7 4.7H0M0 0H3.4A2.35 2.35 0 0 1 3.4 4.7'],
  C: [7, 'M7 1.8A4.3 5 0 1 0 7 8.2'],
  D: [7, 'M0 0V10H2.2A4.8 5 0 0 0 2.2 0Z'],
  E: [5.8, 'M5.8 0H0V10H5.8M0 4.8H5'],
  F: [5.8, 'M5.8 0H0V10M0 4.8H5'],
  G: [7.4, 'M7 1.8A4.3 5 0 1 0 7.4 6H4.6'],
  H: [7, 'M0 0V10M7 0V10M0 4.8H7'],
  I: [0.4, 'M.2 0V10'],
  J: [4.6, 'M4.6 0V7A2.4 3 0 0 1 0 7.8'],
  K: [6.6, 'M0 0V10M6.4 0 0 6.2M2.4 4.1 6.6 10'],
  L: [5.4, 'M0 0V10H5.4'],
  M: [8, 'M0 10V0L4 6.5 8 0V10'],
  N: [7, 'M0 10V0L7 10V0'],
  O: [8.8, 'M4.4 0A4.4 5 0 1 0 4.4 10A4.4 5 0 1 0 4.4 0Z'],
  P: [6.6, 'M0 10V0H3.8A2.8 2.8 0 0 1 3.8 5.6H0'],
  Q: [8.8, 'M4.4 0A4.4 5 0 1 0 4.4 10A4.4 5 0 1 0 4.4 0ZM5.6 7.2 8.6 10.8'],
  R: [6.8, 'M0 10V0H3.8A2.8 2.8 0 0 1 3.8 5.6H0M3.6 5.6 6.8 10'],
  S: [6.6, 'M6.2 1.6C5-.5.5-.5.5 2.5C.5 5.7 6.6 4.3 6.6 7.5C6.6 10.7 1.3 10.6 0 8.2'],
  T: [7, 'M0 0H7M3.5 0V10'],
  U: [7, 'M0 0V6.4A3.5 3.6 0 0 0 7 6.4V0'],
  V: [7, 'M0 0 3.5 10 7 0'],
  W: [9.2, 'M0 0 2.3 10 4.6 2 6.9 10 9.2 0'],
  X: [6.6, 'M0 0 6.6 10M6.6 0 0 10'],
  Y: [7, 'M0 0 3.5 5 7 0M3.5 5V10'],
  Z: [6.6, 'M0 0H6.6L0 10H6.6'],
  0: [6.6, 'M3.3 0A3.3 5 0 1 0 3.3 10A3.3 5 0 1 0 3.3 0Z'],
  1: [3, 'M0 2.2 2.6 0V10'],
  2: [6.4, 'M.2 2.8A3 2.8 0 0 1 6.2 2.7C6.2 5 .6 7.2 0 10H6.4'],
  3: [6.2, 'M.4 0H5.8L2.8 3.9A3.05 3.05 0 1 1 0 8.6'],
  4: [6.6, 'M4.8 10V0L0 6.9H6.6'],
  5: [6.4, 'M5.8 0H1L.5 4.5C3 2.8 6.4 4 6.4 6.9C6.4 10.5 1.5 10.9 0 8.5'],
  6: [6.4, 'M5.4.2C2.2.8 0 3.5 0 6.8A3.2 3.2 0 1 0 .4 5.2'],
  7: [6.4, 'M0 0H6.4L2.2 10'],
  8: [6, 'M3 0A2.4 2.35 0 1 0 3 4.7A3 2.65 0 1 0 3 10A3 2.65 0 1 0 3 4.7A2.4 2.35 0 1 0 3 0Z'],
  9: [6.4, 'M1 9.8C4.2 9.2 6.4 6.5 6.4 3.2A3.2 3.2 0 1 0 6 4.8'],
  c: [5.4, 'M5.4 4.5A3.1 3.5 0 1 0 5.4 8.5'],
  e: [5.8, 'M.2 6.4H5.8A2.9 3.5 0 1 0 5.2 8.7'],
  i: [0.4, 'M.2 3V10M.2.3V.4'],
  j: [2, 'M2 3V11A1.8 1.8 0 0 1 0 12.6M2 .3V.4'],
  o: [6, 'M3 3A3 3.5 0 1 0 3 10A3 3.5 0 1 0 3 3Z'],
  r: [3.6, 'M0 3V10M0 6.2A3.4 3.2 0 0 1 3.6 3.2'],
  s: [5, 'M4.7 4.2C3.8 2.6.4 2.5.4 4.7C.4 7 5 6 5 8.2C5 10.5.9 10.5 0 8.7'],
  x: [5, 'M0 3 5 10M5 3 0 10'],
  '/': [4.4, 'M0 11.4 4.4-1.2'],
  '-': [4, 'M0 5.5H4'],
  '+': [5.4, 'M0 5.5H5.4M2.7 2.8V8.2'],
  '=': [5.4, 'M0 4H5.4M0 7H5.4'],
  '.': [0.6, 'M.3 9.8V9.9'],
  ':': [0.6, 'M.3 4V4.1M.3 9.8V9.9'],
  ' ': [3.2, ''],
}

const accents: Record<string, string> = { '\u0301': 'M3.2-1.8 4.8-3.6', '\u0303': 'M1.4-2.2C2.6-4 4.2-.8 5.6-2.6' }
const gap = 2.4

/** Width of a line of text at a height of capitals, in pixels. */
export function widthOf(text: string, height: number): number {
  const widths = [...text.normalize('NFD')].filter((letter) => !(letter in accents)).map((letter) => (strokes[letter]?.[0] ?? 0) + gap)
  return (widths.reduce((sum, width) => sum + width, -gap) * height) / 10
}

export type Lettering = { x: number; y: number; height: number; colour: string; weight?: number; align?: 'start' | 'middle' | 'end' }

/** A line of text as one path; `y` is the top of its capitals, `weight` the stroke against a height of 10. A letter that has no strokes is a mistake. */
export function lettering(text: string, { x, y, height, colour, weight = 1.3, align = 'start' }: Lettering): string {
  const scale = height / 10
  const start = x - (align === 'middle' ? widthOf(text, height) / 2 : align === 'end' ? widthOf(text, height) : 0)
  let along = 0
  let before = 0
  const parts = [...text.normalize('NFD')].map((letter) => {
    const accent = accents[letter]
    if (accent) return `<path transform="translate(${before})" d="${accent}"/>`
    const stroke = strokes[letter]
    if (!stroke) throw new Error(`no strokes for ${letter}`)
    before = along
    along += stroke[0] + gap
    return `<path transform="translate(${before.toFixed(1)})" d="${stroke[1]}"/>`
  })
  return `<g transform="translate(${start.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(3)})" fill="none" stroke="${colour}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round">${parts.join('')}</g>`
}
