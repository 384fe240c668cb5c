import { catalogue } from '../../kit/words/language.ts'

/** What the press desk says. */
export const pressWords = catalogue({
  en: async () => (await import('./press.en.ts')).words,
  es: async () => (await import('./press.es.ts')).words,
})
