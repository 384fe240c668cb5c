import * as z from 'zod/mini'
import { Latitude, Longitude, Uuid } from './basics.ts'
import { contract } from './contract.ts'
import type { ReplyOf } from './contract.ts'
import { filterFields } from './reports.ts'
import type { ReportFilter } from './reports.ts'
import { desk } from './roles.ts'
import { ReportStatus } from './verification.ts'

const counts = z.array(z.number())

/**
 * A window of the map: cells, each with the middle of its reports and how many they are, of every severity and of those that nobody has looked at. For a screen that has just been opened, and where more belong to a
 * filter than a screen holds. From counters where a filter asks for statuses and severities alone, else counted row by row. `side`: of a cell, in degrees; `south` and `west`: where it begins. `total`: how many belong
 * to the filter everywhere, `placed`: those of them that have a place. `lone`: which report it is that is alone in a cell.
 */
export const mapWindowCall = contract({
  name: 'mapWindow', method: 'GET', path: '/api/map', who: desk, kind: 'reads',
  input: z.strictObject({
    south: z.pipe(z.coerce.number(), Latitude), west: z.pipe(z.coerce.number(), Longitude), north: z.pipe(z.coerce.number(), Latitude), east: z.pipe(z.coerce.number(), Longitude),
    zoom: z.coerce.number().check(z.gte(0), z.lte(22)), ...filterFields,
  }),
  reply: z.object({
    number: z.number(), total: z.number(), placed: z.number(), side: z.number(), isFinest: z.boolean(), south: counts, west: counts, latitude: counts, longitude: counts,
    critical: counts, high: counts, medium: counts, low: counts, open: z.object({ critical: counts, high: counts, medium: counts, low: counts }),
    lone: z.object({ cell: counts, id: z.array(Uuid), category: z.array(z.string()), status: z.array(ReportStatus) }),
  }),
})

export type MapWindow = ReplyOf<typeof mapWindowCall>

/** Whether the counters of cells know all that a filter asks for. */
export const isCountedOnMap = (filter: ReportFilter): boolean => Object.entries(filter).every(([name, value]) => name === 'status' || name === 'severity' || value === undefined || (Array.isArray(value) && value.length === 0))
