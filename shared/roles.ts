import * as z from 'zod/mini'

/** A lead is a coordinator who administers; the operator has the machine, not an account. */
export const Role = z.enum(['observer', 'coordinator', 'press', 'lead'])
export type Role = z.infer<typeof Role>

/** Who may use a contract: roles, or anyone without signing in. */
export type Who = readonly Role[] | 'anyone'

export const desk: readonly Role[] = ['coordinator', 'lead']
export const everyone: readonly Role[] = ['observer', 'coordinator', 'press', 'lead']
