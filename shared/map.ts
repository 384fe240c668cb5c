import * as z from 'zod/mini'
import { Latitude, Longitude } from './basics.ts'
import { contract } from './contract.ts'
import { filterFields } from './reports.ts'
import { desk } from './roles.ts'

const counts = z.array(z.number())

/**
 * A window of the map where more belong to a filter than a screen holds: cells, each with the middle of its reports and how many they are, of every severity and of those that nobody has looked at. From counters, so
 * it knows of a filter its statuses and severities alone. `side`: of a cell, in degrees; `south` and `west`: where it begins.
 */
export const mapWindowCall = contract({
  name: 'mapWindow', method: 'GET', path: '/api/map', who: desk, kind: 'reads',
  input: z.strictObject({
    south: z.pipe(z.coerce.number(), Latitude), west: z.pipe(z.coerce.number(), Longitude), north: z.pipe(z.coerce.number(), Latitude), east: z.pipe(z.coerce.number(), Longitude),
    zoom: z.coerce.number().check(z.gte(0), z.lte(22)), status: filterFields.status, severity: filterFields.severity,
  }),
  reply: z.object({
    number: z.number(), side: z.number(), isFinest: z.boolean(), south: counts, west: counts, latitude: counts, longitude: counts,
    critical: counts, high: counts, medium: counts, low: counts, open: z.object({ critical: counts, high: counts, medium: counts, low: counts }),
  }),
})
