import * as z from 'zod/mini'

// The content security policy forbids code made from strings.
z.config({ jitless: true })

/** UUID in lower case: version 7 for what a phone or the server files, version 4 for what press or the public sees. */
export const Uuid = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'format'))
export type Uuid = z.infer<typeof Uuid>

/** ISO 8601 instant in UTC with three decimals: `2027-02-28T20:14:33.120Z`. */
export const Instant = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/, 'format'))
export type Instant = z.infer<typeof Instant>

/** Calendar day in the mission's zone: `2027-02-28`. */
export const Day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/, 'format'), z.refine(isDay, 'format'))
export type Day = z.infer<typeof Day>

export const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'format'))
export type Sha256 = z.infer<typeof Sha256>

/** Stable code of a category, station, table or organisation. */
export const Code = z.string().check(z.minLength(1, 'required'), z.maxLength(64, 'too_long'), z.regex(/^[^\s,;"\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+$/u, 'format'))
export type Code = z.infer<typeof Code>

/** BCP 47 primary language subtag, as `es`. */
export const Language = z.string().check(z.regex(/^[a-z]{2,3}$/, 'format'))
export type Language = z.infer<typeof Language>

export const Latitude = z.number().check(z.gte(-90, 'format'), z.lte(90, 'format'))
export const Longitude = z.number().check(z.gte(-180, 'format'), z.lte(180, 'format'))

/**
 * Text that a person typed: trimmed, without control characters (line breaks stay), at most `most` characters. What turns the direction of the text after it is taken out, not
 * refused: it comes unseen with what is pasted from messengers, and in a name it would make the words beside it read otherwise. Half a character, which no file can hold, becomes the mark for one.
 */
/* @__NO_SIDE_EFFECTS__ */
export const words = (most: number) => z.string().check(z.overwrite(shownAsIs), z.trim(), z.maxLength(most, 'too_long'), z.refine((text) => !hasControls(text), 'format'))

/** The same, and not empty. */
/* @__NO_SIDE_EFFECTS__ */
export const someWords = (most: number) => words(most).check(z.minLength(1, 'required'))

/** Characters of a text in one language. */
export const longestText = 4000
/** One text for each mission language. */
export const Texts = z.record(Language, words(longestText))
export type Texts = z.infer<typeof Texts>

/** IANA time zone that this machine knows. */
export const Zone = z.string().check(z.minLength(1, 'required'), z.refine(isZone, 'not_in_list'))

/** A list in an address: `a,b,c`. Codes hold no commas. */
/* @__NO_SIDE_EFFECTS__ */
export const commaList = <Item extends z.ZodMiniType<string, string>>(item: Item) =>
  z.pipe(z.union([z.array(z.string()), z.pipe(z.string(), z.transform((text: string) => (text === '' ? [] : text.split(','))))]), z.array(item))

/** Everything that a person may send at most in one page of a list. */
export const pageLimit = z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 100)

export const Severity = z.enum(['critical', 'high', 'medium', 'low'])
export type Severity = z.infer<typeof Severity>

export const nothing = z.strictObject({})
export const Done = z.object({ done: z.literal(true) })
export const done: z.infer<typeof Done> = { done: true }

/** For text that comes another way than through a schema, as a table's cells. */
export function shownAsIs(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/[\ud800-\udfff]/gu, '\ufffd')
}

/** Whether a text can be written to a file and read again as the same. */
export function isWhole(text: string): boolean {
  return !/[\ud800-\udfff]/u.test(text)
}

function hasControls(text: string): boolean {
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)
}

function isDay(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(instant) && new Date(instant).toISOString().startsWith(text)
}

// Asking costs a tenth of a millisecond, and each report names its zone.
const zones = new Set<string>()

function isZone(name: string): boolean {
  try {
    if (zones.has(name)) return true
    new Intl.DateTimeFormat('en', { timeZone: name })
    if (zones.size < 500) zones.add(name)
    return true
  } catch {
    return false
  }
}
