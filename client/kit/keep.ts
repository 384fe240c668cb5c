import type * as z from 'zod/mini'

/** What a tab keeps goes with it. Asked for only when it is used, since a browser may refuse its storage. */
export type Where = () => Storage
const here: Where = () => localStorage
export const inTab: Where = () => sessionStorage

/** A choice that this browser remembers; null where there is none or storage is refused. */
export function kept(name: string, where = here): string | null {
  try {
    return where().getItem(`veedor.${name}`)
  } catch {
    return null
  }
}

/** Where storage is refused, a choice holds until the page is left. Null forgets it. */
export function keep(name: string, value: string | null, where = here): void {
  try {
    if (value === null) where().removeItem(`veedor.${name}`)
    else where().setItem(`veedor.${name}`, value)
  } catch {
    return
  }
}

/** What was kept by `keepAs`, if it still has this shape. */
export function keptAs<Value>(schema: z.ZodMiniType<Value>, name: string, where = here): Value | null {
  try {
    return schema.safeParse(JSON.parse(kept(name, where) ?? 'null')).data ?? null
  } catch {
    return null
  }
}

export const keepAs = (name: string, value: unknown, where = here): void => keep(name, value === null ? null : JSON.stringify(value), where)
