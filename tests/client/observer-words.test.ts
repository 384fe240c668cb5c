import { beforeAll, describe, expect, it } from 'vitest'
import type { DeliveryWords } from '../../client/observer/words/delivery.en.ts'
import { standIn } from '../support/stand-in.ts'

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

// A page's language is its browser's; here is none.
standIn({ navigator: { languages: ['es'] } })
beforeAll(async () => {
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

describe('[R253] what is still to go, as the phone says it', () => {
  it.each([
    ['en', 'Keep Veedor open: 2 pictures to go, about 3 min.', '2 pictures to go, about 3 min. If you close Veedor, this phone goes on when it can; open, it is quicker.', 'Keep Veedor open: 1 report and 1 picture to go.'],
    ['es', 'Deje Veedor abierto: faltan 2 fotos, cerca de 3 min.', 'Faltan 2 fotos, cerca de 3 min. Si cierra Veedor, este teléfono sigue cuando puede; abierto va más rápido.', 'Deje Veedor abierto: faltan 1 informe y 1 foto.'],
  ])('in %s, where the browser sends nothing for a closed page, where it does, and before it knows how long', async (language, keepOpen, goesOn, unknown) => {
    const { words } = (await import(`../../client/observer/words/delivery.${language}.ts`)) as { words: DeliveryWords }
    expect([words.keepOpen(0, 2, '3 min'), words.goesOn(0, 2, '3 min'), words.keepOpen(1, 1, null)]).toEqual([keepOpen, goesOn, unknown])
  })
})
