import type { Texts } from './basics.ts'
import { titleOf } from './pack.ts'
import type { Pack } from './pack.ts'
import type { Cover, Precision } from './press.ts'

/** What a released picture says in a language. Captions say what is seen, where and when; no motive, no crime (AP News Values; IPTC 2025.1). */
type Frame = {
  exercise: string
  covered: { faces: string; others: string }
  quote: { 1: string; 2: string }
  usageTerms: string
  instructions: string
  sentence: (opening: string, place: string, precision: Precision) => string
}

const frames: { es: Frame; en: Frame } = {
  es: {
    exercise: 'Ejercicio. ',
    covered: { faces: 'Rostros cubiertos por la misión para proteger a votantes.', others: 'Partes cubiertas por la misión para proteger a las personas.' },
    quote: { 1: 'Verificada por una persona de la misión.', 2: 'Verificada por dos personas de la misión; ninguna vio el veredicto de la otra.' },
    usageTerms: 'Uso informativo, con crédito y sin alteraciones.',
    instructions: 'Antes de publicar, compruebe que la misión no haya retirado la foto.',
    sentence: (opening, place, precision) => `${opening} en ${place}, ${spanishTime(precision)} del ${spanishDay(precision.day)}.`,
  },
  en: {
    exercise: 'Exercise. ',
    covered: { faces: 'Faces covered by the mission to protect voters.', others: 'Parts covered by the mission to protect people.' },
    quote: { 1: 'Verified by one person of the mission.', 2: 'Verified by two people of the mission, neither of whom saw the other’s verdict.' },
    usageTerms: 'News use, with credit, unaltered.',
    instructions: 'Before publishing, check that the mission has not withdrawn the picture.',
    sentence: (opening, place, precision) => `${opening} in ${place}, ${englishTime(precision)} on ${englishDay(precision.day)}.`,
  },
}

/** A language that has no frame of its own here borrows the English phrases; its sentence is put together from names and digits alone. */
const frameOf = (language: string): Frame => (language === 'es' || language === 'en' ? frames[language] : { ...frames.en, sentence: plainSentence(language) })

const inEach = (languages: readonly string[], text: (frame: Frame, language: string) => string): Texts => Object.fromEntries(languages.map((language) => [language, text(frameOf(language), language)]))

type Seen = { pack: Pack; category: string; precision: Precision; languages: readonly string[]; credit: string; exercise: boolean }

/** A caption in every language of the mission, from verified fields alone: what kind of thing is seen, place and time as precise as may leave, who says so. Never the observer's words. */
export function proposedCaptions({ pack, category, precision, languages, credit, exercise }: Seen): Texts {
  const place = placeOf(precision).join(', ')
  return inEach(languages, (frame, language) => `${exercise ? frame.exercise : ''}${frame.sentence(openingOf(pack, category, language), place, precision)} (${credit.replace(/\.$/, '')}.)`)
}

/** Headline of the file: subject and place, nothing that a person typed. */
export function headlineOf({ pack, category, precision, languages, exercise }: Omit<Seen, 'credit'>): string {
  const language = languages[0] ?? 'en'
  const group = pack.groups.find((one) => one.code === groupOf(pack, category))
  return `${exercise ? frameOf(language).exercise : ''}${group?.titles[language] ?? titleOf(pack, category, language)}, ${placeOf(precision)[0]}`
}

/** Whatever a caption may say of covers. */
export const coveredSentences = (languages: readonly string[]): Texts[] => [inEach(languages, (frame) => frame.covered.faces), inEach(languages, (frame) => frame.covered.others)]

/** What a caption says of covers: of faces where nothing else is covered. */
export const coveredSentence = (languages: readonly string[], covers: readonly Pick<Cover, 'what'>[]): Texts =>
  inEach(languages, (frame) => (covers.every(({ what }) => what === 'face') ? frame.covered.faces : frame.covered.others))

/** The captions of an exercise, each with its mark before it, whatever a person wrote. */
export const markedAsExercise = (captions: Texts): Texts =>
  Object.fromEntries(Object.entries(captions).map(([language, text]) => [language, isMarkedAsExercise(text, language) ? text : `${frameOf(language).exercise}${text}`]))
export const exerciseMark = (language: string): string => frameOf(language).exercise.trim()
export const isMarkedAsExercise = (text: string, language: string): boolean => text.trimStart().startsWith(exerciseMark(language))

export const quoteOf = (eyes: 1 | 2, languages: readonly string[]): Texts => inEach(languages, (frame) => frame.quote[eyes])
export const usageTerms = (languages: readonly string[]): Texts => inEach(languages, (frame) => frame.usageTerms)

/** One text in all languages: readers of the file show this field in one only. */
export const instructionsOf = (languages: readonly string[], exercise: boolean): string =>
  [...new Set(languages.map((language) => `${exercise ? frameOf(language).exercise : ''}${frameOf(language).instructions}`))].join(' / ')

/** A precision's place from the narrowest name to the country's. */
export const placeOf = (precision: Precision): string[] =>
  [...(precision.level === 'municipality_hour' ? [precision.municipality] : []), precision.department, precision.country].filter((name) => name !== '')

const groupOf = (pack: Pack, category: string) => pack.categories.find((one) => one.code === category)?.group

/** What is seen, as the beginning of a sentence that a place ends. */
export function openingOf(pack: Pack, category: string, language: string): string {
  const own = pack.categories.find((one) => one.code === category)?.captions?.[language]
  const group = pack.groups.find((one) => one.code === groupOf(pack, category))?.captions[language]
  return own ?? group ?? titleOf(pack, category, language)
}

const twoDigits = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

function englishTime(precision: Precision): string {
  if (precision.level === 'municipality_hour') return `between ${twoDigits(precision.hour)} and ${twoDigits(precision.hour + 1)}`
  return precision.half === 'morning' ? 'before midday' : 'after midday'
}

function spanishTime(precision: Precision): string {
  const clock = (hour: number) => `${hour === 1 ? 'la' : 'las'} ${twoDigits(hour)}`
  if (precision.level === 'municipality_hour') return `entre ${clock(precision.hour)} y ${clock(precision.hour + 1)}`
  return precision.half === 'morning' ? 'antes del mediodía' : 'después del mediodía'
}

function plainSentence(language: string): Frame['sentence'] {
  return (opening, place, precision) => {
    const [from, until] = precision.level === 'municipality_hour' ? [precision.hour, precision.hour + 1] : precision.half === 'morning' ? [0, 12] : [12, 24]
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(noon(precision.day))
    return `${opening}. ${place}. ${day}, ${twoDigits(from)}–${twoDigits(until)}.`
  }
}

// A day of the mission's zone is a name already: read it as UTC, so that no zone moves it.
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`)

function partsOf(day: string, language: string): Record<'weekday' | 'day' | 'month' | 'year', string> {
  const parts = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).formatToParts(noon(day))
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return { weekday: part('weekday'), day: part('day'), month: part('month'), year: part('year') }
}

function spanishDay(text: string): string {
  const { weekday, day, month, year } = partsOf(text, 'es')
  return `${weekday} ${day} de ${month} de ${year}`
}

function englishDay(text: string): string {
  const { weekday, day, month, year } = partsOf(text, 'en-GB')
  return `${weekday}, ${day} ${month} ${year}`
}
