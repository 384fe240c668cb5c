import { catalogue } from '../../kit/words/language.ts'

export const checkWords = catalogue({
  en: async () => (await import('./check.en.ts')).words,
  es: async () => (await import('./check.es.ts')).words,
})
