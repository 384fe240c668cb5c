import { catalogue } from '../../kit/words/language.ts'

/** What is said where a report changes under a verdict that is not given yet. */
export const verdictWords = catalogue({
  en: async () => (await import('./verdict.en.ts')).words,
  es: async () => (await import('./verdict.es.ts')).words,
})
