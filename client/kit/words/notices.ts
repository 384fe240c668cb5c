import { catalogue } from './language.ts'

/** What is told to those who relied on a thing, on every desk. */
export const noticeWords = catalogue({
  en: async () => (await import('./notices.en.ts')).words,
  es: async () => (await import('./notices.es.ts')).words,
})
