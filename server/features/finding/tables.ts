/**
 * Kept by the database with each report that comes or changes: what it is found by. `department` is its station's, or what a coordinator said, or empty; `latitude` and `longitude` its station's or its phone's;
 * `distance` is from the one to the other.
 */
export type ReportTraitRow = {
  number: number
  report: string
  observedAt: string
  receivedAt: string
  status: string
  severity: string
  category: string
  station: string | null
  department: string
  author: string
  signed: string
  pictures: number
  distance: string
  latitude: number | null
  longitude: number | null
}
