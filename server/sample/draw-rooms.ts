import type { Chance } from './chance.ts'
import { cloths, fade, glow, group, hand, ink, line, lists, mixed, night, oval, paints, paper, path, rect, shape, sitter, skins, stamp, type Point } from './draw-parts.ts'
import { lettering } from './letters.ts'
import type { At, Scene } from './draw.ts'

/** Pictures inside a school that is a voting centre for a day. */

const woods = ['#8a7355', '#7c674c', '#977f5f'] as const

/** A classroom's wall: painted in two colours, with its floor from `floor` down. */
function room({ place }: At, width: number, floor: number, height: number): string[] {
  const [above, below] = place('paint').pick(paints)
  const band = floor * 0.62
  const tiles = place('tiles').pick(['#a98a70', '#9a9080', '#a3927c'])
  return [
    fade('above', [mixed(above, 0.1), mixed(above, -0.08)]), rect(0, 0, width, floor, 'url(#above)'), fade('below', [below, mixed(below, -0.18)]), rect(0, band, width, floor - band, 'url(#below)'), rect(0, band - 5, width, 9, mixed(below, -0.3), { opacity: 0.6 }),
    fade('floor', [mixed(tiles, -0.18), mixed(tiles, 0.08)]), rect(0, floor, width, height - floor, 'url(#floor)'), rect(0, floor - 14, width, 14, mixed(below, -0.4)),
    ...Array.from({ length: 9 }, (_, index) => line([[width / 2 + (index - 4) * 120, floor], [width / 2 + (index - 4) * 330, height]], mixed(tiles, -0.3), 2, { opacity: 0.4 })),
  ]
}

function windowOf(x: number, y: number, width: number, height: number, dark: boolean): string {
  const bars = Math.round(width / 60)
  return [rect(x, y, width, height, dark ? '#25323d' : '#cfe0e6'), ...(dark ? [] : [shape([[x, y + height * 0.7], [x + width * 0.4, y + height * 0.5], [x + width, y + height * 0.75], [x + width, y + height], [x, y + height]], '#93b08d')]),
    ...Array.from({ length: bars - 1 }, (_, index) => rect(x + ((index + 1) * width) / bars - 3, y, 6, height, '#6f675b')), rect(x, y + height * 0.48, width, 7, '#6f675b'), rect(x, y, width, height, 'none', { stroke: '#8a7d69', 'stroke-width': 14 })].join('')
}

function board(x: number, y: number, width: number, height: number, writing: readonly string[]): string {
  return [rect(x + 8, y + 12, width, height, '#000000', { opacity: 0.16 }), rect(x - 16, y - 16, width + 32, height + 32, '#8d6f4a'), fade('board', ['#4b6a57', '#3d5949']), rect(x, y, width, height, 'url(#board)'), oval(x + width * 0.6, y + height * 0.5, width * 0.3, height * 0.3, '#ffffff', { opacity: 0.04 }), ...writing,
    rect(x - 10, y + height + 10, width + 20, 16, '#a1825a'), rect(x + width * 0.7, y + height + 2, 60, 12, '#ded8c8')].join('')
}

/** A table across the picture, its top from `back` to `front`. */
function desk({ place }: At, back: number, front: number, height: number): string[] {
  const wood = place('table').pick(woods)
  return [fade('desk', [mixed(wood, -0.1), mixed(wood, 0.1)]), shape([[0, back], [1600, back], [1600, front], [0, front]], 'url(#desk)'), rect(0, back, 1600, 8, mixed(wood, 0.25)), rect(0, front, 1600, height - front, mixed(wood, -0.42)), rect(0, front, 1600, 14, mixed(wood, -0.25))]
}

/** A ballot lying on the table, seen low, about 220 wide; a negative choice leaves it unmarked. */
function leaf(chance: Chance, x: number, y: number, scale: number, choice: number): string {
  const lean = chance.between(-60, 60)
  const at = (across: number, down: number): Point => [across * 200 - 100 + lean * (1 - down), down * 130 - 65]
  const corner = (across: number, down: number, wide: number, tall: number, fill: string) => shape([at(across, down), at(across + wide, down), at(across + wide, down + tall), at(across, down + tall)], fill)
  return group([group([corner(0, 0, 1, 1, '#1d150b')], { x: 7, y: 9, opacity: 0.2 }), shape([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], paper, { stroke: '#cfc6ad', 'stroke-width': 2 }), corner(0.1, 0.08, 0.7, 0.12, '#d9d2bf'),
    ...lists.flatMap((list, index) => [corner(0.1, 0.3 + index * 0.22, 0.2, 0.15, list.colour), corner(0.38, 0.34 + index * 0.22, 0.42, 0.05, '#bab29c')]), ...(choice < 0 ? [] : [line([at(0.08, 0.28 + choice * 0.22), at(0.32, 0.47 + choice * 0.22)], ink, 6), line([at(0.32, 0.28 + choice * 0.22), at(0.08, 0.47 + choice * 0.22)], ink, 6)])], { x, y, turn: chance.between(-7, 7), scale })
}

