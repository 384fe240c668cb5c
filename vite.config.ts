import { join } from 'node:path'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { phoneWorker } from './tools/phone-worker.ts'

const root = join(import.meta.dirname, 'client')
const main = (app: string) => join(root, app, 'main.tsx')
const early = join(root, 'coordinator/early.ts')

type Modules = { getModuleInfo: (id: string) => { importedIds: string[]; dynamicallyImportedIds: string[] } | null }

/**
 * Whatever an app imports outright travels together before its first paint, so it is one file: compressed as a whole it is smaller than in the pieces that the bundler makes of it for the sake
 * of what comes later. The entry stays what the page asks for.
 */
function firstLoad(main: string): (id: string, modules: Modules) => string | null {
  const together = new Set<string>()
  const visit = (id: string, modules: Modules): void => {
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) {
      if (together.has(next)) continue
      together.add(next)
      visit(next, modules)
    }
  }
  return (id, modules) => {
    if (together.size === 0) visit(main, modules)
    return together.has(id) ? 'first' : null
  }
}

/** A script that runs before all the rest is a file of its own, with what it needs. */
function aheadOf(script: string): (id: string, modules: Modules) => string | null {
  const needs = firstLoad(script)
  return (id, modules) => (id === script || needs(id, modules) !== null ? 'ahead' : null)
}

/** The same as `firstLoad` for the room, whose first words are one file a language. */
function roomLoad(main: string): (id: string, modules: Modules) => string | null {
  const nameOf = firstLoad(main)
  const words = new Map<string, string>()
  return (id, modules) => {
    const first = nameOf(id, modules)
    if (words.size === 0) for (const said of modules.getModuleInfo(main)?.importedIds ?? []) collect(said, modules, words)
    return first ?? words.get(id) ?? null
  }
}

/** The catalogues of words that a module and what it imports outright load by language. */
function collect(id: string, modules: Modules, words: Map<string, string>, seen = new Set<string>()): void {
  if (seen.has(id)) return
  seen.add(id)
  const module = modules.getModuleInfo(id)
  for (const said of module?.dynamicallyImportedIds ?? []) {
    const language = /\.(en|es)\.ts$/.exec(said)?.[1]
    if (language) words.set(said, `words-${language}`)
  }
  for (const next of module?.importedIds ?? []) collect(next, modules, words, seen)
}

/** Puts the room's early script before the app's own in its page, so that it runs while the rest is on its way. */
function earlyScript(): Plugin {
  return {
    name: 'early-script',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const early = Object.values(bundle ?? {}).find((file) => file.type === 'chunk' && file.isEntry && file.name === 'early')
        return early ? [{ tag: 'script', attrs: { type: 'module', crossorigin: true, src: `/${early.fileName}` }, injectTo: 'head-prepend' }] : []
      },
    },
  }
}

/** One app a build, named by the mode: each is a bundle of its own, of few files, and shares none with another. tools/build-apps.mjs builds all. */
export default defineConfig(({ mode: app }) => ({
  root,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [earlyScript(), phoneWorker(root)],
  publicDir: app === 'observer' ? 'public' : false,
  build: {
    outDir: join(import.meta.dirname, 'dist/client'),
    // The build before stays until the next one: tools/build.mjs prunes.
    emptyOutDir: false,
    target: ['es2022', 'safari15.4'],
    manifest: `.vite/${app}.json`,
    // The pages' Content-Security-Policy allows no inline script, and no data: font.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { [app]: join(root, app, 'index.html'), ...(app === 'coordinator' && { early }) },
      ...(app === 'observer' && { output: { codeSplitting: { groups: [{ name: firstLoad(main('observer')) }] } } }),
      ...(app === 'coordinator' && { output: { codeSplitting: { groups: [{ name: aheadOf(early), priority: 1 }, { name: roomLoad(main('coordinator')) }] } } }),
    },
  },
}))
