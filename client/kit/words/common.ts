import { catalogue } from './language.ts'

/** What every audience says: problems, severities, statuses, roles, buttons, times. */
export const common = catalogue({
  en: async () => (await import('./common.en.ts')).words,
  es: async () => (await import('./common.es.ts')).words,
})
