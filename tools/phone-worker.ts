import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'vite'
import type { Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle

/**
 * Names the build in every page (`<meta name="build">`), and makes the phone's service worker: `observer/sw.js` from `client/observer/worker.ts`,
 * which finds the addresses of its own build in `__FILES__` and the build's name in `__BUILD__`.
 */
export function phoneWorker(root: string): Plugin {
  const worker = join(root, 'observer/worker.ts')
  return {
    name: 'phone-worker',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      if (existsSync(worker)) this.addWatchFile(worker)
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const page of Object.values(bundle)) {
          if (page.type !== 'asset' || !page.fileName.endsWith('index.html')) continue
          const html = textOf(page)
          const files = filesNamedBy(html, bundle)
          const kept = publicFiles(join(root, 'public'), page.fileName.replace(/index\.html$/, ''))
          const name = nameOf([html, ...files, ...kept.flatMap(({ path, bytes }) => [path, bytes])])
          page.source = html.replace('</title>', `</title>\n    <meta name="build" content="${name}">`)
          if (page.fileName !== 'observer/index.html' || !existsSync(worker)) continue
          const addresses = ['/observer/', ...files.map((file) => `/${file}`), ...kept.map(({ path }) => `/${path}`)]
          this.emitFile({ type: 'asset', fileName: 'observer/sw.js', source: await buildWorker(worker, addresses, name) })
        }
      },
    },
  }
}

/** Every file that a page can ask for: hashed names are told by the text that names them, be it an import, a worker, a style or a font in it. */
function filesNamedBy(html: string, bundle: Bundle): string[] {
  const found = new Set<string>()
  const visit = (text: string): void => {
    for (const file of Object.values(bundle)) {
      if (!file.fileName.startsWith('assets/') || found.has(file.fileName) || !text.includes(basename(file.fileName))) continue
      found.add(file.fileName)
      if (/\.(js|css)$/.test(file.fileName)) visit(textOf(file))
    }
  }
  visit(html)
  return [...found].sort()
}

const textOf = (file: Bundle[string]): string => (file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('utf8'))

/** Icons and the like, copied as they are. */
function publicFiles(folder: string, below: string): { path: string; bytes: Buffer }[] {
  if (!below || !existsSync(join(folder, below))) return []
  const entries = readdirSync(join(folder, below), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort().map((file) => ({ path: file.slice(folder.length + 1), bytes: readFileSync(file) }))
}

function nameOf(parts: (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}\n`).update(part)
  return hash.digest('hex').slice(0, 12)
}

async function buildWorker(entry: string, addresses: string[], name: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { __FILES__: JSON.stringify(addresses), __BUILD__: JSON.stringify(name) },
    build: { write: false, target: ['es2022', 'safari15.4'], modulePreload: false, rolldownOptions: { input: entry, output: { format: 'iife', entryFileNames: 'sw.js' } } },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []))
  const chunk = outputs.find((output) => output.type === 'chunk')
  if (!chunk) throw new Error('The service worker came out empty.')
  return chunk.code
}
