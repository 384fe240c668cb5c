import type { Source } from './project.ts'
import { actsWhenImported, findLines, withoutComments } from './project.ts'

// The rules of the house that are seen by reading one file. Each tells what is wrong, line by line.

export type HouseRule = { name: string; files: RegExp; except?: RegExp; find: (source: Source) => string[]; example: Source }

const colourNames = 'black|white|red|green|blue|yellow|orange|purple|pink|brown|gr[ae]y|silver|gold|navy|teal|maroon|crimson|tomato|coral|salmon|indigo|violet|cyan|magenta|lime|olive|aqua|beige|ivory|(dark|light|medium|pale|deep|hot)[a-z]+'
const colour = new RegExp(`#[0-9a-f]{3,8}\\b|\\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch)\\(|:[^;{]*(?<![\\w-])(${colourNames})(?![\\w-])(?=[^{]*(;|\\}|$))`, 'i')
const fontSize = /font-size:(?!\s*(var\(--|inherit))|(?<![\w-])font:(?!\s*inherit)(?![^;]*var\(--text)/
const impure = /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\)|\bMath\.random\b|\bperformance\.now\b|\brandomUUID\b|\bgetRandomValues\b|\brandomBytes\b/
const geometry = /^(--[\w-]+|left|top|right|bottom|inset|width|height|minHeight|maxHeight|transform|transformOrigin|aspectRatio|gridColumn|gridRow|gridArea|strokeDashoffset|strokeDasharray)$/
const machine = new RegExp(`(?<![\\w.$}/-])/(${['work', 'root', 'farm'].join('|')})/`)

const lines = (pattern: RegExp) => (source: Source) => findLines(withoutComments(source), pattern)
const linesWithComments = (pattern: RegExp) => (source: Source) => findLines(source, pattern)

export const houseRules: HouseRule[] = [
  {
    name: 'a feature has at most five files, always these names: routes, actions, rules, store, tables',
    files: /^server\/features\//,
    find: ({ path }) => (/^server\/features\/[^/]+\/(routes|actions|rules|store|tables)\.ts$/.test(path) ? [] : [path]),
    example: { path: 'server/features/press/helpers.ts', text: '' },
  },
  {
    name: 'the environment is read in server/config.ts alone',
    files: /^(server|shared|client)\/.*\.tsx?$/,
    except: /^server\/config\.ts$/,
    find: lines(/\bprocess\.env\b|\bprocess\[['"]env/),
    example: { path: 'server/house.ts', text: 'const port = process.env.PORT' },
  },
  {
    name: 'the contract and the rules take time, chance and identity from outside',
    files: /^(shared\/.*|server\/features\/[^/]+\/rules)\.ts$/,
    find: lines(impure),
    example: { path: 'shared/reports.ts', text: '// new Date() would lie\nexport const at = () => new Date().toISOString()' },
  },
  {
    name: 'an action takes time and chance from its work',
    files: /^server\/features\/[^/]+\/(actions|store|routes)\.ts$/,
    find: lines(/\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b/),
    example: { path: 'server/features/press/actions.ts', text: 'const at = Date.now()' },
  },
  {
    name: 'the server asks no address but its own control door and the one listed host of streets, and the sample its own server',
    files: /^server\/.*\.ts$/,
    except: /^server\/(platform\/(control\/control|map\/host)|sample\/plug\/network)\.ts$/,
    find: lines(/(?<![\w.])fetch\(|\b(http|https|net|tls|dgram)\.(request|get|connect|createConnection)\(|import \{[^}]*\b(request|connect|createConnection|lookup|resolve4)\b[^}]*\} from 'node:(http|https|net|tls|dns|http2)'/),
    example: { path: 'server/platform/http/tiles.ts', text: 'const tile = await fetch(address)' },
  },
  {
    name: 'nothing acts when imported but main, the commands and the children',
    files: /^(server|shared)\/.*\.ts$/,
    // zod's code generation is switched off before the first schema: the pages' policy forbids it.
    except: /^server\/(main\.ts|commands\/[^/]+\.ts|platform\/pictures\/child\.ts|sample\/draw-child\.ts)$|^shared\/basics\.ts$/,
    find: actsWhenImported,
    example: { path: 'server/app.ts', text: "import { a } from './a.ts'\na.listen(80)\nexport const b = () => 1" },
  },
  {
    name: 'colours stand in tokens.css alone',
    files: /^client\/.*\.css$/,
    except: /^client\/kit\/look\/tokens\.css$/,
    find: lines(colour),
    example: { path: 'client/press/wall.module.css', text: '.a { color: var(--text) }\n.b { border: 1px solid white; }' },
  },
  {
    name: 'sizes of letters stand in tokens.css alone',
    files: /^client\/.*\.css$/,
    except: /^client\/kit\/look\/tokens\.css$/,
    find: lines(fontSize),
    example: { path: 'client/press/wall.module.css', text: '.a { font-size: 14px }' },
  },
  {
    name: 'no colour is written in a script: it takes the tokens',
    files: /^client\/.*\.tsx?$/,
    find: lines(/['"`]#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})['"`]|['"`](rgba?|hsla?)\(/i),
    example: { path: 'client/kit/map/paint.ts', text: "context.fillStyle = '#ffcc00'" },
  },
  {
    name: 'no style attributes: an object that sets geometry, at most',
    files: /^client\/.*\.tsx$/,
    find: (source) => [...lines(/\sstyle=(?!\{)|\sstyle=\{\s*['"`]/)(source), ...stylesBeyondGeometry(source)],
    example: { path: 'client/press/Wall.tsx', text: '<p style="color: red">' },
  },
  {
    name: 'what scrolls sideways holds what is for ears alone: a box that is not positioned lets it make the whole page wider',
    files: /^client\/.*\.css$/,
    find: lines(/^(?!.*\bposition:).*\boverflow-x:\s*(auto|scroll)/),
    example: { path: 'client/observer/parts/row.module.css', text: '.row { display: flex; overflow-x: auto }' },
  },
  {
    name: 'no file is longer than 400 lines',
    files: /^(server|client|shared)\/.*\.(tsx?|css)$/,
    find: ({ path, text }) => (text.split('\n').length > 401 ? [`${path}: ${text.split('\n').length - 1} lines`] : []),
    example: { path: 'server/app.ts', text: 'const a = 1\n'.repeat(401) },
  },
  {
    name: 'a page has no inline script and no inline style: its policy forbids them',
    files: /^client\/.*\.html$/,
    find: linesWithComments(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/i),
    example: { path: 'client/press/index.html', text: '<script>boot()</script>' },
  },
  {
    name: 'a file with tests asserts something',
    files: /^tests\/.*\.test\.tsx?$/,
    find: (source) => (/\b(expect|assert)\b/.test(withoutComments(source).text.replace(/^import .*$/gm, '')) ? [] : [source.path]),
    example: { path: 'tests/rules/a.test.ts', text: "import { expect, test } from 'vitest'\ntest('it runs', () => { run() })" },
  },
  {
    name: 'no test is alone, put off, skipped without a reason, or tried again',
    files: /^tests\/.*\.tsx?$/,
    except: /^tests\/support\/house-rules\.ts$/,
    find: lines(/\b(test|it|describe)(\.\w+)*\.(only|skip|todo|fails)\b|\bretry:/),
    example: { path: 'tests/rules/a.test.ts', text: "test.only('this one', () => undefined)" },
  },
  {
    name: 'no file tells of the machine that it was written on',
    files: /^(?!package-lock\.json$|tools\/basemap\/package-lock\.json$).*\.(tsx?|mjs|cjs|js|json|md|css|html|yml|svg)$|^\.ci\/run$/,
    find: linesWithComments(machine),
    example: { path: 'README.md', text: `Look in /${'work'}/notes.` },
  },
  {
    name: 'the lock file names no registry',
    files: /(^|\/)package-lock\.json$/,
    find: linesWithComments(/"resolved": *"https?:/),
    example: { path: 'package-lock.json', text: '      "resolved": "https://registry.example/zod.tgz",' },
  },
]

function stylesBeyondGeometry(source: Source): string[] {
  return findLines(withoutComments(source), /\sstyle=\{\{/).filter((line) => {
    const inside = /\sstyle=\{\{(.*?)\}\}/.exec(line)?.[1] ?? ''
    const names = [...inside.matchAll(/(?:^|[,{(])\s*(?:'([^']+)'|\[?'?([\w-]+)'?\]?)\s*:/g)].map((found) => found[1] ?? found[2] ?? '')
    return names.length === 0 || names.some((name) => !geometry.test(name))
  })
}
