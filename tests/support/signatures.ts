import { checkSignatures } from '../../server/features/keys/actions.ts'
import type { Handle } from '../../server/platform/database/open.ts'
import { lookingWith } from '../../server/platform/journal/looking.ts'

/** Every signature looked at again: how many hold, and what does not agree. */
export async function lookAtSignatures(db: Handle) {
  const looking = lookingWith()
  const { reports, later } = await db.transaction().execute((tx) => checkSignatures(tx, looking))
  return { reports, later, faults: looking.faults }
}
