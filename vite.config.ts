import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vite'
import { phoneWorker } from './tools/phone-worker.ts'

const root = join(import.meta.dirname, 'client')

/** Each audience is an entry of its own; `entry` holds the pages of /join and /setup. */
const audiences = ['observer', 'coordinator', 'press', 'entry']
const pages = audiences.map((name) => [name, join(root, name, 'index.html')] as const).filter(([, page]) => existsSync(page))

export default defineConfig({
  root,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [phoneWorker(root)],
  build: {
    outDir: join(import.meta.dirname, 'dist/client'),
    // The build before stays until the next one: tools/build.mjs prunes.
    emptyOutDir: false,
    target: ['es2022', 'safari15.4'],
    manifest: true,
    // The pages' Content-Security-Policy allows no inline script, and no data: font.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: Object.fromEntries(pages) },
  },
})
