import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'

/** A file of the project, as a test reads it. */
export type Source = { path: string; text: string }

export const projectRoot = resolve(import.meta.dirname, '../..')

/** Every file that git keeps or would keep, by its path from the root. */
export function projectFiles(pattern: RegExp): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: projectRoot, encoding: 'utf8' })
  return [...new Set(listed.split('\n'))].filter((path) => path !== '' && pattern.test(path) && existsSync(resolve(projectRoot, path))).sort()
}

const read = new Map<string, Source>()
export const sources = (pattern: RegExp): Source[] => projectFiles(pattern).map((path) => kept(read, path, () => ({ path, text: readFileSync(resolve(projectRoot, path), 'utf8') })))

/** What the map holds under the key, made at the first asking. */
function kept<Key, Value>(map: { get: (key: Key) => Value | undefined; set: (key: Key, value: Value) => unknown }, key: Key, make: () => Value): Value {
  const made = map.get(key) ?? make()
  map.set(key, made)
  return made
}

/** Where a pattern is found: `path:line: the line`. */
export function findLines({ path, text }: Source, pattern: RegExp): string[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []))
}

/** The source without comments, so that what a comment tells is not taken for code. Line numbers stay. */
export const withoutComments = (source: Source): Source => kept(bare, source, () => strip(source))
const bare = new WeakMap<Source, Source>()

function strip({ path, text }: Source): Source {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ')
  if (path.endsWith('.css')) return { path, text: text.replace(/\/\*[\s\S]*?\*\//g, blank) }
  const file = parse({ path, text })
  const spans = new Map<number, number>()
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.JsxText) return
    for (const range of [...(ts.getLeadingCommentRanges(text, node.pos) ?? []), ...(ts.getTrailingCommentRanges(text, node.end) ?? [])]) spans.set(range.pos, range.end)
    node.getChildren(file).forEach(visit)
  }
  visit(file)
  let rest = text
  for (const [from, to] of spans) rest = rest.slice(0, from) + blank(rest.slice(from, to)) + rest.slice(to)
  return { path, text: rest }
}

export const parse = ({ path, text }: Source): ts.SourceFile => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)

/** Every string that a file writes, templates by their fixed parts. */
export function stringsIn(source: Source): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(parse(source))
  return found
}

/** What a file does by being imported: statements at its top that call, assign or wait. Declarations do nothing by themselves, unless they wait. */
export function actsWhenImported(source: Source): string[] {
  const file = parse(source)
  const lineOf = (node: ts.Node) => `${source.path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}: ${node.getText(file).split('\n')[0] ?? ''}`
  const declares = (statement: ts.Statement) =>
    ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isModuleDeclaration(statement) ||
    (ts.isExportAssignment(statement) && !waits(statement)) || (ts.isVariableStatement(statement) && !waits(statement))
  return file.statements.filter((statement) => !declares(statement)).map(lineOf)
}

/** Whether a statement waits outside any function. */
function waits(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false
  return ts.isAwaitExpression(node) || ts.forEachChild(node, (child) => waits(child) || undefined) === true
}
