export type OrganisationRow = { code: string; name: string }

export type PersonRow = {
  id: string
  name: string
  role: string
  number: number | null
  organisation: string | null
  language: string
  state: string
  invitedAt: string
  joinedAt: string | null
}

/** A one-time link; only its SHA-256 is kept. */
export type InviteRow = { id: string; person: string; tokenHash: string; createdAt: string; until: string | null; usedAt: string | null; endedAt: string | null }

/** Operational, outside the journal's fold: who is signed in where. */
export type SessionRow = { id: string; person: string; tokenHash: string; createdAt: string; lastHeardAt: string; endedAt: string | null; provedAt: string | null; device: string | null; address: string | null; newDevice: number }
