import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CannotGoOn, endWith, root } from './steps.mjs'

// npm run screenshots: copies to docs/screens/ the pictures that README.md and docs/*.md show, from what the journeys of the last `npm test` saved in tests/screens/.

await endWith(async () => {
  const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
  const names = new Set(pages.flatMap((page) => [...readFileSync(join(root, page), 'utf8').matchAll(/screens\/([\w.-]+\.png)/g)].map((found) => found[1] ?? '')))
  const missing = [...names].filter((name) => !existsSync(join(root, 'tests/screens', name)))
  if (missing.length > 0) throw new CannotGoOn(`The journeys saved no ${missing.join(', no ')}: run npm test first, and look whether a journey still saves it.`)
  mkdirSync(join(root, 'docs/screens'), { recursive: true })
  for (const name of names) copyFileSync(join(root, 'tests/screens', name), join(root, 'docs/screens', name))
  console.log(`${names.size} pictures are in docs/screens/.`)
  return 0
})
