import { cloths, fade, glow, group, hairs, line, lists, mixed, oval, paints, paper, path, rect, shape, skins, stander } from './draw-parts.ts'
import { lettering, widthOf } from './letters.ts'
import type { At, Scene } from './draw.ts'

/** Pictures outside a voting centre, and of the hall of the final count. */

type Light = 'morning' | 'noon' | 'dusk' | 'night'
const lightAt = ({ hour, isDark }: At): Light => (isDark ? 'night' : hour < 9 ? 'morning' : hour < 16.8 ? 'noon' : 'dusk')
const skies: Record<Light, readonly [string, string]> = { morning: ['#bfd5df', '#f1e3c8'], noon: ['#9fc3d8', '#dbe8e6'], dusk: ['#7b83a6', '#f0b98a'], night: ['#141b2e', '#36405c'] }
const dims: Record<Light, number> = { morning: 0, noon: 0, dusk: -0.08, night: -0.42 }

/** A street before a school: sky, wall in two colours, gate at `gate`, pavement from `floor` down. */
function street(at: At, gate: number, floor: number): string[] {
  const [above, below] = at.place('paint').pick(paints)
  const light = lightAt(at)
  const dim = dims[light]
  const tree = at.place('tree').between(60, 260)
  const banner = 'CENTRO DE VOTACIÓN'
  return [
    fade('sky', skies[light]), rect(0, 0, 1600, 560, 'url(#sky)'), path('M0 420C180 330 300 380 460 350S800 250 1000 340S1400 300 1600 360V560H0Z', mixed('#7f9a8c', dim), { opacity: 0.75 }),
    oval(tree, 250, 170, 140, mixed('#5f7f5a', dim)), oval(tree + 120, 300, 130, 110, mixed('#6d8d62', dim)), rect(tree + 20, 300, 34, 200, mixed('#6b5540', dim)),
    rect(0, 400, 1600, floor - 400, mixed(above, dim)), rect(0, floor - 190, 1600, 190, mixed(below, dim)), rect(0, 384, 1600, 26, mixed('#a5583f', dim)), rect(0, 410, 1600, 10, '#000000', { opacity: 0.12 }),
    rect(gate, 440, 330, floor - 440, light === 'night' ? '#f2d59a' : '#5d6a66'), ...Array.from({ length: 8 }, (_, index) => rect(gate + 14 + index * 42, 440, 9, floor - 440, mixed('#3f4a4a', dim))), rect(gate - 22, 428, 374, 22, mixed('#3f4a4a', dim)), rect(gate - 22, 428, 22, floor - 428, mixed(above, dim - 0.12)), rect(gate + 330, 428, 22, floor - 428, mixed(above, dim - 0.12)),
    rect(gate + 165 - widthOf(banner, 34) / 2 - 40, 316, widthOf(banner, 34) + 80, 84, '#f7f3e6', { stroke: '#c9c1aa', 'stroke-width': 3 }), lettering(banner, { x: gate + 165, y: 342, height: 34, colour: '#3a4690', weight: 1.5, align: 'middle' }),
    fade('pavement', [mixed('#a29a8a', dim), mixed('#bcb4a3', dim)]), rect(0, floor, 1600, 1200 - floor, 'url(#pavement)'), rect(0, floor, 1600, 12, '#000000', { opacity: 0.16 }), rect(0, 1110, 1600, 90, mixed('#6f6b66', dim)), rect(0, 1104, 1600, 12, mixed('#d4ccb9', dim)),
    ...Array.from({ length: 7 }, (_, index) => line([[120 + index * 240, floor + 12], [60 + index * 262, 1104]], '#000000', 2, { opacity: 0.13 })),
  ]
}

const shade = (at: At) => ({ morning: [], noon: [], dusk: [rect(0, 0, 1600, 1200, '#7a4a30', { opacity: 0.12 })], night: [rect(0, 0, 1600, 1200, '#141b36', { opacity: 0.3 })] })[lightAt(at)]

