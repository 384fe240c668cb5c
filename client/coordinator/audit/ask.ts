import { router } from '../router.ts'
import type { names } from './filter.ts'

/** Puts a filter of the journal into the address. */
export const ask = (change: Partial<Record<(typeof names)[number], string | undefined>>): void => router.ask(change)
