/** How icons are drawn on the phone, in pixels. */
export const icon = { size: 22, strokeWidth: 1.75, 'aria-hidden': true } as const
