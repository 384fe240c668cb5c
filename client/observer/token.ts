/** The token in what someone pasted or scanned: a whole link, its end, or the token alone. Null: none is in it. */
export function tokenIn(text: string): string | null {
  const token = text.trim().split('#').at(-1) ?? ''
  return /^[A-Za-z0-9_-]{16,200}$/.test(token) ? token : null
}