/** People waiting before the gate; faces are turned away or not drawn. */
export const queue: Scene = (chance, at) => {
  const gate = at.place('gate').pick([1080, 1120, 1160])
  const waiting = chance.whole(8, 12)
  const far = Array.from({ length: waiting }, (_, index) => stander(chance, 90 + (index * 960) / waiting + chance.between(-12, 12), 968 + (index % 3) * 22, chance.between(0.92, 1.06)))
  const officer = chance.maybe(0.4) ? [stander(chance, gate + 380, 976, 1.06, { uniform: '#2f4258' })] : []
  return { width: 1600, height: 1200, parts: [...street(at, gate, 900), ...far, stander(chance, gate + 120, 958, 1), ...officer, ...shade(at)] }
}

/** Party symbols on walls and strings near a centre. Lists are invented. */
export const posters: Scene = (chance, at) => {
  const gate = at.place('gate').pick([1130, 1180])
  const main = at.place('list').pick(lists)
  const poster = (x: number, y: number) => group([rect(6, 8, 190, 250, '#000000', { opacity: 0.2 }), rect(0, 0, 190, 250, main.colour), rect(16, 20, 158, 120, mixed(main.colour, 0.35)), oval(95, 80, 42, 42, '#ffffff', { opacity: 0.85 }), lettering('LISTA', { x: 95, y: 158, height: 22, colour: '#ffffff', align: 'middle', weight: 1.6 }), lettering(main.name, { x: 95, y: 196, height: 26, colour: '#ffffff', align: 'middle', weight: 1.8 })], { x, y, turn: chance.between(-4, 4) })
  const flags = Array.from({ length: 15 }, (_, index) => {
    const x = 30 + index * 78
    const y = 250 + Math.sin((index / 14) * Math.PI) * 90
    return shape([[x, y], [x + 50, y + 4], [x + 24, y + 62]], index % 2 ? main.colour : '#f4f0e3')
  })
  return {
    width: 1600, height: 1200,
    parts: [...street(at, gate, 900), line(Array.from({ length: 30 }, (_, index) => [20 + index * 40, 248 + Math.sin((index / 29) * Math.PI) * 92] as const), '#4b463c', 4), ...flags, ...[130, 380, 640].slice(0, chance.whole(2, 3)).map((x) => poster(x, 500)),
      rect(960, 120, 26, 800, '#5c5a55'), rect(944, 900, 58, 30, '#4b4945'), line([[0, 150], [973, 140], [1600, 170]], '#3a3833', 4), stander(chance, 860, 1010, 1.02),
      ...(chance.maybe(0.5) ? [group([rect(0, 0, 12, 330, '#6b5540'), path('M12 6C80 -20 120 40 190 10V120C120 150 80 90 12 120Z', main.colour)], { x: 330, y: 640 })] : [])],
  }
}

