import * as z from 'zod/mini'
import { Code, Severity, someWords } from './basics.ts'

/** What the desk may make anew of a report that was filed; its author's own words stay. `department` is for a report without a station. */
export const changeable = {
  category: z.optional(Code),
  severity: z.optional(Severity),
  station: z.optional(z.nullable(Code)),
  table: z.optional(z.nullable(Code)),
  department: z.optional(z.nullable(someWords(120))),
}

/** Some of that, as it stood when somebody read it. */
export const Stood = z.strictObject(changeable)
export type Stood = z.infer<typeof Stood>

/** Whether a report says something else by now than it did to whoever read it. */
export const hasMoved = (is: Record<keyof Stood, string | null>, stood: Stood): boolean => (Object.keys(changeable) as (keyof Stood)[]).some((field) => stood[field] !== undefined && stood[field] !== is[field])
