import { catalogue } from '../../kit/words/language.ts'

/** What is said where a picture is covered, captioned and released. */
export const releaseWords = catalogue({
  en: async () => (await import('./release.en.ts')).words,
  es: async () => (await import('./release.es.ts')).words,
})