/** The way in: steps, and no ramp; or a ramp that was made for the day. */
export const steps = (ramp: boolean): Scene => (chance, at) => {
  const [above, below] = at.place('paint').pick(paints)
  const count = chance.whole(4, 6)
  const flight = Array.from({ length: count }, (_, index) => {
    const y = 760 + index * (270 / count)
    const spread = index * 46
    return [rect(540 - spread, y, 520 + spread * 2, 270 / count, mixed('#b8ae9c', -0.06 * index)), rect(540 - spread, y, 520 + spread * 2, 9, '#d9d0be'), rect(540 - spread, y + 270 / count - 6, 520 + spread * 2, 6, '#000000', { opacity: 0.16 })].join('')
  })
  return {
    width: 1600, height: 1200,
    parts: [fade('sky', skies[lightAt(at)]), rect(0, 0, 1600, 300, 'url(#sky)'), path('M0 130L800 40L1600 130V190H0Z', '#a5583f'), path('M0 190H1600V214H0Z', '#7d4231'), ...Array.from({ length: 20 }, (_, index) => line([[index * 84, 188], [800 + (index - 9.5) * 70, 46]], '#7d4231', 3, { opacity: 0.5 })),
      rect(0, 214, 1600, 586, above), rect(0, 600, 1600, 200, below), rect(0, 214, 1600, 22, '#000000', { opacity: 0.14 }), rect(600, 330, 400, 440, '#4d463c'), rect(630, 360, 160, 410, '#8a6a48'), rect(810, 360, 160, 410, '#75593c'), rect(560, 262, 480, 54, '#f7f3e6'), lettering('CENTRO DE VOTACIÓN', { x: 800, y: 276, height: 26, colour: '#3a4690', weight: 1.5, align: 'middle' }),
      ...[130, 1190].map((x) => [rect(x, 340, 280, 200, '#c7d9de'), ...[0, 1, 2, 3].map((bar) => rect(x + 50 + bar * 58, 340, 7, 200, '#6f675b')), rect(x, 340, 280, 200, 'none', { stroke: '#8a7d69', 'stroke-width': 12 })].join('')),
      fade('yard', ['#a99b84', '#c2b69d']), rect(0, 780, 1600, 420, 'url(#yard)'), ...flight,
      ...(ramp ? [shape([[640, 764], [960, 764], [1030, 1090], [570, 1090]], '#a47b4e'), ...Array.from({ length: 7 }, (_, index) => line([[636 - index * 10, 790 + index * 44], [964 + index * 10, 790 + index * 44]], '#7c5a36', 5)), shape([[570, 1090], [1030, 1090], [1034, 1108], [566, 1108]], '#6d4f30')] : [line([[486, 640], [330, 950]], '#6f7a7f', 12), line([[486, 640], [486, 800]], '#6f7a7f', 12), line([[330, 950], [330, 1060]], '#6f7a7f', 12)]),
      shape([[0, 1040], [420, 1010], [300, 1200], [0, 1200]], '#7f9a6d', { opacity: 0.8 }), shape([[1600, 1050], [1230, 1020], [1330, 1200], [1600, 1200]], '#7f9a6d', { opacity: 0.8 }), ...(chance.maybe(0.6) ? [stander(chance, chance.pick([360, 1260]), 1050, 1.02)] : []), ...shade(at)],
  }
}

/** Police at the gate, their vehicle beside; its plate is a region. */
export const police: Scene = (chance, at) => {
  const gate = at.place('gate').pick([980, 1040])
  const officers = chance.whole(2, 5)
  const x = chance.between(90, 180)
  return {
    width: 1600, height: 1200,
    parts: [...street(at, gate, 900), path(`M${x - 30} 1086h760l40 24h-840z`, '#000000', { opacity: 0.25 }),
      group([path('M0 250V120C0 100 14 92 34 90L300 86L390 0H560C590 0 600 14 610 40L640 96L690 112C708 118 714 130 714 150V250Z', '#2f4258'), path('M320 88L398 20H470V88ZM490 20H556C572 20 580 30 586 46L600 88H490Z', '#b9d0d8'), rect(0, 150, 714, 34, '#e9e6da'), rect(30, 40, 250, 12, '#4d5f74'), ...[40, 150, 260].map((post) => rect(post, 40, 10, 54, '#4d5f74')), rect(420, -22, 90, 22, '#a3312b', { rx: 8 }), rect(466, -22, 44, 22, '#3a4690', { rx: 8 }), lettering('POLICÍA', { x: 190, y: 156, height: 22, colour: '#2f4258', weight: 1.8 }), 
        ...[150, 560].map((wheel) => oval(wheel, 250, 66, 66, '#22262b') + oval(wheel, 250, 32, 32, '#9aa1a6')), rect(604, 204, 108, 40, '#f4f1e6', { rx: 4, stroke: '#8d8468', 'stroke-width': 2 }), lettering('EJ 0712', { x: 658, y: 215, height: 18, colour: '#26231e', align: 'middle', weight: 1.6 })], { x, y: 800 }),
      ...Array.from({ length: officers }, (_, index) => stander(chance, gate - 60 + index * 118 + chance.between(-14, 14), 976 + (index % 2) * 18, 1.04, { uniform: chance.pick(['#2f4258', '#3b4d3e']) })), ...shade(at)],
    regions: [{ what: 'plate', left: Math.round(x) + 600, top: 1000, width: 116, height: 48 }],
  }
}