const tally = (chance: Chance, x: number, y: number, count: number, size: number) => Array.from({ length: Math.ceil(count / 5) }, (_, bundle) => {
  const at = x + bundle * size * 1.5
  const strokes = Math.min(5, count - bundle * 5)
  return Array.from({ length: Math.min(4, strokes) }, (_, index) => line([[at + index * size * 0.26 + chance.between(-2, 2), y], [at + index * size * 0.26 + chance.between(-2, 2), y + size]], '#e9ece2', 5, { opacity: 0.9 })).join('') + (strokes === 5 ? line([[at - 8, y + size * 0.8], [at + size * 0.95, y + size * 0.2]], '#e9ece2', 5, { opacity: 0.9 }) : '')
})

/** A table at work: members behind it, ballots before them, a list at hand, someone in the door. */
export const counting: Scene = (chance, at) => {
  const people = chance.whole(2, 4)
  const late = at.isDark
  const doorX = chance.maybe(0.5) ? 1210 : 110
  const boardX = doorX > 800 ? 120 : 1000
  const from = doorX > 800 ? 200 : 480
  const seats = Array.from({ length: people }, (_, index) => from + ((index + 0.5) * 900) / people + chance.between(-26, 26))
  const listX = doorX > 800 ? chance.between(70, 130) : chance.between(1190, 1225)
  const first = doorX > 800 ? 560 : 200
  return {
    width: 1600, height: 1200,
    parts: [...room(at, 1600, 840, 1200),
      board(boardX, 120, 480, 270, [0, 1, 2].flatMap((row) => [lettering(lists[row]!.name, { x: boardX + 26, y: 150 + row * 80, height: 24, colour: '#e9ece2', weight: 1.1 }), ...tally(chance, boardX + 214, 146 + row * 80, chance.whole(4, 18), 33)])),
      rect(doorX - 24, 150, 308, 700, '#7a664c'), rect(doorX, 176, 260, 664, late ? '#222c36' : '#a8c0c8'), ...(late ? [glow('street', '#ffdca0', 0.35), oval(doorX + 130, 330, 180, 220, 'url(#street)')] : [rect(doorX, 620, 260, 220, '#9a9a84')]),
      rect(doorX + 62, 650, 138, 200, '#3b4250'), rect(doorX + 128, 690, 6, 160, '#2b313d'), sitter(chance, doorX + 130, 690, 1.1),
      ...(late ? [rect(0, 0, 1600, 850, '#1c2446', { opacity: 0.22 })] : []),
      ...seats.map((x) => sitter(chance, x, 858, 1.28, { badge: true, vest: chance.pick(['#3f5f7a', '#6b7f8c', '#7a6a50', '#57706a']) })),
      ...desk(at, 840, 1130, 1200), ...(late ? [glow('lamp', '#fff0c4', 0.4), oval(800, 930, 620, 230, 'url(#lamp)')] : []),
      group([shape([[26, 0], [330, 0], [296, 190], [-30, 190]], '#1d150b', { opacity: 0.18, transform: 'translate(8 10)' }), shape([[26, 0], [330, 0], [296, 190], [-30, 190]], '#f4f0e3'), ...Array.from({ length: 9 }, (_, index) => [line([[18 - index * 5, 20 + index * 19], [150 - index * 5, 20 + index * 19]], '#8d8468', 6), line([[190 - index * 5, 20 + index * 19], [290 - index * 4, 20 + index * 19]], ink, 4, { opacity: 0.6 })].join(''))], { x: listX, y: 905 }),
      ...Array.from({ length: 9 }, (_, index) => leaf(chance, first + (index % 5) * 190 + chance.between(-40, 40), 925 + Math.floor(index / 5) * 120 + chance.between(-16, 16), chance.between(0.95, 1.15), chance.whole(0, 2))),
      hand(chance.pick(skins), chance.pick(cloths), first + 450, 1010, 8, 0.9)],
    regions: [
      { what: 'face', left: doorX + 60, top: 370, width: 140, height: 170 },
      { what: 'list', left: Math.round(listX) - 46, top: 890, width: 400, height: 226 },
    ],
  }
}

