import { sql } from 'kysely'
import { isPostgres } from './dialect.ts'
import { openReaders } from './open.ts'
import type { Handle } from './open.ts'

/** What SQLite itself finds wrong with a database: pages, indexes, constraints, the words that are searched. Sees a changed page only where its structure no longer holds; what rows say is compared with the journal. PostgreSQL knows its pages by their checksums whenever it reads them, and lets no row name one that is not there. */
export async function checkIntegrity(db: Handle): Promise<string[]> {
  if (isPostgres(db)) return []
  const { rows: [main] } = await sql<{ file: string }>`select file from pragma_database_list where name = 'main'`.execute(db)
  // A connection remembers of the words' index what it searched by: after another has written it would name faults that there are none. So a new one looks.
  const fresh = openReaders(main?.file ?? '', 1)
  try {
    const { rows } = await sql<{ integrityCheck: string }>`pragma integrity_check`.execute(fresh)
    const broken = rows.map(({ integrityCheck }) => integrityCheck).filter((said) => said !== 'ok')
    const { rows: loose } = await sql<{ table: string; parent: string }>`select distinct "table", parent from pragma_foreign_key_check`.execute(fresh)
    return [...broken, ...loose.map(({ table, parent }) => `a row of ${table} names one of ${parent} that is not there`)]
  } finally {
    await fresh.destroy()
  }
}
