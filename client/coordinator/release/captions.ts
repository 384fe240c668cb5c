import type { Texts } from '../../../shared/basics.ts'
import { flaggedIn, fold, type FlaggedWord, type Pack } from '../../../shared/pack.ts'

/** What a release says in words, as far as a person touched it; a language that is missing here still says what was proposed. */
export type Proposed = { captions: Texts; coveredSentence: Texts }

/** The caption of a language: what a person wrote, else the proposal, with the sentence about covers while something is covered. */
export function captionOf(proposed: Proposed, edited: Texts, language: string, isCovered: boolean): string {
  return edited[language] ?? [proposed.captions[language] ?? '', isCovered ? (proposed.coveredSentence[language] ?? '') : ''].filter(Boolean).join(' ')
}

/** Whether an edited caption says of covers what is not so: `lacks` the sentence, or says it although nothing is covered. */
export function coversToldWrongly(proposed: Proposed, edited: Texts, language: string, isCovered: boolean): 'lacks' | 'says' | null {
  const text = edited[language]
  const sentence = proposed.coveredSentence[language]
  if (text === undefined || !sentence) return null
  const says = fold(text).includes(fold(sentence).replace(/\.$/, ''))
  return says === isCovered ? null : isCovered ? 'lacks' : 'says'
}

export const withSentence = (text: string, sentence: string): string => `${text.trimEnd()} ${sentence}`.trim()
export const withoutSentence = (text: string, sentence: string): string => tidy(text.replace(sentence, ''))

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
