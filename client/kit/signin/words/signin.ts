import { catalogue } from '../../words/language.ts'

/** What is said about signing in, sign-ins and tokens. */
export const signInWords = catalogue({
  en: async () => (await import('./en.ts')).words,
  es: async () => (await import('./es.ts')).words,
})
