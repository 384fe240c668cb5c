import { computed, signal } from '@preact/signals'
import { language } from './words/language.ts'

/** Where the mission is: its zone and country decide how times and numbers are written. */
export const missionPlace = signal<{ zone: string; country: string | null }>({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, country: null })

/** Spanish as the mission's country writes it; English with the day before the month. */
export const locale = computed(() => (language.value === 'es' ? `es-${missionPlace.value.country ?? '419'}` : 'en-GB'))

const formats = new Map<string, Intl.NumberFormat>()
export function number(value: number, most = 0): string {
  const key = locale.value + most
  const format = formats.get(key) ?? new Intl.NumberFormat(locale.value, { maximumFractionDigits: most })
  formats.set(key, format)
  return format.format(value)
}

const thousand = { es: 'mil', en: 'k' } as const
const shortFrom = 10_000

/** A number where there is little room: as it is up to 9,999, then as people say it, never more than there are: `12k` or `12 mil`, `1.2M` or `1.2 M`. Whoever shows it says the whole number to those who ask. */
export function short(value: number): string {
  if (value < shortFrom) return number(value)
  const key = `${locale.value} short`
  const format = formats.get(key) ?? new Intl.NumberFormat(locale.value, { notation: 'compact', roundingMode: 'trunc' })
  formats.set(key, format)
  // Not every Spanish has `mil` for a thousand in its tables; everybody who reads it says it.
  return format.formatToParts(value).map(({ type, value: part }) => (type !== 'compact' ? part : value < 1_000_000 ? thousand[language.value] : part.toUpperCase())).join('')
}

const units = ['B', 'kB', 'MB', 'GB'] as const

/** Bytes as people say them: `612 kB`, `3.6 MB`. */
export function size(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** step
  return `${number(value, value < 10 && step > 1 ? 1 : 0)} ${units[step]}`
}

/** A language's name in the reader's language, to stand alone: `Spanish`. */
export function nameOfLanguage(tag: string): string {
  const name = new Intl.DisplayNames([locale.value], { type: 'language' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(locale.value) + name.slice(1)
}

/** A country's name in the reader's language. */
export const nameOfCountry = (code: string): string => new Intl.DisplayNames([locale.value], { type: 'region' }).of(code) ?? code
