import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from './steps.mjs'

// Builds every app of client/ into a folder: `node tools/build-apps.mjs FOLDER [--watch]`. With --watch it goes on at each change.

const [outDir = join(root, 'dist/client'), watch] = process.argv.slice(2)
const client = join(root, 'client')
const apps = readdirSync(client).filter((name) => readdirSync(join(client, name)).includes('index.html'))

process.chdir(root)
for (const app of apps) await build({ mode: app, logLevel: 'warn', build: { outDir, watch: watch ? {} : null } })
