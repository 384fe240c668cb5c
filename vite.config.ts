import { join } from 'node:path'
import { defineConfig } from 'vite'
import { phoneWorker } from './tools/phone-worker.ts'

const root = join(import.meta.dirname, 'client')

type Modules = { getModuleInfo: (id: string) => { importedIds: string[] } | null }

/**
 * Whatever the phone's app imports outright travels together before its first paint, so it is one file: compressed as a whole it is smaller than in the pieces that the bundler makes of it for the sake
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

/** One app a build, named by the mode: each is a bundle of its own, of few files, and shares none with another. tools/build-apps.mjs builds all. */
export default defineConfig(({ mode: app }) => ({
  root,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [phoneWorker(root)],
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
    rolldownOptions: { input: { [app]: join(root, app, 'index.html') }, ...(app === 'observer' && { output: { codeSplitting: { groups: [{ name: firstLoad(join(root, app, 'main.tsx')) }] } } }) },
  },
}))