export type BoxFault = 'none' | 'seal' | 'open'

/** The ballot box on its table, with its seals. */
export const ballotBox = (fault: BoxFault): Scene => (chance, at) => {
  const card = chance.pick(['#efe9da', '#e4ded0', '#d9c9a2'])
  const left = 520 + chance.between(-50, 50)
  const number = chance.whole(100_000, 999_999)
  const side = mixed(card, -0.2)
  const lid = mixed(card, 0.25)
  const torn = fault === 'seal'
  const strip = (x: number) => torn && x > 0
    ? [shape([[left + 300, 470], [left + 350, 470], [left + 342, 520], [left + 326, 506], [left + 312, 528]], '#d8443a'), group([shape([[0, 0], [50, 0], [48, 120], [4, 132]], '#d8443a'), rect(10, 26, 30, 70, '#ffffff', { opacity: 0.8 })], { x: left + 318, y: 560, turn: 24 })]
    : [rect(left + (x ? 300 : 110), 404, 54, 200, '#d8443a'), rect(left + (x ? 308 : 118), 500, 38, 84, '#ffffff', { opacity: 0.88 }), lettering(String(number).slice(0, 3), { x: left + (x ? 314 : 124), y: 532, height: 14, colour: '#3d3b36' })]
  return {
    width: 1600, height: 1200,
    parts: [...room(at, 1600, 800, 1200), windowOf(chance.maybe(0.5) ? 1120 : 90, 90, 330, 290, at.isDark), ...desk(at, 770, 1080, 1200),
      shape([[left - 10, 960], [left + 470, 960], [left + 760, 900], [left + 760, 960], [left + 460, 1010], [left, 1000]], '#1d150b', { opacity: 0.25 }),
      rect(left, 470, 460, 500, card), shape([[left + 460, 470], [left + 590, 410], [left + 590, 880], [left + 460, 970]], side),
      ...(fault === 'open'
        ? [shape([[left, 470], [left + 130, 410], [left + 590, 410], [left + 460, 470]], '#4c4337'), ...[0, 1, 2].map((index) => group([rect(0, 0, 120, 90, paper, { stroke: '#cfc6ad' }), rect(16, 18, 60, 10, '#bab29c')], { x: left + 150 + index * 90, y: 420 - index * 14, turn: -14 + index * 16 })), shape([[left, 470], [left + 460, 470], [left + 460, 490], [left, 490]], card), shape([[left + 130, 410], [left + 590, 410], [left + 650, 210], [left + 190, 210]], lid, { stroke: mixed(card, -0.15), 'stroke-width': 3 }), rect(left + 320, 292, 170, 20, '#6d6556', { transform: `skewX(-17) translate(92 0)` })]
        : [shape([[left, 470], [left + 130, 404], [left + 590, 404], [left + 460, 470]], lid), shape([[left + 208, 446], [left + 236, 432], [left + 400, 432], [left + 374, 446]], '#4c4337')]),
      rect(left + 60, 640, 340, 200, paper, { stroke: '#cfc6ad', 'stroke-width': 2 }), oval(left + 120, 706, 36, 36, '#c9c1aa'), lettering('JRV', { x: left + 184, y: 672, height: 26, colour: '#3d3b36' }), lettering(at.label, { x: left + 184, y: 712, height: 42, colour: '#26231e', weight: 1.7 }), rect(left + 90, 784, 280, 12, '#bab29c'), rect(left + 90, 808, 200, 10, '#d3ccb9'),
      ...(fault === 'open' ? [] : [...strip(0), ...strip(1)]),
      ...(chance.maybe(0.6) ? [leaf(chance, left - 190, 900, 1.1, -1), leaf(chance, left - 260, 980, 1.1, -1)] : [group([rect(0, 0, 190, 26, ink, { rx: 5 }), shape([[190, 0], [232, 13], [190, 26]], mixed(ink, 0.3))], { x: left - 310, y: 930, turn: -10 })])],
  }
}

