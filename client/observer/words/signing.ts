import { catalogue } from '../../kit/words/language.ts'

/** What the phone says of signatures: what a report sends, and the receipt of headquarters. */
export const signing = catalogue({
  en: async () => (await import('./signing.en.ts')).words,
  es: async () => (await import('./signing.es.ts')).words,
})
