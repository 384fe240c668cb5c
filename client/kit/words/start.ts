import { catalogue } from './language.ts'

/** What a page says when it cannot begin, or stops. */
export const startWords = catalogue({
  en: async () => (await import('./start.en.ts')).words,
  es: async () => (await import('./start.es.ts')).words,
})
