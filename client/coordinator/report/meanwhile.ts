/** A form over what others may change while it is open. */
export type Merged<Fields> = {
  /** What it said when the form was opened, and what it says now. */
  stood: Fields
  stands: Fields
  /** What the form holds: what this person chose, and for everything else what stands. */
  values: Fields
  /** What this person chose otherwise than it stands. */
  changed: readonly (keyof Fields)[]
  /** What somebody else changed since the form was opened. */
  moved: readonly (keyof Fields)[]
}

// Values are plain and made in one place each, so that the order of what is in them is one.
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** `mine`: what this person chose, and nothing that they left as it was. */
export function merged<Fields extends Record<string, unknown>>(stood: Fields, stands: Fields, mine: Partial<Fields>): Merged<Fields> {
  const values: Fields = { ...stands, ...mine }
  const names: readonly (keyof Fields)[] = Object.keys(stands)
  return { stood, stands, values, changed: names.filter((name) => !isSame(values[name], stands[name])), moved: names.filter((name) => !isSame(stood[name], stands[name])) }
}

/** What this person chose after some more was. Who goes back to what stands has chosen nothing, and it goes along with what others make of it. */
export function chosen<Fields extends Record<string, unknown>>(stands: Fields, mine: Partial<Fields>, some: Partial<Fields>): Partial<Fields> {
  const names: readonly (keyof Fields)[] = Object.keys(stands)
  const next: Partial<Fields> = { ...mine, ...some }
  for (const name of names) if (name in some && isSame(some[name], stands[name])) delete next[name]
  return next
}
