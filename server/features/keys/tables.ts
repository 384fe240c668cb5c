/** A phone's public key, of the session in which it was registered. It ends with that session; what it signed before stays signed. */
export type PhoneKeyRow = { id: string; person: string; session: string; publicKey: string; madeAt: string; endedAt: string | null }
