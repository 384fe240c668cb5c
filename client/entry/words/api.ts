import { catalogue } from '../../kit/words/language.ts'

export const apiWords = catalogue({
  en: async () => (await import('./api.en.ts')).words,
  es: async () => (await import('./api.es.ts')).words,
})
