/** What one signs in with beside a passphrase or a recovery code. */
export type SignInNameRow = { person: string; name: string; madeAt: string }

/** A passkey's public half; `host` is the name in the address where it was made, the only one where it works. */
export type PasskeyRow = { id: string; person: string; publicKey: string; transports: string; host: string; device: string; madeAt: string; endedAt: string | null }
/** Operational. */
export type PasskeyUseRow = { passkey: string; counter: number; lastUsedAt: string | null }

/** That there is a passphrase, sealed by a commitment to its secrets: these stand in a table that forgets, since the journal cannot. */
export type PassphraseRow = { id: string; person: string; commitment: string; madeAt: string; endedAt: string | null }
/** Operational: the passphrase's hash, and the secret of the authenticator app, which the server has to read. */
export type PassphraseSecretRow = { passphrase: string; hash: string; totp: string; lastStep: number }

export type RecoveryCodeRow = { id: string; person: string; codeHash: string; madeAt: string; usedAt: string | null; endedAt: string | null }
