/** A public key of the mission: whoever holds a receipt can have it checked as long as the mission's data is there, also after the key file was lost and another made. */
export type MissionKeyRow = { publicKey: string; madeAt: string }
