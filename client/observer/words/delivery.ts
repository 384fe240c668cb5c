import { catalogue } from '../../kit/words/language.ts'

/** What the phone says of sending and of its own room, after the first paint. */
export const delivering = catalogue({
  en: async () => (await import('./delivery.en.ts')).words,
  es: async () => (await import('./delivery.es.ts')).words,
})
