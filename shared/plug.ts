import * as z from 'zod/mini'
import { Done, Uuid, nothing } from './basics.ts'
import { contract } from './contract.ts'
import { desk } from './roles.ts'

// Of the sample alone: its network can be cut, and its server restarted, before everyone's eyes. A real mission has none of these calls.

/** The network between the sample's phone and its server. `slow`: everything waits on its way. */
export const Network = z.enum(['open', 'slow', 'cut'])
export type Network = z.infer<typeof Network>

/** How long each request of the phone waits on a slow network. */
export const slowMilliseconds = 3000

/** Where the phone is (below which name, the browser knows), whose it is, and what the database has of theirs: of each report how many pictures are whole. */
export const Plug = z.object({
  port: z.number(),
  path: z.string(),
  author: Uuid,
  name: z.string(),
  network: Network,
  reports: z.array(z.object({ id: Uuid, photos: z.number() })),
  /** Rows too many: the same report twice. */
  doubled: z.number(),
})
export type Plug = z.infer<typeof Plug>
export const plugCall = contract({ name: 'plug', method: 'GET', path: '/api/plug', who: desk, kind: 'reads', input: nothing, reply: Plug })

export const setNetworkCall = contract({ name: 'setNetwork', method: 'PUT', path: '/api/plug/network', who: desk, kind: 'reads', input: z.strictObject({ network: Network }), reply: z.object({ network: Network }) })

/** Answers, and then the server ends in the middle of whatever it does and starts again. */
export const restartServerCall = contract({ name: 'restartServer', method: 'POST', path: '/api/plug/restart', who: desk, kind: 'reads', input: nothing, reply: Done })

/** What the phone's page tells the panel: who is signed in on it, whether that session has ended, and each report of theirs that the phone holds, whether headquarters confirmed it, its pictures and how many of these are confirmed, and how much of what its author said of it later is not. `opened`: whether its app is there, which a phone that was never opened cannot show without a network. */
export const PhoneCount = z.object({ veedor: z.literal('phone'), opened: z.boolean(), author: z.nullable(Uuid), signedOut: z.boolean(), reports: z.array(z.object({ id: Uuid, confirmed: z.boolean(), photos: z.number(), photosConfirmed: z.number(), laterWaiting: z.number() })) })
export type PhoneCount = z.infer<typeof PhoneCount>
