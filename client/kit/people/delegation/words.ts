import { catalogue } from '../../words/language.ts'

/** What is said of lists of people and of sheets of cards. */
export const delegationWords = catalogue({
  en: async () => (await import('./words.en.ts')).words,
  es: async () => (await import('./words.es.ts')).words,
})
