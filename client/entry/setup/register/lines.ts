import type { LineFault } from '../../../../shared/stations.ts'

/** Columns that a fault points at: a swapped or misplaced point is about two. */
export function cellsOf(fault: LineFault): readonly string[] {
  if (fault.column !== null) return [fault.column]
  return ['swapped', 'outside_country', 'out_of_range', 'sign_missing'].includes(fault.reason) ? ['latitude', 'longitude'] : []
}
