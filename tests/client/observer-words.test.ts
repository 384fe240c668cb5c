import { beforeAll, describe, expect, it, vi } from 'vitest'

/** Every text of a catalogue by its path; functions as what they say for one and for two, or for names. */
function textsOf(words: object, path = ''): Record<string, string> {
  return Object.fromEntries(Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}${key}`
    if (typeof value === 'string') return [[here, value]]
    if (typeof value === 'function') return [1, 2].map((how) => [`${here}(${how})`, String((value as (...given: unknown[]) => unknown)(how, how))])
    return Object.entries(textsOf(value as object, `${here}.`))
  }))
}

const catalogues = { first: ['en', 'es'], late: ['late.en', 'late.es'] } as const
const read: Record<string, Record<string, string>> = {}

beforeAll(async () => {
  // A page's language is its browser's; here is none.
  vi.stubGlobal('navigator', { languages: ['es'] })
  for (const name of Object.values(catalogues).flat()) read[name] = textsOf(((await import(`../../client/observer/words/${name}.ts`)) as { words: object }).words)
})

describe.each(Object.entries(catalogues))('the phone’s words, %s', (_, [english, spanish]) => {
  it('say the same things in both languages', () => {
    expect(Object.keys(read[spanish] ?? {})).toEqual(Object.keys(read[english] ?? {}))
    expect(Object.keys(read[english] ?? {}).length).toBeGreaterThan(50)
  })

  it('leave nothing empty or unsaid', () => {
    for (const name of [english, spanish]) for (const [path, text] of Object.entries(read[name] ?? {})) expect(text.trim(), `${name} ${path}`).not.toMatch(/^$|undefined|NaN|\[object/)
  })

  it('use plain sentences: no exclamation marks, no text twice the length of the other language', () => {
    for (const [path, text] of Object.entries(read[spanish] ?? {})) {
      expect(text, path).not.toMatch(/[!¡]/)
      expect(text.length, path).toBeLessThan((read[english]?.[path]?.length ?? 0) * 2 + 16)
    }
  })

  it('address the observer as usted', () => {
    for (const [path, text] of Object.entries(read[spanish] ?? {})) expect(text, path).not.toMatch(/\b(tú|tu|tus|puedes|tienes|quieres|elige|toca|guarda tu|vos)\b/i)
  })
})
