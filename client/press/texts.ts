import { computed, signal } from '@preact/signals'
import type { Texts } from '../../shared/basics.ts'
import { placeOf } from '../../shared/captions.ts'
import type { Precision, ReleasedPicture } from '../../shared/press.ts'
import { keep, kept } from '../kit/keep.ts'
import { signedIn } from '../kit/me.ts'
import { day } from '../kit/times.ts'
import { language } from '../kit/words/language.ts'
import { pressWords } from './words/press.ts'

const chosen = signal(kept('captionLanguage'))

/** The language in which this desk takes its texts: chosen here before, else the reader's, else the mission's first. */
export const textLanguage = computed(() => {
  const { languages } = signedIn().mission
  return languages.find((one) => one === chosen.value) ?? languages.find((one) => one === language.value) ?? languages[0] ?? 'en'
})

export function chooseTextLanguage(next: string): void {
  chosen.value = next
  keep('captionLanguage', next)
}

/** A text in the desk's language; a picture from before that language was added has the others. */
export const textOf = (texts: Texts): string => texts[textLanguage.value] ?? Object.values(texts)[0] ?? ''

/** A caption with the credit that has to stand beside the picture; most captions end with it already. */
export function withCredit({ captions, credit }: Pick<ReleasedPicture, 'captions' | 'credit'>): string {
  const caption = textOf(captions)
  return caption.includes(credit) ? caption : `${caption}\n${credit}`
}

/** Where, as precisely as may be told: `San Salvador Centro, San Salvador`. */
export const placeInWords = (precision: Precision): string => placeOf({ ...precision, country: '' }).join(', ')

/** When, as precisely as may be told: `between 20:00 and 21:00, Sunday 28 February 2027`. */
export function timeInWords(precision: Precision): string {
  const words = pressWords()
  const time = precision.level === 'municipality_hour' ? words.between(precision.hour) : words.halves[precision.half]
  return words.when(time, day(precision.day))
}

export const precisionInWords = (precision: Precision): string => `${placeInWords(precision)}, ${timeInWords(precision)}`
