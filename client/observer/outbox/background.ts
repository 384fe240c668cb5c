import { myReportsCall } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { freshLine, next } from './next.ts'
import { mayBeSent } from './standing.ts'
import { followNetwork, holdsOriginals, lookAtChoice } from './originals.ts'
import { registerKey } from './phone-key.ts'
import { allFiled, kept } from './queue.ts'
import { offerReserve } from './reserve.ts'
import { createSender } from './sender.ts'
import { badge } from './space.ts'

/**
 * What the service worker does while no page is open: sends what may be sent in the session's own name, as the page does. @throws while something is left that could go,
 * so that the browser wakes it again
 */
export async function sendInBackground(): Promise<void> {
  const me = await kept('me')
  if (!me || (await kept('signedOut'))) return
  const who = { author: me.person.id, mission: me.mission.id }
  const { person } = await call(myReportsCall, {}, { timeoutSeconds: 20 })
  // Somebody else has joined in this browser: the page sorts that out with its owner.
  if (person !== who.author) return
  await registerKey(person)
  offerReserve()
  await followNetwork(() => undefined)
  let stopped: 'signed_out' | 'update' | null = null
  const gate = async () => {
    await lookAtChoice()
    return { ...who, stopped, holdsOriginals: holdsOriginals.value }
  }
  const sender = createSender({
    gate,
    isOurs: () => {
      stopped = 'signed_out'
      return Promise.resolve(false)
    },
    onStopped: (why) => (stopped = why),
    // The page looks into it when it is opened.
    onUnknown: () => undefined,
    onLine: () => undefined,
  })
  sender.wake()
  await sender.idle()
  const mine = (await allFiled()).filter((filed) => mayBeSent(filed, who))
  badge(mine)
  // What may go now or after a wait. Words and small copies do while originals are held, and whatever else of a report while something of it waits for its author.
  if (next(mine, await gate(), freshLine, Date.now()).kind !== 'rest') throw new Error('something is left')
}
