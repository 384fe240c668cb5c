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
  /** To call back; for leads and coordinators alone. */
  telephone: string | null
}

/** A one-time link, and the short code that stands on an observer's card; only their SHA-256 is kept. `transfer`: made by the person, to take the account to another phone. */
export type InviteRow = { id: string; person: string; kind: 'card' | 'transfer'; tokenHash: string; codeHash: string | null; createdAt: string; until: string | null; usedAt: string | null; endedAt: string | null }

/** Operational, outside the journal's fold: who is signed in where. */
export type SessionRow = { id: string; person: string; tokenHash: string; createdAt: string; lastHeardAt: string; endedAt: string | null; provedAt: string | null; device: string | null; address: string | null; newDevice: number; /** The phone or browser that it is on, by an id that it made for itself. */ phone: string | null }

/** Operational: which browsers a person signed in with, by the hash of what they were given. */
export type DeviceRow = { tokenHash: string; person: string; firstAt: string; lastAt: string }
