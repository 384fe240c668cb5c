import * as z from 'zod/mini'
import type { Cover } from '../../shared/press.ts'
import { chanceFrom, seedOf, type Chance } from './chance.ts'
import { ballots, material, sheet, stack } from './draw-paper.ts'
import { gym, police, posters, queue, steps } from './draw-outside.ts'
import { night, rect } from './draw-parts.ts'
import { ballotBox, booth, chalkboard, counting, door, kit, packages } from './draw-rooms.ts'
import { lettering, widthOf } from './letters.ts'

/** What a scene is made of; `regions` are what a release would have to cover, in pixels of the picture. */
type Made = { width: number; height: number; parts: string[]; regions?: Cover[] }

/** Where and when a picture is taken. `place` gives the same chance for the same name at the same place: a school keeps its paint from one picture to the next. */
export type At = { label: string; hour: number; isDark: boolean; place: (name: string) => Chance }
export type Scene = (chance: Chance, at: At) => Made

const scenes = {
  ballots_flat: ballots({ mark: 'crayon', folded: false }),
  ballots_folded: ballots({ mark: 'crayon', folded: true }),
  ballots_pen: ballots({ mark: 'pen', folded: true }),
  ballots_alike: ballots({ mark: 'crayon', folded: true, alike: true }),
  ballots_unstamped: ballots({ mark: 'crayon', folded: true, sealed: false }),
  stack_flat: stack({ folded: false }),
  stack_folded: stack({ folded: true }),
  stack_unused: stack({ folded: false, marked: false }),
  sheet: sheet('none'),
  sheet_sums: sheet('sums'),
  sheet_unsigned: sheet('unsigned'),
  sheet_changed: sheet('changed'),
  material,
  counting,
  box: ballotBox('none'),
  box_seal: ballotBox('seal'),
  box_open: ballotBox('open'),
  chalkboard,
  booth,
  kit: kit(false),
  kit_offline: kit(true),
  packages,
  door,
  queue,
  posters,
  steps: steps(false),
  ramp: steps(true),
  police,
  gym: gym(true),
  gym_empty: gym(false),
} satisfies Record<string, Scene>

export type SceneName = keyof typeof scenes
export const sceneNames = Object.keys(scenes) as [SceneName, ...SceneName[]]

/** A picture to be drawn: the same order gives the same bytes. `label` is a table's number, where the scene shows one; `hour` is local, with its fraction; `place` is the place's own seed. */
export const Order = z.object({ scene: z.enum(sceneNames), seed: z.number(), place: z.number(), label: z.string(), hour: z.number() })
export type Order = z.infer<typeof Order>
export const Orders = z.array(z.object({ path: z.string(), order: Order }))
export type Orders = z.infer<typeof Orders>
export type Drawing = { width: number; height: number; svg: string; regions: Cover[] }

/** Sunrise and sunset of late February in El Salvador. */
const [sunrise, sunset] = [6.2, 17.95]

export function draw({ scene, seed, place, label, hour }: Order): Drawing {
  const at: At = { label, hour, isDark: hour < sunrise || hour > sunset, place: (name) => chanceFrom(seedOf(place, name)) }
  const { width, height, parts, regions = [] } = scenes[scene](chanceFrom(seed), at)
  return { width, height, svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}${tag(width, height)}</svg>`, regions }
}

/** Says in the picture itself that it is none: it may travel without its caption. */
function tag(width: number, height: number): string {
  const text = 'Ejercicio / Exercise'
  const wide = widthOf(text, 20) + 40
  return rect(width - wide - 24, height - 70, wide, 46, night, { rx: 23, opacity: 0.72 }) + lettering(text, { x: width - wide - 4, y: height - 58, height: 20, colour: '#ffffff', weight: 1.2 })
}
