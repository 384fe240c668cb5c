import { catalogue } from '../../kit/words/language.ts'

/** What the phone says. */
export const phone = catalogue({
  en: async () => (await import('./en.ts')).words,
  es: async () => (await import('./es.ts')).words,
})
