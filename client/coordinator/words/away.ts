import { catalogue } from '../../kit/words/language.ts'

/** What is said to a coordinator who was away. */
export const awayWords = catalogue({
  en: async () => (await import('./away.en.ts')).words,
  es: async () => (await import('./away.es.ts')).words,
})
