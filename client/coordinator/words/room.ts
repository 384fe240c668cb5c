import { catalogue } from '../../kit/words/language.ts'

/** What the coordinators' room says: map, list, filters, completeness. */
export const roomWords = catalogue({
  en: async () => (await import('./room.en.ts')).words,
  es: async () => (await import('./room.es.ts')).words,
})
