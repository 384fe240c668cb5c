/** A program's way in, in its owner's name; `contracts` is a JSON list, and of the token itself there is its SHA-256 alone. */
export type TokenRow = { id: string; owner: string; name: string; tokenHash: string; contracts: string; createdBy: string; createdAt: string; until: string; endedAt: string | null }

/** Operational: when a token was last used. */
export type TokenUseRow = { token: string; lastUsedAt: string }
