import { catalogue } from '../../kit/words/language.ts'

export const joinWords = catalogue({
  en: async () => (await import('./join.en.ts')).words,
  es: async () => (await import('./join.es.ts')).words,
})
