export type StationRow = { code: string; name: string; department: string; municipality: string; district: string; latitude: number; longitude: number }
export type StationTableRow = { code: string; station: string }
