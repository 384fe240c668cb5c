import * as z from 'zod/mini'
import { Code, Instant, Language, Latitude, Longitude, Severity, Sha256, Uuid, Zone, words } from './basics.ts'

// What a phone needs to write a report down, apart from every call: it is loaded before the first paint.

/** Words of an observer on one report: at most this many characters. */
export const maxWords = 5000

/** How a picture came to the phone: through our camera, through the phone's own, or from its gallery. */
export const How = z.enum(['in_app_camera', 'phone_camera', 'gallery'])
export type How = z.infer<typeof How>

/** Where the phone said it was; metres within which it was sure, seconds since it last knew. */
export const Position = z.strictObject({
  latitude: Latitude,
  longitude: Longitude,
  accuracyMetres: z.number().check(z.gte(0, 'format'), z.lte(10_000_000, 'format')),
  ageSeconds: z.number().check(z.gte(0, 'format'), z.lte(31_536_000, 'format')),
})
export type Position = z.infer<typeof Position>

/** A picture as its report's statement names it. */
export const StatedPhoto = z.strictObject({
  sha256: Sha256,
  sizeBytes: z.number().check(z.int(), z.gte(1, 'too_small')),
  how: How,
  position: z.nullable(Position),
  capturedAt: z.nullable(Instant),
})
export type StatedPhoto = z.infer<typeof StatedPhoto>

export const maxPhotos = 50
export const maxPhotoBytes = 50_000_000
export const maxPreviewBytes = 400_000

/**
 * What a report is: made and signed on the phone, sent as a string and kept as it came.
 * `atStation`: the author stood at the place that the report is about; null where whoever filed for the author does not know. Times are the phone's own.
 */
export const Statement = z.strictObject({
  v: z.literal(1),
  mission: Uuid,
  type: z.literal('report'),
  id: Uuid,
  author: Uuid,
  category: Code,
  severity: Severity,
  station: z.nullable(Code),
  table: z.nullable(Code),
  atStation: z.nullable(z.boolean()),
  position: z.nullable(Position),
  times: z.strictObject({ observedAt: Instant, finishedAt: Instant, zone: Zone }),
  words: words(maxWords),
  language: Language,
  photos: z.array(StatedPhoto).check(z.maxLength(maxPhotos, 'too_many')),
})
export type Statement = z.infer<typeof Statement>

/** The path of each single value within something, lists passed through: `position.latitude`, `photos.sha256`. */
export type Leaves<Value, Path extends string> = NonNullable<Value> extends readonly (infer Item)[]
  ? Leaves<Item, Path>
  : NonNullable<Value> extends object
    ? { [Key in keyof NonNullable<Value> & string]: Leaves<NonNullable<Value>[Key], Path extends '' ? Key : `${Path}.${Key}`> }[keyof NonNullable<Value> & string]
    : Path

/** Every field that a signature covers: each has its line in "what this sends". */
export type StatedField = Leaves<Statement, ''>

export const reportNumber = (number: number): string => `R-${number}`
