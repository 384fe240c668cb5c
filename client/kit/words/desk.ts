import { catalogue } from './language.ts'

/** What only desks say: verdicts and their reasons, the look, the keys. */
export const desk = catalogue({
  en: async () => (await import('./desk.en.ts')).words,
  es: async () => (await import('./desk.es.ts')).words,
})
