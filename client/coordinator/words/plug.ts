import { catalogue } from '../../kit/words/language.ts'

/** What is said where the sample's plug is pulled. */
export const plugWords = catalogue({
  en: async () => (await import('./plug.en.ts')).words,
  es: async () => (await import('./plug.es.ts')).words,
})
