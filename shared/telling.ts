import type { Texts } from './basics.ts'
import { fold } from './pack.ts'

/** Clock times as they are written: `14:06`, `14h06`, `2.06 pm`, `at 20.16`, `2 p. m.`; a bare number is no time, nor is `3.50`. */
const clockTimes = /(?<![\p{L}\p{N}])(?:[01]?\d|2[0-3])(?:[:h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?\s?m(?![\p{L}\p{N}])\.?)?|(?:\.[0-5]\d)?\s?[ap]\.?\s?m(?![\p{L}\p{N}])\.?|(?<=(?<!\p{L})(?:at|las?)\s\d{1,2})\.[0-5]\d(?!\d))/giu

/**
 * What a text that will leave tells more closely than its precision: withheld names, and clock times. What the proposed captions hold anyhow is none of it. It knows names and figures only: a quarter or a street that no register names is for the person who releases to see.
 */
export function tellingIn(text: string, withheld: readonly string[], proposed: Texts): string[] {
  const allowed = Object.values(proposed).flatMap((one) => one.match(clockTimes) ?? [])
  return [...new Set([...withheld.filter((name) => namesIt(text, name)), ...(text.match(clockTimes) ?? []).filter((time) => !allowed.includes(time))])]
}

/** Articles and the like say nothing by themselves. */
const small = new Set(['el', 'la', 'los', 'las', 'de', 'del', 'the', 'of', 'and', 'y'])

/** Whether a text names something: whole words, in any spelling; a name of one word as it is written, so that the district Sociedad is not every sociedad. */
export function namesIt(text: string, name: string): boolean {
  const isWord = !/\d/.test(name) && name.split(/\s+/).filter((part) => !small.has(fold(part))).length < 2
  const plain = (value: string) => (isWord ? value : fold(value)).replace(/\s+/gu, ' ')
  const escaped = plain(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(plain(text))
}