/** A classroom's board with the count of a table. */
export const chalkboard: Scene = (chance, at) => {
  const counts = lists.map(() => chance.whole(11, 34))
  const chalk = { colour: '#e9ece2', weight: 1.15 }
  return {
    width: 1600, height: 1200,
    parts: [...room(at, 1600, 980, 1200), ...Array.from({ length: 14 }, (_, index) => rect(170 + index * 92, 52 + (index % 2) * 6, 64, 58, mixed(lists[index % 3]!.colour, 0.45), { rx: 4 })),
      board(150, 170, 1300, 660, [lettering(`MESA ${at.label}`, { x: 200, y: 214, height: 52, ...chalk }), line([[200, 292], [1400, 292]], '#e9ece2', 4, { opacity: 0.5 }),
        ...counts.flatMap((count, row) => [lettering(lists[row]!.name, { x: 200, y: 340 + row * 116, height: 46, ...chalk }), ...tally(chance, 520, 330 + row * 116, count, 60), lettering(String(count), { x: 1390, y: 340 + row * 116, height: 50, align: 'end', ...chalk })]),
        line([[1200, 676], [1400, 676]], '#e9ece2', 5), lettering('TOTAL', { x: 200, y: 716, height: 46, ...chalk }), lettering(String(counts.reduce((sum, count) => sum + count, 0)), { x: 1390, y: 712, height: 58, align: 'end', ...chalk })]),
      ...[110, 640, 1170].map((x) => group([path('M0 0H300L330 60H-30Z', '#97805f'), rect(-30, 60, 360, 22, '#6d5a41'), rect(-6, 82, 24, 160, '#55483a'), rect(282, 82, 24, 160, '#55483a')], { x: x + chance.between(-30, 30), y: 1040 }))],
  }
}

/** A voting booth (anaquel): a folded screen of cardboard on a desk, empty. */
export const booth: Scene = (chance, at) => {
  const card = chance.pick(['#d9c9a2', '#e6dfcd', '#cfd6d8'])
  const left = chance.maybe(0.5) ? 420 : 520
  const pair = chance.maybe(0.5)
  const one = (x: number, scale: number) => group([
    shape([[-40, 330], [0, 300], [420, 300], [640, 420], [-40, 420]], '#1d150b', { opacity: 0.2 }),
    shape([[70, -60], [350, -60], [350, 300], [70, 300]], mixed(card, -0.14)), shape([[70, -60], [-40, -10], [-40, 340], [70, 300]], mixed(card, 0.1)), shape([[350, -60], [460, -10], [460, 340], [350, 300]], mixed(card, -0.26)),
    shape([[70, 300], [350, 300], [460, 340], [-40, 340]], '#f7f3e8', { opacity: 0.8 }), oval(210, 60, 46, 46, mixed(card, -0.28)), rect(130, 130, 160, 14, mixed(card, -0.3)), rect(150, 160, 120, 10, mixed(card, -0.3)),
    line([[190, 322], [280, 312]], ink, 12), line([[300, 304], [350, 210]], '#8d8468', 2.5),
  ], { x, y: 460, scale })
  return {
    width: 1600, height: 1200,
    parts: [...room(at, 1600, 760, 1200), windowOf(left - 120, 80, 720, 330, at.isDark), ...desk(at, 770, 1020, 1200), shape([[left - 120, 774], [left + 620, 774], [left + 780, 1020], [left - 90, 1020]], '#fff4d8', { opacity: 0.16 }), one(left, 1.15), ...(pair ? [one(left + (left > 450 ? -480 : 620), 0.92)] : [])],
  }
}

