import type { Chance } from './chance.ts'
import { fade, glow, group, hand, ink, line, lists, mixed, oval, paints, paper, path, rect, shape, signature, skins, stamp } from './draw-parts.ts'
import { lettering } from './letters.ts'
import type { At, Scene } from './draw.ts'

/** Pictures of paper: ballots, stacks, results sheets, material on a table. */

type Mark = 'crayon' | 'pen'
const woods = ['#a58d6c', '#97805f', '#b39a78', '#8d7659'] as const

/** A table seen from above. */
function tabletop(chance: Chance, at: At, width: number, height: number): string[] {
  const wood = at.place('table').pick(woods)
  const planks = chance.whole(3, 5)
  const grain = Array.from({ length: 26 }, () => {
    const y = chance.between(0, height)
    const from = chance.between(-300, width * 0.8)
    const bend = chance.between(-10, 10)
    return path(`M${from.toFixed(0)} ${y.toFixed(0)}q${chance.between(150, 400).toFixed(0)} ${bend.toFixed(0)} ${chance.between(500, 900).toFixed(0)} 0`, 'none', { stroke: mixed(wood, -0.3), 'stroke-width': chance.between(1.5, 4), opacity: 0.22 })
  })
  const seams = Array.from({ length: planks - 1 }, (_, index) => rect(0, (height * (index + 1)) / planks, width, 5, mixed(wood, -0.38), { opacity: 0.55 }))
  return [fade('wood', [mixed(wood, 0.12), wood, mixed(wood, -0.2)]), rect(0, 0, width, height, 'url(#wood)'), ...grain, ...seams, ...(at.isDark ? [rect(0, 0, width, height, '#1c2446', { opacity: 0.26 })] : []), glow('lamp', '#fff3d6', at.isDark ? 0.5 : 0.3), oval(width * chance.between(0.3, 0.6), height * 0.3, width * 0.6, height * 0.6, 'url(#lamp)')]
}

/** One ballot, 300 by 390: a head, three lists with their colour, a mark over one of them. `folded` paper has been in a voter's hand. */
function ballot(chance: Chance, choice: number, mark: Mark, folded: boolean, sealed = true): string[] {
  const bulge = () => (folded ? chance.between(-7, 7) : 0)
  const outline = `M0 0L150 ${bulge().toFixed(1)}L300 0L${(300 + bulge()).toFixed(1)} 195L300 390L150 ${(390 + bulge()).toFixed(1)}L0 390L${bulge().toFixed(1)} 195Z`
  const row = (index: number) => {
    const y = 118 + index * 76
    const list = lists[index]!
    return [rect(28, y, 74, 56, mixed(list.colour, 0.12), { rx: 3 }), rect(40, y + 14, 50, 8, '#ffffff', { opacity: 0.75 }), rect(40, y + 30, 34, 8, '#ffffff', { opacity: 0.55 }),
      rect(122, y + 10, chance.between(100, 136), 12, '#bab29c'), rect(122, y + 34, chance.between(60, 100), 9, '#d3ccb9')]
  }
  const y = 118 + choice * 76
  const slip = () => chance.between(-5, 5)
  const strokes = [[[36 + slip(), y + 4 + slip()], [94 + slip(), y + 52 + slip()]], [[92 + slip(), y + 4 + slip()], [38 + slip(), y + 54 + slip()]]] as const
  const marks = strokes.flatMap((ends) => mark === 'pen'
    ? [line(ends, '#17181d', 5.5)]
    : [line(ends, ink, 12, { opacity: 0.9 }), line(ends, mixed(ink, 0.35), 4, { opacity: 0.5, 'stroke-dasharray': '3 7' })])
  const creases = folded
    ? [rect(0, 0, 150, 195, '#ffffff', { opacity: 0.35 }), rect(150, 195, 150, 195, '#6d6550', { opacity: 0.16 }), rect(150, 0, 150, 195, '#6d6550', { opacity: 0.07 }), rect(0, 195, 150, 195, '#6d6550', { opacity: 0.09 }),
      line([[150, 2], [150, 388]], '#9d947a', 2.5, { opacity: 0.6 }), line([[154, 2], [154, 388]], '#ffffff', 3, { opacity: 0.9 }), line([[2, 195], [298, 195]], '#9d947a', 2.5, { opacity: 0.6 }), line([[2, 199], [298, 199]], '#ffffff', 3, { opacity: 0.9 })]
    : []
  return [
    path(outline, '#1d150b', { transform: 'translate(9 12)', opacity: 0.22 }), path(outline, paper, { stroke: '#cfc6ad', 'stroke-width': 2 }),
    rect(28, 26, 244, 62, '#e8e3d2', { rx: 3 }), oval(62, 57, 22, 22, '#b9b199'), rect(98, 42, 140, 11, '#9b937d'), rect(98, 64, 96, 8, '#bab29c'),
    ...lists.flatMap((_, index) => row(index)), ...creases, ...marks, rect(28, 352, 90, 7, '#d3ccb9'), ...(sealed ? [stamp(chance, 236, 338, 32)] : []),
  ]
}

