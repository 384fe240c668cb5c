/** Operational: a screen once held another number of things than headquarters, or others, and loaded anew. Nothing of who, and nothing of what. */
export type ScreenFaultRow = { id: string; at: string; screen: string; number: number; held: number; shown: number }
