import type { Chance } from './chance.ts'

/** Shapes of the drawn pictures: flat, lit from the upper left, every size in pixels of the finished picture. */

type Look = Record<string, string | number>
export type Point = readonly [x: number, y: number]

const round = (value: number) => String(Math.round(value * 10) / 10)
const lookOf = (look: Look) => Object.entries(look).map(([name, value]) => ` ${name}="${typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : value}"`).join('')

export const rect = (x: number, y: number, width: number, height: number, fill: string, look: Look = {}) =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${lookOf(look)}/>`
export const oval = (x: number, y: number, across: number, down: number, fill: string, look: Look = {}) =>
  `<ellipse cx="${round(x)}" cy="${round(y)}" rx="${round(across)}" ry="${round(down)}" fill="${fill}"${lookOf(look)}/>`
export const shape = (points: readonly Point[], fill: string, look: Look = {}) => `<polygon points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" fill="${fill}"${lookOf(look)}/>`
export const path = (d: string, fill: string, look: Look = {}) => `<path d="${d}" fill="${fill}"${lookOf(look)}/>`
export const line = (points: readonly Point[], colour: string, width: number, look: Look = {}) =>
  `<polyline points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="${round(width)}" stroke-linecap="round" stroke-linejoin="round"${lookOf(look)}/>`
export const group = (parts: readonly string[], place: { x?: number; y?: number; turn?: number; scale?: number; flip?: boolean; opacity?: number } = {}) => {
  const { x = 0, y = 0, turn = 0, scale = 1, flip = false, opacity = 1 } = place
  return `<g transform="translate(${round(x)} ${round(y)}) rotate(${round(turn)}) scale(${(flip ? -scale : scale).toFixed(3)} ${scale.toFixed(3)})"${opacity < 1 ? ` opacity="${opacity.toFixed(2)}"` : ''}>${parts.join('')}</g>`
}

/** Fills that change from one colour to another, downwards or across; `stops` are colours, with an opacity after a space. */
export function fade(id: string, stops: readonly string[], across = false): string {
  const marks = stops.map((stop, index) => {
    const [colour, opacity = '1'] = stop.split(' ')
    return `<stop offset="${(index / (stops.length - 1)).toFixed(2)}" stop-color="${colour}" stop-opacity="${opacity}"/>`
  })
  return `<linearGradient id="${id}" x1="0" y1="0" x2="${across ? 1 : 0}" y2="${across ? 0 : 1}">${marks.join('')}</linearGradient>`
}
export function glow(id: string, colour: string, opacity: number): string {
  return `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${opacity}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`
}

/** A colour mixed with white (positive) or black (negative), up to 1. */
export function mixed(colour: string, amount: number): string {
  const goal = amount > 0 ? 255 : 0
  const part = (start: number) => {
    const value = parseInt(colour.slice(start, start + 2), 16)
    return Math.round(value + (goal - value) * Math.abs(amount)).toString(16).padStart(2, '0')
  }
  return `#${part(1)}${part(3)}${part(5)}`
}

export const paper = '#fdfcf5'
export const ink = '#26307c'
export const night = '#161f28'
export const lists = [{ name: 'AZUL', colour: '#4a72b0' }, { name: 'VERDE', colour: '#4f8a63' }, { name: 'NARANJA', colour: '#d08a3c' }] as const
export const skins = ['#c99a76', '#b07f5c', '#8f6345', '#74503a', '#d8ad8a'] as const
export const hairs = ['#2b2522', '#3a3536', '#4a342a', '#6b6663'] as const
/** Schools are painted in two colours: above, and below. */
export const paints = [['#e2d8c2', '#7e9bb0'], ['#dcd7c4', '#86a188'], ['#e0d3bd', '#b08a6a'], ['#d9dcd4', '#6f8fa0'], ['#e6dcc0', '#a3a06c']] as const
export const cloths = ['#5b6b7c', '#82702a', '#804e50', '#41705c', '#3a4690', '#a0643f', '#66597f', '#d9d2c0', '#37474f'] as const

