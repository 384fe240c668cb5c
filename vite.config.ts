import { join } from 'node:path'
import { defineConfig } from 'vite'
import { phoneWorker } from './tools/phone-worker.ts'

const root = join(import.meta.dirname, 'client')

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
    rolldownOptions: { input: { [app]: join(root, app, 'index.html') } },
  },
}))
