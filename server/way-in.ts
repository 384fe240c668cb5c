import { getMission, openSetUp } from './features/mission/actions.ts'
import type { Engine } from './platform/journal/engine.ts'

/** What a start says of how one gets in. Each makes the set-up link anew until it was opened; after that whoever has no browser that is signed in has the operator's link alone. */
export async function wayIn(engine: Engine, address: string): Promise<string> {
  const { token, mission } = await engine.write({ kind: 'server' as const }, async (work) => ({ token: await openSetUp(work), mission: await getMission(work.tx) }))
  if (token) return `Set up your mission, or try the sample, with this link. It works once:\n${address}/setup#${token}`
  if (!mission.open && !mission.closed) return 'Its set-up was begun: go on in the browser where the link was opened. Without that one, or at another address, a new link comes by: npm run lead-link'
  return 'Open it in a browser where you are signed in. A lead who is locked out gets a new link by: npm run lead-link'
}