/** What sends the sheets from the centre: a computer, a scanner, a printer, on a teacher's desk. */
export const kit = (offline: boolean): Scene => (chance, at) => {
  const missing = chance.maybe(0.5)
  return {
    width: 1600, height: 1200,
    parts: [...room(at, 1600, 800, 1200), windowOf(130, 90, 420, 300, at.isDark), ...desk(at, 740, 1060, 1200),
      group([path('M0 330L60 0H560L620 330Z', '#2b333b'), rect(96, 26, 430, 258, offline ? '#22313f' : '#dfe8ec', { rx: 4 }), ...(offline ? [lettering('SIN CONEXIÓN', { x: 311, y: 122, height: 36, colour: '#f0c7a0', align: 'middle' }), rect(181, 186, 260, 14, '#41576a', { rx: 7 }), rect(181, 186, 60, 14, '#f0c7a0', { rx: 7 })] : [lettering('EQUIPO LISTO', { x: 311, y: 110, height: 34, colour: '#2d4a5c', align: 'middle' }), rect(161, 180, 300, 20, '#b7c7ce', { rx: 10 }), rect(161, 180, chance.between(60, 220), 20, '#41705c', { rx: 10 })])], { x: 480, y: 470 }),
      shape([[420, 806], [1160, 806], [1240, 900], [340, 900]], '#39424b'), shape([[450, 818], [1130, 818], [1170, 868], [410, 868]], '#222a31'), ...Array.from({ length: 4 }, (_, row) => rect(440 - row * 8, 824 + row * 11, 700 + row * 16, 4, '#4c5862')), rect(340, 900, 900, 16, '#2b333b'),
      ...(missing ? [group([rect(6, 8, 260, 56, '#1d150b', { opacity: 0.22 }), rect(0, 0, 260, 56, '#d5d3ca', { rx: 10 }), ...[0, 1, 2, 3].map((plug) => rect(22 + plug * 58, 14, 40, 28, '#8f8d84', { rx: 6 }))], { x: 1290, y: 860, turn: chance.between(-16, 4) })] : [rect(1240, 660, 300, 190, '#d5d3ca', { rx: 12 }), rect(1240, 660, 300, 60, '#b9b7ad', { rx: 12 }), rect(1290, 590, 200, 90, paper, { stroke: '#cfc6ad', 'stroke-width': 2 }), rect(1310, 610, 120, 10, '#bab29c'), rect(1270, 790, 240, 20, '#4f4d46')]),
      group([rect(10, 12, 250, 170, '#1d150b', { opacity: 0.2 }), rect(0, 0, 250, 170, '#c9b78f'), rect(0, 74, 250, 20, '#a8946a'), rect(60, 24, 130, 36, paper)], { x: 70, y: 800, turn: -4 }),
      path(`M300 960C420 1010 520 940 700 985S1120 1010 1300 930`, 'none', { stroke: '#23282d', 'stroke-width': 8 }), hand(chance.pick(skins), chance.pick(cloths), 830, 930, chance.between(-8, 8), 0.95)],
  }
}

/** Sealed packages in a store room. */
export const packages: Scene = (chance, at) => {
  const loose = chance.maybe(0.5)
  const crate = (x: number, y: number, index: number) => {
    const card = chance.pick(['#c9b083', '#bfa578', '#d2ba8e'])
    return [rect(x, y, 230, 160, card), shape([[x + 230, y], [x + 262, y - 20], [x + 262, y + 140], [x + 230, y + 160]], mixed(card, -0.25)), shape([[x, y], [x + 32, y - 20], [x + 262, y - 20], [x + 230, y]], mixed(card, 0.2)), rect(x + 100, y, 30, 160, '#d8cba6'),
      rect(x + 18, y + 26, 96, 72, paper), lettering(String(Number(at.label) + index), { x: x + 26, y: y + 40, height: 15, colour: '#26231e', weight: 1.6 }), rect(x + 26, y + 68, 62, 7, '#bab29c'), rect(x + 26, y + 82, 42, 6, '#d3ccb9'), ...(loose && index % 5 === 2 ? [shape([[x + 150, y + 8], [x + 206, y + 8], [x + 196, y + 58], [x + 172, y + 40]], '#d8443a')] : [rect(x + 150, y - 4, 40, 76, '#d8443a'), rect(x + 157, y + 22, 26, 34, '#ffffff', { opacity: 0.85 })])].join('')
  }
  const columns = [[90, 3], [372, 4], [654, 3], [936, 4], [1218, 2]] as const
  const crates = columns.flatMap(([x, high], column) => Array.from({ length: Math.max(1, high - (chance.maybe(0.3) ? 1 : 0)) }, (_, level) => crate(x + chance.between(-12, 12), 850 - level * 164, column * 4 + level)))
  return {
    width: 1600, height: 1200,
    parts: [fade('wall', ['#8f9189', '#6f716b']), rect(0, 0, 1600, 940, 'url(#wall)'), ...Array.from({ length: 7 }, (_, row) => [rect(0, row * 136, 1600, 3, '#000000', { opacity: 0.12 }), ...Array.from({ length: 7 }, (_, column) => rect(column * 260 + (row % 2) * 130, row * 136, 3, 136, '#000000', { opacity: 0.1 }))].join('')),
      fade('ground', ['#5c5a52', '#77736a']), rect(0, 940, 1600, 260, 'url(#ground)'), rect(1330, 130, 210, 120, '#2c3a44'), ...[1370, 1410, 1450, 1490].map((x) => rect(x, 130, 6, 120, '#55524b')), line([[800, 0], [800, 66]], '#3a3833', 5), oval(800, 84, 26, 30, '#fff1c9'), glow('bulb', '#ffedbe', 0.5), oval(800, 240, 820, 640, 'url(#bulb)'),
      rect(60, 1010, 1440, 30, '#6d5a41'), ...[80, 480, 900, 1340].map((x) => rect(x, 1040, 110, 44, '#5a4a36')), ...crates],
  }
}

