import { catalogue } from '../../kit/words/language.ts'

/** What the page of one report says. */
export const reportWords = catalogue({
  en: async () => (await import('./report.en.ts')).words,
  es: async () => (await import('./report.es.ts')).words,
})
