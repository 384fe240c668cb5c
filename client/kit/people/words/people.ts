import { catalogue } from '../../words/language.ts'

/** What is said about people, their links and their cards. */
export const peopleWords = catalogue({
  en: async () => (await import('./en.ts')).words,
  es: async () => (await import('./es.ts')).words,
})
