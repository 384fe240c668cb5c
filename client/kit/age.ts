/** How old something is that ages, in steps in which it fades: within a quarter of an hour, within an hour, older. */
export const ageOf = (seconds: number): 'fresh' | 'aging' | 'old' => (seconds < 900 ? 'fresh' : seconds < 3600 ? 'aging' : 'old')
