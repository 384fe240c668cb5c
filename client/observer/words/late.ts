import { catalogue } from '../../kit/words/language.ts'

/** What the screens say that open after the first one: a saved report, the way in, the menu. */
export const late = catalogue({
  en: async () => (await import('./late.en.ts')).words,
  es: async () => (await import('./late.es.ts')).words,
})
