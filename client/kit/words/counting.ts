import { number } from '../numbers.ts'
import type { UiLanguage } from './language.ts'

/** Plurals of a language: `count` writes the number too, `choose` only picks the words. */
export function counting(language: UiLanguage) {
  const rules = new Intl.PluralRules(language)
  const choose = (how: number, one: string, other: string): string => (rules.select(how) === 'one' ? one : other)
  return { choose, count: (how: number, one: string, other: string): string => `${number(how)} ${choose(how, one, other)}` }
}
