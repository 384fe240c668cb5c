import type { KyselyPlugin } from 'kysely'

const remembered = (make: (name: string) => string): ((name: string) => string) => {
  const names = new Map<string, string>()
  return (name) => {
    const known = names.get(name)
    if (known !== undefined) return known
    const made = make(name)
    names.set(name, made)
    return made
  }
}

/** `observedAt` is `observed_at` in SQL. */
export const inSql = remembered((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
const inCode = remembered((name) => name.replace(/_+([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase()))

/** Gives rows the names of our code. The compilers write those of SQL: Kysely's own plugin for both copies each query before it is compiled, which is half of what building one costs. */
export const namesInCode: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  // What several statements in one text come to is no list of rows.
  transformResult: ({ result }) => Promise.resolve(Array.isArray(result.rows) ? { ...result, rows: result.rows.map(named) } : result),
}

function named(row: Record<string, unknown>): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const name in row) made[inCode(name)] = row[name]
  return made
}
