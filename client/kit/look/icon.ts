import type { LucideIcon } from 'lucide-preact'

/** An icon of Lucide, imported one by one: `import { Check } from 'lucide-preact'`. */
export type Icon = LucideIcon

/** How every icon is drawn; sizes in pixels of a desk. */
export const stroke = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const
