import * as z from 'zod/mini'
import { Done, Instant, Uuid, someWords } from './basics.ts'
import { contract } from './contract.ts'
import { desk } from './roles.ts'

/** Somebody whose reports are doubted as a whole: since when, by whom, and why. */
export const Quarantine = z.object({ by: z.string(), at: Instant, reason: z.string() })
export type Quarantine = z.infer<typeof Quarantine>

const input = z.strictObject({ id: Uuid, reason: someWords(500) })

/** What this person filed and files is kept and shown, and none of it is judged, counted or released until the quarantine is lifted. The person is told nothing. Nobody does it to themselves. */
export const quarantineCall = contract({ name: 'quarantine', method: 'PUT', path: '/api/people/:id/quarantine', who: desk, fresh: true, kind: 'writes', input, reply: Done })

/** What was set aside meanwhile waits for a verdict like any other. */
export const liftQuarantineCall = contract({ name: 'liftQuarantine', method: 'POST', path: '/api/people/:id/quarantine/lifted', who: desk, fresh: true, kind: 'writes', input, reply: Done })
