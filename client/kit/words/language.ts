import { signal } from '@preact/signals'
import { keep, kept } from '../keep.ts'

/** Languages that the screens speak; what a mission writes may be in others too. */
export const uiLanguages = ['es', 'en'] as const
export type UiLanguage = (typeof uiLanguages)[number]

export const languageNames: Record<UiLanguage, string> = { es: 'Español', en: 'English' }

const known = (tag: string): UiLanguage | undefined => uiLanguages.find((one) => tag.toLowerCase().split('-')[0] === one)

/** The reader's language: chosen here before, else the browser's, else English. Change it with `chooseLanguage`. */
export const language = signal<UiLanguage>(fromBrowser() ?? 'en')

function fromBrowser(): UiLanguage | undefined {
  for (const tag of [kept('language') ?? '', ...navigator.languages]) {
    const found = known(tag)
    if (found) return found
  }
  return undefined
}

type Load = (one: UiLanguage) => Promise<void>
const loads = new Set<Load>()

/** Declares words that are loaded by language. The function it gives reads them in the present language; `loadWords` must have ended before. */
export function catalogue<Words>(files: Record<UiLanguage, () => Promise<Words>>): () => Words {
  const loaded: Partial<Record<UiLanguage, Words>> = {}
  loads.add(async (one) => {
    loaded[one] ??= await files[one]()
  })
  return () => {
    const words = loaded[language.value]
    if (!words) throw new Error('words are read before loadWords() has ended')
    return words
  }
}

/** Loads every catalogue declared so far in the present language; again after a part of the app that was loaded late. */
export async function loadWords(one: UiLanguage = language.value): Promise<void> {
  await Promise.all([...loads].map((load) => load(one)))
  document.documentElement.lang = language.value
}

/** Changes the language at once everywhere and remembers it; when its words cannot be had, the present one stays and this throws. */
export async function chooseLanguage(next: UiLanguage): Promise<void> {
  await show(next)
  keep('language', next)
}

/** The mission's word on the language, for a browser that speaks none of ours and a reader who chose none. */
export async function suggestLanguage(tags: readonly string[]): Promise<void> {
  const next = tags.map(known).find((one) => one !== undefined)
  if (next && !fromBrowser()) await show(next)
}

// Chosen in another tab; where this one cannot have the words now, its own stay. Outside of a page there are no tabs.
globalThis.addEventListener?.('storage', () => {
  const next = fromBrowser()
  if (next && next !== language.value) show(next).catch(() => undefined)
})

async function show(next: UiLanguage): Promise<void> {
  await loadWords(next)
  language.value = next
  document.documentElement.lang = next
}