/** A closed door with its sign, from the corridor, in upright format. */
export const door: Scene = (chance, at) => {
  const [above, below] = at.place('paint').pick(paints)
  const paint = at.place('door').pick(['#5f7f8f', '#6b7f63', '#8a5a4a', '#5d6470'])
  const late = at.isDark
  const hour = (at.hour % 12) * 30
  return {
    width: 1200, height: 1600,
    parts: [fade('above', [mixed(above, late ? -0.3 : 0.05), mixed(above, late ? -0.45 : -0.12)]), rect(0, 0, 1200, 1600, 'url(#above)'), rect(0, 930, 1200, 500, mixed(below, late ? -0.35 : 0)), fade('ground', ['#6f6558', '#8d8170']), rect(0, 1430, 1200, 170, 'url(#ground)'),
      rect(282, 190, 636, 1250, mixed(paint, -0.45)), fade('leaf', [mixed(paint, 0.1), mixed(paint, -0.15)], true), rect(310, 220, 580, 1214, 'url(#leaf)'), ...[270, 620, 1010].map((y, index) => rect(370, y, 460, [300, 340, 370][index]!, 'none', { stroke: mixed(paint, -0.22), 'stroke-width': 8 })),
      rect(800, 850, 44, 120, '#cfc8b8', { rx: 8 }), oval(822, 880, 15, 15, '#8d8468'), rect(310, 1420, 580, 14, late ? '#ffe2a0' : '#2c2822', { opacity: late ? 0.9 : 1 }), ...(late ? [glow('under', '#ffe2a0', 0.5), oval(600, 1440, 420, 90, 'url(#under)')] : []),
      group([rect(8, 12, 400, 290, '#000000', { opacity: 0.25 }), rect(0, 0, 400, 290, paper), rect(0, 0, 400, 20, '#3f5f7a'), lettering('JUNTA RECEPTORA', { x: 200, y: 58, height: 24, colour: '#3d3b36', align: 'middle' }), lettering('DE VOTOS', { x: 200, y: 100, height: 24, colour: '#3d3b36', align: 'middle' }), lettering(at.label, { x: 200, y: 160, height: 76, colour: '#26231e', weight: 1.6, align: 'middle' }), ...[[-26, -12, -35], [340, -16, 30]].map(([x, y, turn]) => group([rect(0, 0, 90, 30, '#e9dfb8', { opacity: 0.85 })], { x: x!, y: y!, turn: turn! }))], { x: 400, y: 420, turn: chance.between(-2, 2) }),
      oval(1040, 330, 92, 92, '#2c2f33'), oval(1040, 330, 80, 80, '#f4f1e6'), ...Array.from({ length: 12 }, (_, index) => line([[1040 + Math.sin((index * Math.PI) / 6) * 66, 330 - Math.cos((index * Math.PI) / 6) * 66], [1040 + Math.sin((index * Math.PI) / 6) * 74, 330 - Math.cos((index * Math.PI) / 6) * 74]], '#55524b', 4)),
      line([[1040, 330], [1040 + Math.sin((hour * Math.PI) / 180) * 40, 330 - Math.cos((hour * Math.PI) / 180) * 40]], night, 8), line([[1040, 330], [1040 + Math.sin((hour * 12 * Math.PI) / 180) * 62, 330 - Math.cos((hour * 12 * Math.PI) / 180) * 62]], night, 5),
      ...(chance.maybe(0.5) ? [rect(70, 640, 150, 210, '#e8e3d2'), rect(90, 668, 110, 12, '#9b937d'), rect(90, 696, 90, 9, '#bab29c'), rect(90, 720, 100, 9, '#bab29c'), stamp(chance, 170, 800, 24)] : [])],
  }
}