type Spread = { mark: Mark; folded: boolean; alike?: boolean; sealed?: boolean }

/** Ballots spread over a table, a hand among them. */
export const ballots = (spread: Spread): Scene => (chance, at) => {
  const places = [[130, 40], [520, -20], [905, 30], [1230, 90], [60, 470], [420, 440], [800, 470], [1130, 500], [300, 800], [700, 820]] as const
  const choice = chance.whole(0, 2)
  const kept = places.filter((_, index) => index < 6 || chance.maybe(0.8))
  const all = kept.map(([x, y]) => group(ballot(chance, spread.alike || chance.maybe(0.4) ? choice : chance.whole(0, 2), spread.mark, spread.folded, spread.sealed), { x: x + chance.between(-40, 40), y: y + chance.between(-30, 30), turn: chance.between(-14, 14), scale: chance.between(1.02, 1.12) }))
  const right = chance.maybe(0.6)
  const reach = hand(chance.pick(skins), chance.pick(['#5b6b7c', '#804e50', '#d9d2c0', '#41705c']), right ? chance.between(1230, 1330) : chance.between(270, 370), chance.between(720, 800), right ? -24 : 24, 1.25)
  return { width: 1600, height: 1200, parts: [...tabletop(chance, at, 1600, 1200), ...all, reach] }
}

/** A stack of ballots from the side. Flat paper stands straight; paper that was folded stands loose and high. */
export const stack = ({ folded, marked = true }: { folded: boolean; marked?: boolean }): Scene => (chance, at) => {
  const [above, below] = at.place('paint').pick(paints)
  const wall = at.isDark ? mixed(above, -0.16) : above
  const wood = at.place('table').pick(woods)
  const left = 430 + chance.between(-60, 60)
  const width = 690
  const sheets = folded ? chance.whole(20, 26) : chance.whole(38, 52)
  const step = folded ? 17 : 8.4
  const base = 930
  const pile = Array.from({ length: sheets }, (_, index) => {
    const y = base - index * step
    const slide = chance.between(-6, 6) * (folded ? 3 : chance.maybe(0.1) ? 5 : 1)
    const from = left + slide
    if (!folded) return rect(from, y, width, step - 1.6, index % 9 === 4 ? '#efe9da' : paper, { stroke: '#c2b99f', 'stroke-width': 1.2 })
    const lift = chance.between(8, 20)
    return path(`M${from.toFixed(0)} ${y.toFixed(0)}q${width / 4} ${(-lift).toFixed(0)} ${width / 2} ${(-lift * 0.2).toFixed(0)}t${width / 2} 0v9q${-width / 4} ${lift.toFixed(0)} ${-width / 2} ${(lift * 0.3).toFixed(0)}t${-width / 2} 0z`, index % 5 === 2 ? '#efe9da' : paper, { stroke: '#b9b096', 'stroke-width': 1.6 })
  })
  const top = base - sheets * step
  const lid = folded ? [] : [shape([[left + 4, top + step], [left + 90, top - 66], [left + width + 66, top - 66], [left + width, top + step]], paper, { stroke: '#c2b99f', 'stroke-width': 2 }),
    shape([[left + 112, top - 8], [left + 146, top - 40], [left + 236, top - 40], [left + 208, top - 8]], mixed(lists[0].colour, 0.2)), shape([[left + 250, top - 14], [left + 268, top - 34], [left + 520, top - 34], [left + 510, top - 14]], '#bab29c'),
    ...(marked ? [line([[left + 124, top - 6], [left + 228, top - 42]], ink, 9), line([[left + 142, top - 42], [left + 214, top - 4]], ink, 9)] : [])]
  const crayonX = left + width + chance.between(110, 200)
  const flip = chance.maybe(0.5)
  const parts = [fade('wall', [mixed(wall, 0.12), mixed(wall, -0.1)]), rect(0, 0, 1600, 700, 'url(#wall)'), rect(0, 420, 1600, 300, mixed(below, at.isDark ? -0.1 : 0.12)), rect(0, 414, 1600, 9, '#ffffff', { opacity: 0.35 }),
      rect(1180, 60, 300, 250, at.isDark ? '#25323d' : '#d8e3e6', { stroke: '#7c7466', 'stroke-width': 14 }), ...[1255, 1330, 1405].map((x) => rect(x, 60, 7, 250, '#7c7466')),
      fade('top', [mixed(wood, 0.06), mixed(wood, -0.24)]), rect(0, 690, 1600, 510, 'url(#top)'), rect(0, 690, 1600, 10, mixed(wood, 0.3)), rect(0, 1090, 1600, 110, mixed(wood, -0.42)),
      path(`M${left} ${base + 12}h${width + 30}l260 74h-${width + 120}z`, '#1d150b', { opacity: 0.2 }), ...pile, ...lid,
      rect(left + width * 0.42, top + step * 2, 92, base - top - step * 1.2, '#c9b78f', { opacity: folded ? 0.85 : 0 }),
      group([rect(0, 0, 190, 26, ink, { rx: 5 }), shape([[190, 0], [232, 13], [190, 26]], mixed(ink, 0.3)), rect(46, 0, 90, 26, '#f1ead6')], { x: crayonX, y: 980, turn: chance.between(-14, 18) })]
  return { width: 1600, height: 1200, parts: flip ? [group(parts, { x: 1600, flip })] : parts }
}

