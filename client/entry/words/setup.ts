import { catalogue } from '../../kit/words/language.ts'

export const setUpWords = catalogue({
  en: async () => (await import('./setup.en.ts')).words,
  es: async () => (await import('./setup.es.ts')).words,
})
