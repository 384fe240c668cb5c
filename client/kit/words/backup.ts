import { catalogue } from './language.ts'

/** What leads read of the mission's backup. */
export const backupWords = catalogue({
  en: async () => (await import('./backup.en.ts')).words,
  es: async () => (await import('./backup.es.ts')).words,
})