export type SheetFault = 'none' | 'sums' | 'unsigned' | 'changed' | 'blank'

/** A results sheet, taped to a wall or flat on a table, in upright format. */
export const sheet = (fault: SheetFault): Scene => (chance, at) => {
  const taped = chance.maybe(0.5)
  const figure = (value: number, x: number, y: number, colour = ink) => lettering(String(value), { x, y, height: 34, colour, weight: 1.25, align: 'end' })
  const counts = [...lists.map(() => chance.whole(38, 190)), chance.whole(2, 9), chance.whole(1, 8), chance.whole(0, 5)]
  const total = counts.reduce((sum, count) => sum + count, 0) + (fault === 'sums' ? chance.whole(11, 48) : 0)
  const row = (index: number) => {
    const y = 430 + index * 92
    const list = lists[index]
    const changed = fault === 'changed' && index < 2
    return [rect(70, y, 860, 92, index % 2 ? '#f6f2e6' : paper, { stroke: '#cfc6ad', 'stroke-width': 2 }), ...(list ? [rect(96, y + 22, 70, 48, list.colour, { rx: 4 })] : []), rect(list ? 190 : 96, y + 38, [260, 300, 280, 210, 170, 190][index]!, 14, '#a59d87'),
      rect(700, y + 12, 200, 68, '#ffffff', { stroke: '#b3aa92', 'stroke-width': 2 }), ...(fault === 'blank' ? [] : [figure(counts[index]!, changed ? 790 : 872, y + 29)]),
      ...(changed ? [line([[712, y + 50], [800, y + 40]], '#a3312b', 7), figure(counts[index]! + chance.whole(20, 90), 892, y + 29, '#a3312b')] : [])]
  }
  const signing = Array.from({ length: 6 }, (_, index) => {
    const [x, y] = [110 + (index % 2) * 430, 1120 + Math.floor(index / 2) * 92]
    const missing = fault === 'unsigned' && index > 1 && index !== 3
    return [line([[x, y], [x + 350, y]], '#a59d87', 2.5), ...(missing ? [] : [signature(chance, x + 40, y - 18, ink, chance.between(170, 240))])].join('')
  })
  const page = [rect(14, 18, 1000, 1420, '#1d150b', { opacity: 0.25 }), rect(0, 0, 1000, 1420, paper, { stroke: '#d8d0ba', 'stroke-width': 2 }), oval(140, 130, 52, 52, '#c9c1aa'), oval(140, 130, 34, 34, '#e8e3d2'),
    lettering('ACTA DE CIERRE Y ESCRUTINIO', { x: 226, y: 98, height: 31, colour: '#3d3b36' }), rect(226, 154, 520, 13, '#bab29c'), rect(226, 184, 380, 13, '#d3ccb9'),
    rect(70, 262, 860, 120, '#f1ecdd', { stroke: '#cfc6ad', 'stroke-width': 2 }), lettering(`JRV ${at.label}`, { x: 100, y: 300, height: 44, colour: '#26231e', weight: 1.6 }), rect(560, 300, 320, 13, '#bab29c'), rect(560, 332, 240, 13, '#d3ccb9'),
    ...counts.flatMap((_, index) => row(index)), rect(70, 982, 860, 8, '#3d3b36'), lettering('TOTAL', { x: 100, y: 1006, height: 32, colour: '#3d3b36' }), ...(fault === 'blank' ? [] : [figure(total, 872, 1006)]), ...signing, stamp(chance, 850, 1330, 66)]
  const place = { x: 300 + chance.between(-40, 40), y: 90 + chance.between(-30, 20), turn: chance.between(-3, 3), scale: 1 }
  const tape = taped ? [[-30, 20, -40], [900, -24, 40]].map(([x, y, turn]) => group([rect(0, 0, 150, 44, '#e9dfb8', { opacity: 0.8 })], { x: place.x + x!, y: place.y + y!, turn: turn! })) : []
  const wall = mixed(at.place('paint').pick(paints)[1], at.isDark ? -0.12 : 0.1)
  const under = taped
    ? [fade('wall', [mixed(wall, 0.14), mixed(wall, -0.18)], true), rect(0, 0, 1600, 1600, 'url(#wall)'), ...[220, 620, 1020, 1420].map((y) => rect(0, y, 1600, 4, '#000000', { opacity: 0.08 })), ...[0, 400, 800, 1200].flatMap((y, index) => [150, 750, 1350].map((x) => rect(x + (index % 2) * 300 - 100, y + 20, 4, 400, '#000000', { opacity: 0.06 })))]
    : tabletop(chance, at, 1600, 1600)
  const held = taped ? [] : [hand(chance.pick(skins), chance.pick(['#5b6b7c', '#66597f', '#d9d2c0']), 1180, 1330, -30, 1.05)]
  return { width: 1200, height: 1600, parts: [...under, group([group(page, place), ...tape, ...held], { x: -170 })] }
}

