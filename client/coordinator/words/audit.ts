import { catalogue } from '../../kit/words/language.ts'

export const auditWords = catalogue({
  en: async () => (await import('./audit.en.ts')).words,
  es: async () => (await import('./audit.es.ts')).words,
})