/** Head and shoulders from the front, without a face; (x, y) is the middle of the table's edge before them. About 200 wide at scale 1. */
export function sitter(chance: Chance, x: number, y: number, scale: number, wear: { vest?: string; badge?: boolean } = {}): string {
  const skin = chance.pick(skins)
  const hair = chance.pick(hairs)
  const cloth = wear.vest ?? chance.pick(cloths)
  const long = chance.maybe(0.4)
  const lean = chance.between(-5, 5)
  return group([
    ...(long ? [path('M-52 -246C-66 -170 -62 -128 -54 -108H54C62 -128 66 -170 52 -246Z', hair)] : []),
    path('M-104 0C-108 -92 -82 -138 -30 -146H30C82 -138 108 -92 104 0Z', cloth),
    path('M30 -146C82 -138 108 -92 104 0H52C60 -70 58 -120 30 -146Z', mixed(cloth, -0.16)),
    path('M-22 -176H22V-142C10 -124 -10 -124 -22 -142Z', mixed(skin, -0.12)),
    group([
      oval(0, -214, 43, 52, skin),
      path('M12 -263C40 -258 50 -226 40 -190C34 -172 20 -164 10 -163C30 -190 30 -230 12 -263Z', mixed(skin, -0.1)),
      path(long ? 'M-50 -190C-62 -268 -24 -284 0 -283C28 -284 62 -266 50 -190C46 -222 30 -244 -8 -246C-32 -244 -46 -222 -50 -190Z' : 'M-47 -212C-56 -266 -22 -280 2 -279C30 -280 56 -262 46 -210C42 -236 28 -248 -2 -246C-28 -248 -42 -236 -47 -212Z', hair),
    ], { turn: lean }),
    ...(wear.badge ? [line([[-20, -142], [0, -66], [20, -142]], '#e9e4d4', 4), rect(-20, -68, 40, 52, '#f4f1e6', { rx: 4 }), rect(-13, -58, 26, 14, '#8fa3b5'), rect(-13, -36, 26, 4, '#9b968a'), rect(-13, -28, 18, 4, '#9b968a')] : []),
  ], { x, y, scale })
}

/** A whole person from behind or the side, feet at (x, y), about 420 tall at scale 1. */
export function stander(chance: Chance, x: number, y: number, scale: number, wear: { uniform?: string } = {}): string {
  const skin = chance.pick(skins)
  const hair = chance.pick(hairs)
  const top = wear.uniform ?? chance.pick(cloths)
  const skirt = !wear.uniform && chance.maybe(0.3)
  const legs = wear.uniform ? mixed(top, -0.25) : chance.pick(['#3b4250', '#5d5247', '#6d7b8a', '#2f3138'])
  const hat = !wear.uniform && chance.maybe(0.2)
  const bag = !wear.uniform && chance.maybe(0.3)
  const sway = chance.between(-4, 4)
  return group([
    path('M-46 4C20 -10 190 0 236 14C190 26 20 22 -46 4Z', '#000000', { opacity: 0.13 }),
    ...(skirt ? [path('M-40 -200H40L62 -62H-62Z', legs), rect(-34, -66, 24, 62, skin), rect(10, -66, 24, 62, mixed(skin, -0.12))] : [path('M-42 -204H42L40 -6H10L0 -150L-12 -6H-40Z', legs), path('M0 -150L10 -6H40L42 -204H8Z', mixed(legs, -0.14))]),
    path('M-44 0C-44 -14 -10 -14 -8 0Z', '#2a2723'), path('M8 0C10 -14 46 -14 48 0Z', '#2a2723'),
    path('M-52 -190C-60 -270 -52 -322 -22 -330H22C52 -322 60 -270 52 -190Z', top),
    path('M22 -330C52 -322 60 -270 52 -190H20C30 -250 30 -300 22 -330Z', mixed(top, -0.15)),
    path('M-50 -312C-72 -290 -76 -232 -68 -178L-48 -180C-52 -230 -46 -270 -38 -300Z', mixed(top, -0.06)), oval(-58, -172, 12, 15, skin),
    path('M50 -312C72 -290 76 -232 68 -178L48 -180C52 -230 46 -270 38 -300Z', mixed(top, -0.22)), oval(58, -172, 12, 15, mixed(skin, -0.1)),
    ...(bag ? [line([[-30, -322], [40, -210]], '#4b3f35', 5), path('M22 -218H76L80 -150H20Z', chance.pick(['#7a5a3c', '#5a6b4c', '#8a4a45']))] : []),
    rect(-13, -346, 26, 26, mixed(skin, -0.12)),
    group([oval(0, -376, 31, 38, skin), path('M-34 -366C-42 -420 -16 -424 0 -424C18 -424 42 -418 34 -366C28 -350 14 -344 0 -344C-14 -344 -28 -350 -34 -366Z', hair),
      ...(hat ? [path('M-58 -392C-30 -404 30 -404 58 -392C30 -382 -30 -382 -58 -392Z', '#d8c493'), path('M-32 -396C-30 -436 30 -436 32 -396Z', '#e3d2a6')] : []),
      ...(wear.uniform ? [path('M-36 -392C-34 -430 34 -430 36 -392L38 -384H-38Z', mixed(top, -0.3))] : [])], { turn: sway }),
  ], { x, y, scale })
}

