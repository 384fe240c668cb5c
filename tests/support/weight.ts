import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as z from 'zod/mini'

const built = resolve(import.meta.dirname, '../../dist/client')

const Manifest = z.record(z.string(), z.object({ file: z.string(), css: z.optional(z.array(z.string())), imports: z.optional(z.array(z.string())) }))

/** What a phone may load before its first paint, in bytes gzipped. */
export const plainFirstLoad = 60_000

/**
 * What the phone loads before its first paint: its page, the scripts and styles that the page and its scripts import outright, and the words of one language. Bytes as
 * gzip makes them.
 */
export async function phoneFirstLoad(language: 'es' | 'en'): Promise<{ bytes: number; files: Record<string, number> }> {
  const manifest = Manifest.parse(JSON.parse(await readFile(join(built, '.vite/observer.json'), 'utf8')))
  const page = 'observer/index.html'
  const names = new Set([page])
  const visit = (key: string): void => {
    const chunk = manifest[key]
    if (!chunk || names.has(chunk.file)) return
    for (const name of [chunk.file, ...(chunk.css ?? [])]) names.add(name)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const key of [page, `kit/words/common.${language}.ts`, `observer/words/${language}.ts`]) {
    if (!manifest[key]) throw new Error(`The phone's build has no ${key}`)
    visit(key)
  }
  const files = Object.fromEntries(await Promise.all([...names].map(async (name) => [name, gzipSync(await readFile(join(built, name))).length] as const)))
  return { bytes: Object.values(files).reduce((sum, size) => sum + size, 0), files }
}
