import type { Texts } from '../../../shared/basics.ts'
import { flaggedIn, fold, type FlaggedWord, type Pack } from '../../../shared/pack.ts'

/** What a release says in words, as far as a person touched it; a language that is missing here still says what was proposed. `allSentences`: whatever may be said of covers, `coveredSentence` what is so. */
export type Proposed = { captions: Texts; coveredSentence: Texts; allSentences: readonly Texts[] }

/** The caption of a language: what a person wrote, else the proposal, with the sentence about covers while something is covered. */
export function captionOf(proposed: Proposed, edited: Texts, language: string, isCovered: boolean): string {
  return edited[language] ?? [proposed.captions[language] ?? '', isCovered ? (proposed.coveredSentence[language] ?? '') : ''].filter(Boolean).join(' ')
}

/** Whether an edited caption says of covers what is not so: `lacks` a sentence, says an`other` than what is covered, or `says` one although nothing is. */
export function coversToldWrongly(proposed: Proposed, edited: Texts, language: string, isCovered: boolean): 'lacks' | 'other' | 'says' | null {
  const text = edited[language]
  if (text === undefined) return null
  const says = (sentence: string | undefined) => sentence !== undefined && fold(text).includes(fold(sentence).replace(/\.$/, ''))
  const saysAny = proposed.allSentences.some((one) => says(one[language]))
  if (!isCovered) return saysAny ? 'says' : null
  return says(proposed.coveredSentence[language]) ? null : saysAny ? 'other' : 'lacks'
}

/** The caption with the sentence that is so, and no other. */
export const withSentence = (text: string, proposed: Proposed, language: string): string => `${withoutSentence(text, proposed, language)} ${proposed.coveredSentence[language] ?? ''}`.trim()
export const withoutSentence = (text: string, { allSentences }: Proposed, language: string): string => tidy(allSentences.reduce((rest, one) => rest.replace(one[language] ?? '', ''), text))

export type Flag = { start: number; end: number; text: string; flagged: FlaggedWord }

/** The flagged words of a text and where they stand; those within the mission's credit say nothing of what is seen. */
export function flagsIn(pack: Pack, language: string, text: string, credit: string): Flag[] {
  return flaggedIn(pack, language, credit === '' ? text : text.replaceAll(credit, ' '.repeat(credit.length)))
}

/** Takes every occurrence of a word out of a text, and the space and comma that it leaves. */
export function withoutWord(text: string, word: string): string {
  return tidy(text.replace(/[\p{L}\p{M}]+/gu, (found) => (fold(found) === fold(word) ? '' : found)))
}

const tidy = (text: string): string => text.replace(/\s+/gu, ' ').replace(/ ([,.;:])/gu, '$1').replace(/,(?=[,.;])/gu, '').trim()