/** A forearm with a hand that reaches in, finger tips at (x, y), pointing up when not turned. */
export function hand(skin: string, sleeve: string, x: number, y: number, turn: number, scale = 1): string {
  const dark = mixed(skin, -0.14)
  return group([
    path('M-60 250C-66 190 -92 150 -88 96C-86 74 -66 74 -62 92L-52 128L-50 28C-50 4 -22 4 -21 28L-18 96L-14 10C-13 -12 15 -12 16 10L17 96L24 26C26 4 53 6 52 30L48 112L60 66C66 46 90 54 86 76C78 130 82 180 66 250L74 520H-76Z', skin),
    path('M48 112L60 66C66 46 90 54 86 76C78 130 82 180 66 250L74 520H20C40 380 60 240 48 112Z', dark),
    line([[-18, 96], [-17, 128]], dark, 5), line([[17, 96], [16, 126]], dark, 5),
    path('M-92 400C-40 384 40 384 90 400L104 900H-106Z', sleeve),
    path('M40 390L90 400L104 900H60Z', mixed(sleeve, -0.16)),
  ], { x, y, turn, scale })
}

/** What a person signs: a flourish of about 150 by 40. */
export function signature(chance: Chance, x: number, y: number, colour: string, width = 150): string {
  const step = width / 6
  const waves = Array.from({ length: 5 }, (_, index) => `S${round(step * (index + 0.6))} ${round(chance.between(-24, 24))} ${round(step * (index + 1.2))} ${round(chance.between(-8, 8))}`)
  return `<path transform="translate(${round(x)} ${round(y)})" d="M0 0C${round(step * 0.3)} ${round(chance.between(-40, -20))} ${round(step * 0.5)} ${round(chance.between(10, 24))} ${round(step * 0.7)} 0${waves.join('')}" fill="none" stroke="${colour}" stroke-width="4" stroke-linecap="round"/>`
}

/** An ink stamp, round, a little uneven. */
export function stamp(chance: Chance, x: number, y: number, radius: number, colour = '#5b4a8a'): string {
  const turn = chance.between(-30, 30)
  return group([oval(0, 0, radius, radius, 'none', { stroke: colour, 'stroke-width': radius * 0.08 }), oval(0, 0, radius * 0.72, radius * 0.72, 'none', { stroke: colour, 'stroke-width': radius * 0.04 }),
    rect(-radius * 0.5, -radius * 0.16, radius, radius * 0.1, colour), rect(-radius * 0.36, radius * 0.08, radius * 0.72, radius * 0.1, colour)], { x, y, turn, opacity: 0.62 })
}
