import { shortCodeIn } from '../../shared/codes.ts'

/** The token in what someone pasted, scanned or typed: a whole link, its end, the token alone, or the short code of a card. Null: none is in it. */
export function tokenIn(text: string): string | null {
  const token = text.trim().split('#').at(-1) ?? ''
  return shortCodeIn(token) ?? (/^[A-Za-z0-9_-]{16,200}$/.test(token) ? token : null)
}
