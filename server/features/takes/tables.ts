/** That a person took a file of a release. */
export type DownloadRow = { id: string; release: string; person: string; size: string; version: number; at: string }

/** Where a newsroom says that it published a picture. */
export type UseRow = { id: string; release: string; person: string; place: string; link: string | null; words: string; usedAt: string; takenBackAt: string | null }
