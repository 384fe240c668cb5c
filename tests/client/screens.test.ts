import { describe, expect, test } from 'vitest'
import { screens } from '../screens.ts'
import { sources } from '../support/project.ts'
import type { Source } from '../support/project.ts'

/** What a router draws beside its screens: what stands around them, and parts that every screen has. */
const around = new Set(['App', 'Button', 'ButtonLink', 'Cameras', 'CannotBegin', 'Frame', 'Page', 'PlainPage', 'PressDesk', 'Routed', 'SetUp', 'Shell', 'Shown', 'Toasts', 'TopBar'])

/** Where an address, or what is known of the person, decides which screen is drawn. */
const routing = /^client\/(observer\/(app|begin)|coordinator\/app|press\/app|entry\/(main|setup\/SetUp))\.tsx$/

/** The components that these files draw, by tag or by the name under which they are fetched. */
const drawnIn = (files: readonly Source[]): string[] => [...new Set(files.flatMap(({ text }) => [...text.matchAll(/<([A-Z]\w+)[\s/>]|import\('[^']+'\)\)\.(?!default)([A-Z]\w+)/g)].map((found) => found[1] ?? found[2] ?? '')))].filter((name) => !around.has(name))

describe('[R110] the registry of screens', () => {
  test('has an entry for each screen that a router draws, and none for what no router draws', () => {
    expect([...new Set(screens.map(({ shows }) => shows))].sort()).toEqual(drawnIn(sources(routing)).sort())
  })

  test('knows every router', () => {
    expect(sources(/^client\/.*\.tsx?$/).filter(({ text }) => /\bcreateRouter\(/.test(text)).map(({ path }) => path).sort()).toEqual(['client/coordinator/router.ts', 'client/entry/setup/route.ts', 'client/kit/router.ts', 'client/observer/nav.ts', 'client/press/router.ts'])
  })

  test('names each entry once', () => {
    const names = screens.map(({ name }) => name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  test('seen failing: a screen that is drawn by tag, and one that is fetched', () => {
    expect(drawnIn([{ path: 'client/x/app.tsx', text: "const Map = late(async () => (await import('./map/Map.tsx')).MapScreen)\nreturn at === 'audit' ? <Audit id={id} /> : <Shell><Routed /></Shell>" }])).toEqual(['MapScreen', 'Audit'])
  })
})