/** What came out of the package, laid out in order on a table. */
export const material: Scene = (chance, at) => {
  const crayons = chance.whole(1, 4)
  return {
    width: 1600, height: 1200,
    parts: [...tabletop(chance, at, 1600, 1200),
      group([rect(10, 14, 470, 620, '#1d150b', { opacity: 0.22 }), rect(0, 0, 470, 620, paper), rect(40, 50, 250, 20, '#9b937d'), ...Array.from({ length: 9 }, (_, index) => [rect(40, 116 + index * 52, 22, 22, 'none', { stroke: '#8d8468', 'stroke-width': 3 }), rect(84, 120 + index * 52, 150 + ((index * 67) % 160), 13, '#bab29c'), ...(index < 5 + crayons ? [line([[44, 128 + index * 52], [52, 136 + index * 52], [66, 114 + index * 52]], ink, 5)] : [])].join(''))], { x: 130, y: 250, turn: chance.between(-8, 4) }),
      group([rect(10, 14, 330, 150, '#1d150b', { opacity: 0.22 }), rect(0, 0, 330, 150, '#d8c493', { rx: 6 }), rect(0, 0, 330, 44, '#c4ae79', { rx: 6 }), ...Array.from({ length: crayons }, (_, index) => group([rect(0, 0, 200, 22, ink, { rx: 4 }), rect(46, 0, 90, 22, '#f1ead6'), shape([[200, 0], [236, 11], [200, 22]], mixed(ink, 0.3))], { x: 40, y: 54 + index * 24 }))], { x: 720, y: 180, turn: chance.between(-6, 8) }),
      group([oval(12, 18, 74, 74, '#1d150b', { opacity: 0.22 }), oval(0, 0, 74, 74, '#2f2a3f'), oval(0, 0, 52, 52, '#40385a'), oval(-14, -14, 16, 16, '#8a80ac', { opacity: 0.6 })], { x: 1270, y: 270 }),
      group([rect(8, 12, 300, 200, '#1d150b', { opacity: 0.2 }), rect(0, 0, 300, 200, '#37474f', { rx: 14 }), rect(20, 18, 260, 164, '#4b4174', { rx: 8 })], { x: 1160, y: 470, turn: chance.between(-6, 6) }),
      ...[0, 1].map((index) => group([oval(10, 14, 48, 48, '#1d150b', { opacity: 0.22 }), rect(-40, -40, 80, 80, '#7a5a3c', { rx: 12 }), oval(0, 0, 26, 26, '#9b7750'), oval(-6, -8, 9, 9, '#c29b71')], { x: 810 + index * 150, y: 520, turn: chance.between(-20, 20) })),
      group([rect(10, 12, 420, 84, '#1d150b', { opacity: 0.2 }), rect(0, 0, 300, 84, '#c9c4b4', { rx: 12 }), rect(300, -14, 110, 112, '#e7e2d2', { rx: 14 }), oval(410, 42, 16, 50, '#fff6d8'), rect(110, 26, 60, 32, '#a3312b', { rx: 6 })], { x: 760, y: 780, turn: chance.between(-12, 6) }),
      hand(chance.pick(skins), chance.pick(['#5b6b7c', '#804e50', '#41705c']), 1370, 880, -20, 1.1)],
  }
}
