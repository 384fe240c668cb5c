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
  /** Since when nothing that they file is judged, counted or released. */
  quarantinedAt: string | null
  quarantinedBy: string | null
  quarantineReason: string | null
}

/** A one-time link, and the short code that stands on an observer's card; only their SHA-256 is kept. `transfer`: made by the person, to take the account to another phone. */
export type InviteRow = { id: string; person: string; kind: 'card' | 'transfer'; tokenHash: string; codeHash: string | null; createdAt: string; until: string | null; usedAt: string | null; endedAt: string | null }
