/** Operational, outside the journal's fold: who is signed in where. */
export type SessionRow = { id: string; person: string; tokenHash: string; createdAt: string; lastHeardAt: string; endedAt: string | null; provedAt: string | null; device: string | null; address: string | null; newDevice: number; /** The phone or browser that it is on, by an id that it made for itself. */ phone: string | null }

/** Operational: which browsers a person signed in with, by the hash of what they were given. */
export type DeviceRow = { tokenHash: string; person: string; firstAt: string; lastAt: string }
