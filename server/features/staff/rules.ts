import { fold } from '../../../shared/pack.ts'

const minute = 60_000

/** How long a proof of who it is holds. */
export const proofMinutes = 15

export const proofHolds = (provedAt: string | null, now: string): boolean => provedAt !== null && Date.parse(now) - Date.parse(provedAt) < proofMinutes * minute

type Asked = { open: boolean; exercise: boolean; hasWay: boolean; provedAt: string | null; now: string }

/**
 * Whether somebody has to show anew who it is. Not while a mission is being set up, when its first lead has nothing to show yet; and not of whoever has no way to sign in, in an exercise, whose
 * links work again and again. In a real mission who has none makes one first.
 */
export const proofIsDue = ({ open, exercise, hasWay, provedAt, now }: Asked): boolean => open && (hasWay || !exercise) && !proofHolds(provedAt, now)

/** For a month a person is told that a lead ended how they sign in. */
export const isStillTold = (endedAt: string, now: string): boolean => Date.parse(now) - Date.parse(endedAt) < 30 * 24 * 60 * minute

/** A short name from somebody's own: `zoila`, and the second one `zoila-2`. */
export function proposedName(name: string, taken: (name: string) => boolean): string {
  const first = fold(name).match(/[\p{L}\p{N}]{2,40}/u)?.[0] ?? 'staff'
  for (let count = 1; ; count += 1) {
    const proposed = count === 1 ? first : `${first.slice(0, 36)}-${count}`
    if (!taken(proposed)) return proposed
  }
}

/** Whether a passphrase says no more than what anybody would try first: the names that stand around it, alone or with a few signs more. */
export function isNamed(passphrase: string, names: readonly string[]): boolean {
  const plain = fold(passphrase).replace(/[^\p{L}]/gu, '')
  return plain.length === 0 ? false : names.map((name) => fold(name).replace(/[^\p{L}]/gu, '')).some((name) => name !== '' && plain === name)
}

// Without what is mistaken for another: no I, L, O, U.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const recoveryCodes = 10

/** Eighty bits, as sixteen characters. */
export const codeFrom = (bytes: Uint8Array): string => [...bytes.slice(0, 16)].map((byte) => letters[byte % letters.length]).join('')
export const written = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code
