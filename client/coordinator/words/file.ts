import { catalogue } from '../../kit/words/language.ts'

/** What is said where a coordinator files for an observer. */
export const fileWords = catalogue({
  en: async () => (await import('./file.en.ts')).words,
  es: async () => (await import('./file.es.ts')).words,
})
