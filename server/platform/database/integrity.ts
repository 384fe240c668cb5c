import { sql } from 'kysely'
import { isPostgres } from './dialect.ts'
import type { Handle } from './open.ts'

/** What SQLite itself finds wrong with a database: pages, indexes, constraints, the words that are searched. Sees a changed page only where its structure no longer holds; what rows say is compared with the journal. PostgreSQL knows its pages by their checksums whenever it reads them, and lets no row name one that is not there. */
export async function checkIntegrity(db: Handle): Promise<string[]> {
  if (isPostgres(db)) return []
  const { rows } = await sql<{ integrityCheck: string }>`pragma integrity_check`.execute(db)
  const broken = rows.map(({ integrityCheck }) => integrityCheck).filter((said) => said !== 'ok')
  const { rows: loose } = await sql<{ table: string; parent: string }>`pragma foreign_key_check`.execute(db)
  return [...broken, ...new Set(loose.map(({ table, parent }) => `a row of ${table} names one of ${parent} that is not there`))]
}
