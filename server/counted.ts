/** `1 report`, `2 reports`, for what a command prints. */
export const counted = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`
