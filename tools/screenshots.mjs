import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { findBrowser } from './machine.mjs'
import { CannotGoOn, endWith, root, runInPlace } from './steps.mjs'

// npm run screenshots: takes the pictures that README.md and docs/*.md show, from the registry of screens (tests/screens.ts), and puts them into docs/screens/. A picture is named `<screen>-<size>-<theme>-<language>.png`.

const taken = join(root, 'tests/screens')
const shown = join(root, 'docs/screens')
/** Wider ones are only heavier on a page. */
const mostPixels = { desktop: 1080, phone: 560 }

/** The pictures that the pages show, by name. */
function namesInDocs() {
  const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
  return [...new Set(pages.flatMap((page) => [...readFileSync(join(root, page), 'utf8').matchAll(/screens\/([\w-]+)\.png/g)].map((found) => found[1] ?? '')))].sort()
}

await endWith(async () => {
  const browser = findBrowser()
  if (!browser) throw new CannotGoOn('No browser was found to take pictures with: npx playwright-core install chromium')
  const names = namesInDocs()
  for (const name of names) rmSync(join(taken, `${name}.png`), { force: true })
  const code = await runInPlace(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/journeys/screens-'], { CHROMIUM_PATH: browser, KEEP_SCREENS: names.join(), UV_THREADPOOL_SIZE: '16' })
  const missing = names.filter((name) => !existsSync(join(taken, `${name}.png`)))
  if (missing.length > 0) throw new CannotGoOn(`These pictures were not taken: ${missing.join(', ')}. Look whether tests/screens.ts names their screens.`)

  rmSync(shown, { recursive: true, force: true })
  mkdirSync(shown, { recursive: true })
  for (const name of names) {
    const width = name.includes('-phone-') ? mostPixels.phone : mostPixels.desktop
    await sharp(join(taken, `${name}.png`)).resize({ width, withoutEnlargement: true }).png({ palette: true, quality: 75, effort: 10 }).toFile(join(shown, `${name}.png`))
  }
  const bytes = names.reduce((sum, name) => sum + statSync(join(shown, `${name}.png`)).size, 0)
  console.log(`${names.length} pictures are in docs/screens/, ${Math.round(bytes / 1000)} kB together.`)
  return code
})
