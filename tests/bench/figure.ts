/** What the issue or the design promised of a figure: of `ours` in its unit, or of the ratio. */
export type Goal = { of: 'ours' | 'ratio' } & ({ most: number } | { least: number })

/** `ours` and `plain` in `unit`; `ratio` is ours over plain. Null where there is no plain way to set beside it. */
export type Figure = { name: string; ours: number; plain: number | null; ratio: number | null; unit: string; goal?: Goal }

/** Some figures that are taken together. `long`: the whole of what is asked for, where the usual run takes a shorter form. */
export type Part = {
  title: string
  measure: (given: { isLong: boolean }) => Promise<Figure[]>
  /** What the figures do not say, and how the short form differs: sentences for the page. */
  notSaid: readonly string[]
}

export const beside = (name: string, ours: number, plain: number, unit: string, goal?: Goal): Figure => ({ name, ours, plain, ratio: plain === 0 ? null : ours / plain, unit, ...(goal && { goal }) })
export const alone = (name: string, ours: number, unit: string, goal?: Goal): Figure => ({ name, ours, plain: null, ratio: null, unit, ...(goal && { goal }) })

/** Of sorted numbers the one that this share of them does not exceed. */
export const quantile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

export const goalOf = ({ of, ...bound }: Goal): string => `${of === 'ratio' ? 'ratio ' : ''}${'most' in bound ? `at most ${bound.most}` : `at least ${bound.least}`}`

export function isMet({ goal, ours, ratio }: Figure): boolean | null {
  const value = goal?.of === 'ratio' ? ratio : ours
  if (!goal || value === null) return null
  return 'most' in goal ? value <= goal.most : value >= goal.least
}

/** Three digits: no more of a figure is true. */
export const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(3)))
