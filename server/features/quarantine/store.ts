import type { Tx } from '../../platform/database/open.ts'

export const findPerson = (tx: Tx, id: string) =>
  tx.selectFrom('people').leftJoin('people as doubter', 'doubter.id', 'people.quarantinedBy').select(['people.id', 'people.quarantinedAt', 'people.quarantineReason', 'doubter.name as quarantinedBy']).where('people.id', '=', id).executeTakeFirst()

/** A person has filed less in any mission; beyond that a screen learns of it when it looks at the report. */
const mostTouched = 2000

export const reportsOf = (tx: Tx, author: string) => tx.selectFrom('reports').select(['id', 'status', 'setAsideFor', 'quarantined']).where('author', '=', author).orderBy('receivedAt', 'desc').limit(mostTouched).execute()

export const setAsideOf = (tx: Tx, author: string) => tx.selectFrom('reports').select(['id', 'status', 'setAsideFor']).where('author', '=', author).where('quarantined', '=', 1).orderBy('id').execute()
