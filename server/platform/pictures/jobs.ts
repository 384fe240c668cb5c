import * as z from 'zod/mini'
import { Latitude, Longitude } from '../../../shared/basics.ts'
import { FieldProblem } from '../../../shared/problem.ts'

/** Pixels of the upright original. */
const Box = z.object({ left: z.int(), top: z.int(), width: z.int(), height: z.int() })
export type Box = z.infer<typeof Box>

/** What the child is asked: paths and numbers, nothing else. Targets are new files that it writes. */
export const Job = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('desk'), original: z.string(), targets: z.object({ thumb: z.string(), screen: z.string() }) }),
  z.object({ kind: z.literal('says'), original: z.string(), targets: z.object({}) }),
  z.object({ kind: z.literal('full'), original: z.string(), targets: z.object({ full: z.string() }) }),
  z.object({ kind: z.literal('release'), original: z.string(), targets: z.object({ full: z.string(), web: z.string(), wall: z.string() }), covers: z.array(Box), xmp: z.string() }),
])
export type Job = z.infer<typeof Job>

const Size = z.object({ width: z.number(), height: z.number() })
export type Size = z.infer<typeof Size>

const few = z.nullable(z.string().check(z.maxLength(100)))
/** What a file says of itself (FileSays), held to its form. */
const Says = z.object({
  takenAt: z.nullable(z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/))),
  utcOffset: z.nullable(z.string().check(z.regex(/^[+-]\d\d:\d\d$/))),
  position: z.nullable(z.object({ latitude: Latitude, longitude: Longitude })),
  device: few,
  software: few,
})

/**
 * What the child answers: what it made, of what size; or whose fault it is that it made nothing. It has read hostile bytes, so the
 * answer is parsed.
 */
export const Reply = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ready') }),
  z.object({ outcome: z.literal('desk'), upright: Size, dhash: z.string().check(z.regex(/^[0-9a-f]{16}$/)), sizes: z.object({ thumb: Size, screen: Size }) }),
  z.object({ outcome: z.literal('says'), says: Says }),
  z.object({ outcome: z.literal('full'), sizes: z.object({ full: Size }) }),
  z.object({ outcome: z.literal('release'), sizes: z.object({ full: Size, web: Size, wall: Size }) }),
  z.object({ outcome: z.literal('refused'), code: z.enum(['wrong_type', 'too_large', 'invalid_input']), limit: z.optional(z.number()), fields: z.optional(z.array(FieldProblem)) }),
  z.object({ outcome: z.enum(['unreadable', 'full_disk', 'broken']), why: z.string() }),
])
export type Reply = z.infer<typeof Reply>