/** A municipal gymnasium with work tables for the final count. */
export const gym = (peopled: boolean): Scene => (chance, at) => {
  const rows = chance.whole(5, 6)
  const band = at.place('band').pick(['#5f7f8f', '#7f8f6a', '#a07860'])
  const aside = chance.between(-60, 60)
  const tables = Array.from({ length: rows }, (_, row) => {
    const depth = row / (rows - 1)
    const scale = 0.42 + depth * 0.75
    const y = 600 + depth ** 1.35 * 500
    const across = 7 - Math.round(depth * 2)
    return Array.from({ length: across }, (_, column) => {
      const x = 800 + aside * scale + (column - (across - 1) / 2) * 300 * scale + chance.between(-8, 8)
      const people = peopled ? [-62, 62].filter(() => chance.maybe(0.85)).map((at) => group([path('M-40 0C-42 -52 -24 -66 0 -68C24 -66 42 -52 40 0Z', chance.pick(cloths)), oval(0, -94, 25, 29, chance.pick(skins)), path('M-27 -94C-32 -136 32 -136 27 -94C20 -112 -20 -112 -27 -94Z', chance.pick(hairs))], { x: at })) : []
      const load = [rect(-60, -30, 70, 30, paper, { stroke: '#cfc6ad' }), ...(chance.maybe(0.6) ? [rect(34, -52, 60, 52, '#c9b083'), rect(56, -52, 12, 52, '#d8443a')] : [])]
      return group([oval(0, 96, 150, 20, '#000000', { opacity: 0.16 }), ...people, shape([[-128, -8], [128, -8], [140, 18], [-140, 18]], '#f4f0e3'), rect(-140, 18, 280, 60, '#dcd6c5'), rect(-140, 18, 280, 7, '#000000', { opacity: 0.1 }), ...(peopled ? load : load.slice(0, 1)), lettering(String(row * 10 + column + 1), { x: 0, y: 32, height: 26, colour: '#55524b', align: 'middle', weight: 1.5 })], { x, y, scale })
    }).join('')
  })
  const trusses = Array.from({ length: 6 }, (_, index) => {
    const at = index / 5
    const y = 30 + at * 190
    const half = 980 - at * 470
    return [line([[800 - half, y + 190 - at * 60], [800, y], [800 + half, y + 190 - at * 60]], '#59646c', 12 - at * 7), ...Array.from({ length: 8 }, (_, strut) => line([[800 + (strut - 3.5) * half * 0.25, y + Math.abs(strut - 3.5) * 52 * (1 - at * 0.3)], [800 + (strut - 3.5) * half * 0.25, y + 190 - at * 60]], '#59646c', 4 - at * 2))].join('')
  })
  const lamps = [[360, 250], [620, 290], [980, 290], [1240, 250]].map(([x, y]) => oval(x!, y!, 46, 13, '#fffbe8') + oval(x!, y! + 30, 190, 90, 'url(#lamp)'))
  return {
    width: 1600, height: 1200,
    parts: [fade('roof', ['#6d7880', '#98a2a6']), rect(0, 0, 1600, 460, 'url(#roof)'), shape([[0, 190], [340, 330], [340, 560], [0, 700]], '#aab2b0'), shape([[1600, 190], [1260, 330], [1260, 560], [1600, 700]], '#98a09f'), rect(340, 330, 920, 230, '#bcc2bd'), shape([[0, 470], [340, 450], [340, 560], [0, 700]], band, { opacity: 0.55 }), shape([[1600, 470], [1260, 450], [1260, 560], [1600, 700]], band, { opacity: 0.5 }), rect(340, 460, 920, 100, band, { opacity: 0.45 }),
      glow('lamp', '#fff6d4', 0.35), ...trusses, ...lamps, fade('court', ['#8d7a58', '#b29a6e']), shape([[340, 560], [1260, 560], [1600, 700], [1600, 1200], [0, 1200], [0, 700]], 'url(#court)'), line([[430, 580], [40, 1200]], '#f4f0e3', 6, { opacity: 0.5 }), line([[1170, 580], [1560, 1200]], '#f4f0e3', 6, { opacity: 0.5 }), oval(800, 760, 300, 76, 'none', { stroke: '#f4f0e3', 'stroke-width': 6, opacity: 0.45 }),
      rect(744, 372, 112, 74, '#f4f0e3'), rect(776, 398, 48, 34, 'none', { stroke: '#a3312b', 'stroke-width': 4 }), oval(800, 450, 26, 6, 'none', { stroke: '#c7703c', 'stroke-width': 5 }), ...tables],
  }
}
