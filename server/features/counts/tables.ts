/** Kept by the database with each report that comes or changes: how many there are of each kind. A report without a department has none in words. */
export type ReportCountRow = { status: string; severity: string; category: string; department: string; signed: string; pictures: number; distance: string; count: number }

/** The same in each cell of the map: `latitudes` and `longitudes` are sums, for the middle of what is there; `numbers` too, which says of one that is alone which it is. */
export type MapCountRow = { level: number; cellY: number; cellX: number; status: string; severity: string; count: number; latitudes: number; longitudes: number; numbers: number }

/** And by the minute in which they were observed. */
export type TimeCountRow = { minute: string; status: string; severity: string; count: number }
