import * as z from 'zod/mini'
import { Code, Language, Severity, Texts } from './basics.ts'

/** Phases of the day, in order; a category belongs to some. */
export const Phase = z.strictObject({ code: Code, titles: Texts })

/** First level: what it is about, and how a caption about it begins. */
export const CategoryGroup = z.strictObject({ code: Code, titles: Texts, captions: Texts })
export type CategoryGroup = z.infer<typeof CategoryGroup>

/** Second level: one thing that can be seen, as a sentence in every language. `caption`, if given, begins the caption in place of the group's. */
export const Category = z.strictObject({
  code: Code,
  group: Code,
  severity: Severity,
  titles: Texts,
  ask: z.optional(Texts),
  captions: z.optional(Texts),
  phases: z.array(Code),
})
export type Category = z.infer<typeof Category>

/** A word that says more than was verified, and why. `stem`: longer words that begin so are meant too. */
export const FlaggedWord = z.strictObject({ language: Language, word: z.string(), stem: z.boolean(), why: Texts })
export type FlaggedWord = z.infer<typeof FlaggedWord>

/** What a mission observes, as data: served to phones and desks, never compiled into them. */
export const Pack = z.strictObject({
  v: z.literal(1),
  languages: z.array(Language).check(z.minLength(1, 'required')),
  phases: z.array(Phase),
  groups: z.array(CategoryGroup),
  categories: z.array(Category),
  flaggedWords: z.array(FlaggedWord),
})
export type Pack = z.infer<typeof Pack>

/** What is wrong with a pack beyond its shape: codes that name nothing, texts missing in one of the languages. Empty means right. */
export function packFaults(pack: Pack, languages: readonly string[]): string[] {
  const faults: string[] = []
  const groups = new Set(pack.groups.map((group) => group.code))
  const phases = new Set(pack.phases.map((phase) => phase.code))
  const texts = (where: string, given: Texts) => {
    for (const language of languages) if (!given[language]) faults.push(`${where}: ${language}`)
  }
  for (const phase of pack.phases) texts(phase.code, phase.titles)
  for (const group of pack.groups) {
    texts(group.code, group.titles)
    texts(`${group.code} caption`, group.captions)
  }
  for (const category of pack.categories) {
    texts(category.code, category.titles)
    if (!groups.has(category.group)) faults.push(`${category.code}: ${category.group}`)
    for (const phase of category.phases) if (!phases.has(phase)) faults.push(`${category.code}: ${phase}`)
  }
  return faults
}

export const titleOf = (pack: Pack, category: string, language: string): string => pack.categories.find((one) => one.code === category)?.titles[language] ?? category

/** Finds the pack's flagged words in a text: where each stands and which word of the pack it is. */
export function flaggedIn(pack: Pack, language: string, text: string): { start: number; end: number; text: string; flagged: FlaggedWord }[] {
  const found: { start: number; end: number; text: string; flagged: FlaggedWord }[] = []
  for (const match of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    const plain = fold(match[0])
    const flagged = pack.flaggedWords.find((one) => one.language === language && (one.stem ? plain.startsWith(fold(one.word)) : plain === fold(one.word)))
    if (flagged) found.push({ start: match.index, end: match.index + match[0].length, text: match[0], flagged })
  }
  return found
}

/** Lower case without accents and with the keyboard's apostrophe, for comparing what people type. */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()

/** The words of a text, folded. PostgreSQL takes none of more than 2,046 bytes: a longer one is several. */
export const wordsIn = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]{1,500}/gu) ?? []
