import { CompiledQuery, ExpressionWrapper, FunctionNode, OperatorNode, PostgresAdapter, PostgresQueryCompiler, PrimitiveValueListNode, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, ValueListNode, ValueNode, sql } from 'kysely'
import type { BinaryOperationNode, DatabaseConnection, Dialect, Driver, Expression, OperationNode, QueryExecutorProvider, QueryResult, SqlBool } from 'kysely'
import sqlite3 from 'sqlite3'
import { wordsIn } from '../../../shared/pack.ts'
import { inSql } from './names.ts'

// Everything in which SQLite differs from PostgreSQL is in this file; how a server is spoken to is in postgres.ts.

/**
 * Kysely on the `sqlite3` package. Kysely brings no dialect for it; the published ones hold one connection behind a mutex, and we need one writer beside several readers.
 * Statements are prepared once and kept: on a fast disk calls cost more than syncs.
 */
export function sqliteDialect(path: string, options: { connections: number; readOnly: boolean; pragmas: readonly string[] }): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteCompiler(),
    createDriver: () => new SqliteDriver(path, options),
  }
}

class SqliteDriver implements Driver {
  readonly #path: string
  readonly #options: { connections: number; readOnly: boolean; pragmas: readonly string[] }
  readonly #all: SqliteConnection[] = []
  readonly #free: SqliteConnection[] = []
  readonly #waiting: ((connection: SqliteConnection) => void)[] = []

  constructor(path: string, options: { connections: number; readOnly: boolean; pragmas: readonly string[] }) {
    this.#path = path
    this.#options = options
  }

  async init(): Promise<void> {
    for (let count = 0; count < this.#options.connections; count++) {
      const connection = await SqliteConnection.open(this.#path, this.#options.readOnly)
      for (const pragma of this.#options.pragmas) await connection.run(`pragma ${pragma}`)
      this.#all.push(connection)
      this.#free.push(connection)
    }
  }

  acquireConnection(): Promise<SqliteConnection> {
    const free = this.#free.pop()
    return free ? Promise.resolve(free) : new Promise((resolve) => this.#waiting.push(resolve))
  }

  releaseConnection(connection: SqliteConnection): Promise<void> {
    const next = this.#waiting.shift()
    if (next) next(connection)
    else this.#free.push(connection)
    return Promise.resolve()
  }

  // A deferred BEGIN that read first is refused at once after another connection's commit; the writer takes its lock at the start.
  beginTransaction = (connection: SqliteConnection) => connection.begin(this.#options.readOnly ? 'begin' : 'begin immediate')
  commitTransaction = (connection: SqliteConnection) => connection.commit()
  rollbackTransaction = (connection: SqliteConnection) => connection.rollback()

  /** Whoever still reads, as for a caller who has gone, ends first: a connection that is at work cannot be closed. */
  async destroy(): Promise<void> {
    const all = this.#all.splice(0)
    for (let closed = 0; closed < all.length; closed++) await (await this.acquireConnection()).close()
  }
}

const keptStatements = 400

class SqliteConnection implements DatabaseConnection {
  readonly #db: sqlite3.Database
  readonly #statements = new Map<string, sqlite3.Statement>()
  #isInTransaction = false
  /** What has ended the transaction that whoever began it still believes in. */
  #ending: Error | null = null

  private constructor(db: sqlite3.Database) {
    this.#db = db
  }

  static open(path: string, readOnly: boolean): Promise<SqliteConnection> {
    const mode = readOnly ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE
    return new Promise((resolve, reject) => {
      const db = new sqlite3.Database(path, mode, (error) => (error ? reject(error) : resolve(new SqliteConnection(db))))
    })
  }

  async run(text: string): Promise<void> {
    await this.executeQuery(CompiledQuery.raw(text))
  }

  async begin(text: string): Promise<void> {
    await this.run(text)
    this.#isInTransaction = true
  }

  async commit(): Promise<void> {
    await this.run('commit')
    this.#isInTransaction = false
  }

  async rollback(): Promise<void> {
    this.#ending = null
    this.#isInTransaction = false
    // A full disk or a failing one has ended the transaction inside SQLite already; what it failed with is what must be heard of.
    await this.run('rollback').catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error
    })
  }

  /**
   * After a full or failing disk SQLite may have ended the transaction without a word: the next statement would stand by itself, and a savepoint would begin a transaction of its
   * own. So until the rollback nothing more is executed, and a failure that an action made nothing of cannot be committed over.
   */
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#ending) throw this.#ending
    try {
      return await this.#execute(query)
    } catch (error) {
      if (this.#isInTransaction && endsTransaction(error)) this.#ending = error
      throw error
    }
  }

  async #execute<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const parameters = query.parameters.map(checked)
    const statement = await this.#prepare(query.sql)
    const kind = query.query.kind
    const returning = 'returning' in query.query && query.query.returning !== undefined
    if ((kind === 'InsertQueryNode' || kind === 'UpdateQueryNode' || kind === 'DeleteQueryNode') && !returning) {
      return new Promise((resolve, reject) => {
        statement.run(parameters, function (error: Error | null) {
          if (error) reject(error)
          else resolve({ rows: [], numAffectedRows: BigInt(this.changes), insertId: BigInt(this.lastID) })
        })
      })
    }
    return new Promise((resolve, reject) => {
      statement.all<Row>(parameters, (error: Error | null, rows: Row[]) => (error ? reject(error) : resolve({ rows })))
    })
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Lists are paged by (time, id); nothing streams from the database')
  }

  async close(): Promise<void> {
    for (const statement of this.#statements.values()) await finalized(statement)
    this.#statements.clear()
    await new Promise<void>((resolve, reject) => this.#db.close((error) => (error ? reject(error) : resolve())))
  }

  async #prepare(text: string): Promise<sqlite3.Statement> {
    const kept = this.#statements.get(text)
    if (kept) return kept
    if (this.#statements.size >= keptStatements) {
      const [oldest, statement] = this.#statements.entries().next().value as [string, sqlite3.Statement]
      this.#statements.delete(oldest)
      await finalized(statement)
    }
    const statement = await new Promise<sqlite3.Statement>((resolve, reject) => {
      const made: sqlite3.Statement = this.#db.prepare(text, (error: Error | null) => (error ? reject(error) : resolve(made)))
    })
    this.#statements.set(text, statement)
    return statement
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

/** The connection to the server is gone, and with it what it held alone. */
export const connectionLost = 'VEEDOR_CONNECTION_LOST'

/** A row that had waited was not taken: `cause` says why. */
export const waitedInVain = 'VEEDOR_WAITED_IN_VAIN'
export const isWaitedInVain = (error: unknown): error is Error => codeOf(error) === waitedInVain

/**
 * The disk did not do what it was told, or the server of the database is gone: what of the last writes it has is not known until the database is opened anew. (A full disk says
 * so, and has lost nothing.)
 */
export const isFailingDisk = (error: unknown): boolean => ['SQLITE_IOERR', connectionLost, '58030'].includes(codeOf(error)) || codeOf(error).startsWith('57P')

/** The disk of the database is full. */
export const isFullDisk = (error: unknown): boolean => ['SQLITE_FULL', '53100'].includes(codeOf(error))

/** What SQLite refuses of one statement, and its transaction goes on. */
const ofOneStatement = ['SQLITE_CONSTRAINT', 'SQLITE_ERROR', 'SQLITE_MISMATCH', 'SQLITE_RANGE', 'SQLITE_TOOBIG']

/** Whether nothing of the transaction is left in which this failed. */
export const endsTransaction = (error: unknown): error is Error => (codeOf(error).startsWith('SQLITE_') && !ofOneStatement.includes(codeOf(error))) || isFailingDisk(error) || isFullDisk(error) || isWaitedInVain(error)

/** The database could not read what it was asked for: a damaged one may lack a table or a column, too. */
export const isUnreadable = (error: unknown): error is Error => codeOf(error).startsWith('SQLITE_') || ['58030', '58P01', 'XX001', 'XX002', '42P01', '42703'].includes(codeOf(error))

const longLog = 1000

/** Brings the write-ahead log into the database where it has grown long. SQLite would do so by itself within a commit, and say nothing of a disk that fails meanwhile. */
export async function shortenLog(db: QueryExecutorProvider): Promise<void> {
  if (isPostgres(db)) return
  const { rows: [found] } = await sql<{ log: number; checkpointed: number }>`pragma wal_checkpoint(noop)`.execute(db)
  if (found && found.log - found.checkpointed >= longLog) await sql`pragma wal_checkpoint(passive)`.execute(db)
}

/**
 * Writes what the log holds into the database and syncs it. What a log holds after a crash may be in the system's memory alone: a sync that failed is not made again by the next
 * one, and a report that was never acknowledged could be, from there. After this it is on the disk, or the start has failed.
 */
export async function emptyLog(db: QueryExecutorProvider): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
}

const finalized = (statement: sqlite3.Statement): Promise<void> => new Promise((resolve) => statement.finalize(() => resolve()))

// The package stores a bound BigInt, undefined or NaN as NULL without a word, a Date as a float and an object as '[object Object]'.
function checked(value: unknown): unknown {
  if (value === null || typeof value === 'string' || Buffer.isBuffer(value)) return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new TypeError(`A database parameter must be text, a finite number, bytes or null; this is ${typeof value}`)
}

/** Whether a handle's database is on a server. */
export const isPostgres = (db: QueryExecutorProvider): boolean => db.getExecutor().adapter instanceof PostgresAdapter

type Asked<Row> = Expression<Row> & { execute: () => Promise<Row[]> }

/**
 * The rows of a query with many columns. The sqlite3 package hands over cell by cell, which costs more than to find them: so all but the `doubles` of a row come as one text. (Whole numbers stay exact in it, doubles
 * would not.)
 */
export async function wideRows<Row extends object>(db: QueryExecutorProvider, query: Asked<Row>, columns: readonly (keyof Row & string)[], doubles: readonly (keyof Row & string)[]): Promise<Row[]> {
  if (isPostgres(db)) return query.execute()
  const named = (column: string) => sql.ref(`wide.${column}`)
  const { rows } = await sql<Record<string, unknown>>`select ${sql.join([...doubles.map(named), sql`json_array(${sql.join(columns.map(named))}) as texts`])} from (${query}) wide`.execute(db)
  for (const row of rows) {
    const values = JSON.parse(String(row['texts'])) as unknown[]
    for (const [at, column] of columns.entries()) row[column] = values[at]
  }
  return rows as unknown as Row[]
}

/**
 * The same for so many rows that each column comes as one text, in the order of the rows. A double is written with all its digits, so that what is read is the same but for the last of them at most.
 */
export async function columnsOf<Row extends object>(db: QueryExecutorProvider, query: Asked<Row>, columns: readonly (keyof Row & string)[], doubles: readonly (keyof Row & string)[]): Promise<{ [Column in keyof Row]: Row[Column][] }> {
  const values = isPostgres(db) ? await apart(query, [...columns, ...doubles]) : await together(db, query, columns, doubles)
  return values as { [Column in keyof Row]: Row[Column][] }
}

async function apart<Row>(query: Asked<Row>, columns: readonly (keyof Row & string)[]): Promise<Record<string, unknown[]>> {
  const rows = await query.execute()
  return Object.fromEntries(columns.map((column) => [column, rows.map((row) => row[column])]))
}

async function together(db: QueryExecutorProvider, query: Expression<unknown>, columns: readonly string[], doubles: readonly string[]): Promise<Record<string, unknown[]>> {
  const texts = columns.map((column) => sql`json_group_array(${sql.ref(`many.${column}`)}) as ${sql.ref(column)}`)
  const numbers = doubles.map((column) => sql`'[' || coalesce(group_concat(case when ${sql.ref(`many.${column}`)} is null then 'null' else format('%!.17g', ${sql.ref(`many.${column}`)}) end), '') || ']' as ${sql.ref(column)}`)
  const { rows: [row] } = await sql<Record<string, string>>`select ${sql.join([...texts, ...numbers])} from (${query}) many`.execute(db)
  return Object.fromEntries([...columns, ...doubles].map((column) => [column, JSON.parse(row?.[column] ?? '[]') as unknown[]]))
}

const wordFunctions = { words_begin: { sqlite: '*', postgres: ':*' }, words_are: { sqlite: '', postgres: '' } } as const

/** The words as `searchable` has them: PostgreSQL's own parser would take 0e9a for a number and a letter. */
const vector = { before: 'array_to_tsvector(string_to_array(', after: ", ' '))" } as const

/** A text as it is stored to be searched: each database has its own opinion of what stands between words. */
export const searchable = (text: string): string => wordsIn(text).join(' ')

/** True where the words in `column` hold every word of the text, each as a beginning. */
export const wordsMatch = (column: string, text: string): Expression<SqlBool> => wordsAsked('words_begin', column, text)

/** True where they hold every word of the text as it stands: fewer than those that begin so, and found sooner. SQLite gathers all that begin with a word before it tells the first. */
export const wordsHeld = (column: string, text: string): Expression<SqlBool> => wordsAsked('words_are', column, text)

function wordsAsked(how: keyof typeof wordFunctions, column: string, text: string): Expression<SqlBool> {
  const terms = wordsIn(text)
  if (terms.length === 0) return sql<SqlBool>`1 = 1`
  return new ExpressionWrapper(FunctionNode.create(how, [sql.ref(column).toOperationNode(), ValueNode.create(terms.join(' '))]))
}

/**
 * The same as `wordsMatch`, looked at in the words of a row at hand, which is named `row`: where every few hold them that is sooner than to gather all that begin so. Letters beyond ASCII SQLite folds in its own way: where
 * a row holds such it is searched all the same, and where the search does there is no such way. Nor on a server, whose index gathers nothing.
 */
export function wordsSeen(db: QueryExecutorProvider, table: string, row: string, text: string): Expression<SqlBool> | null {
  const terms = wordsIn(text)
  if (isPostgres(db) || terms.length === 0 || !terms.every((term) => /^[a-z0-9]+$/.test(term))) return null
  const [words, number] = [sql.ref(`${row}.words`), sql.ref(`${row}.rowid`)]
  const hold = terms.map((term) => sql`instr(' ' || ${words}, ${` ${term}`}) > 0`)
  return sql<SqlBool>`case when ${words} glob '*[^ -~]*' then ${number} in (select rowid from ${sql.table(table)} where ${wordsMatch('words', text)}) else ${sql.join(hold, sql` and `)} end`
}

const isAsked = (name: string): name is keyof typeof wordFunctions => name in wordFunctions

/** The words of a search as they were given, and what stands after each in either language; null for any other function. */
function searched({ func, arguments: [column, terms] }: FunctionNode): { column: OperationNode; terms: string[]; after: { sqlite: string; postgres: string } } | null {
  return isAsked(func) && column && terms && ValueNode.is(terms) ? { column, terms: String(terms.value).split(' '), after: wordFunctions[func] } : null
}

class SqliteCompiler extends SqliteQueryCompiler {
  protected override sanitizeIdentifier(name: string): string {
    return super.sanitizeIdentifier(inSql(name))
  }

  protected override visitFunction(node: FunctionNode): void {
    const asked = searched(node)
    if (!asked) return super.visitFunction(node)
    this.visitNode(asked.column)
    this.append(' match ')
    this.appendValue(asked.terms.map((term) => `"${term}"${asked.after.sqlite}`).join(' '))
  }
}

export class PostgresCompiler extends PostgresQueryCompiler {
  protected override sanitizeIdentifier(name: string): string {
    return super.sanitizeIdentifier(inSql(name))
  }

  protected override visitFunction(node: FunctionNode): void {
    const asked = searched(node)
    if (!asked) return super.visitFunction(node)
    this.append(vector.before)
    this.visitNode(asked.column)
    this.append(`${vector.after} @@ `)
    this.appendValue(asked.terms.map((term) => `'${term}'${asked.after.postgres}`).join(' & '))
    this.append('::tsquery')
  }

  // SQLite takes an empty list, and nothing is in it.
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { operator, rightOperand: list } = node
    const isEmpty = (PrimitiveValueListNode.is(list) || ValueListNode.is(list)) && list.values.length === 0
    const asked = isEmpty && OperatorNode.is(operator) ? operator.operator : null
    if (asked === 'in') this.append('false')
    else if (asked === 'not in') this.append('true')
    else super.visitBinaryOperation(node)
  }
}

/** How tables are made: what the statements of a migration are written with, and what becomes of each. */
export type Making = {
  /** The table in which folded words are searched: `key` names what they belong to. */
  wordsTable: (name: string, key: string) => string
  /** What keeps a table from being changed or emptied once written. */
  appendOnly: (table: string, verbs: readonly ('update' | 'delete')[]) => string[]
  /** What the database does by itself after a row of a table has come or changed; `old` and `new` name the row. */
  after: (name: string, table: string, event: string, statements: readonly string[]) => string[]
  /** Ends what `after` began. */
  noAfter: (name: string, table: string) => string[]
  /** Has the words in a table of words that `wordsTable` made stand under the numbers of the rows that they belong to: `rowid` names them from then on, on SQLite as on a server. */
  numberedWords: (words: string, table: string) => string[]
  written: (statement: string) => string
}

const sqliteMaking: Making = {
  wordsTable: (name, key) => `create virtual table ${name} using fts5(${key} unindexed, words, tokenize = 'unicode61 remove_diacritics 2')`,
  appendOnly: (table, verbs) => verbs.map((verb) => `create trigger ${table}_no_${verb} before ${verb} on ${table} begin select raise(abort, '${table} is append-only'); end`),
  after: (name, table, event, statements) => [`create trigger ${name} after ${event} on ${table} begin ${statements.join('; ')}; end`],
  noAfter: (name) => [`drop trigger ${name}`],
  numberedWords: (words, table) => [
    `create table words_moved as select words.rowid as before, ${table}.number, ${table}.id, words.words from ${words} words join ${table} on ${table}.id = words.report where words.rowid <> ${table}.number`,
    `delete from ${words} where rowid in (select before from words_moved)`,
    `insert into ${words} (rowid, report, words) select number, id, words from words_moved`,
    `drop table words_moved`,
  ],
  written: (statement) => statement,
}

const postgresMaking: Making = {
  wordsTable: (name, key) => `create table ${name} (${key} text not null, words text not null); create index ${name}_${key} on ${name} (${key}); create index ${name}_words on ${name} using gin (${vector.before}words${vector.after})`,
  appendOnly: (table, verbs) => [
    `create function ${table}_append_only() returns trigger language plpgsql as $$ begin raise exception '${table} is append-only'; end $$`,
    ...verbs.map((verb) => `create trigger ${table}_no_${verb} before ${verb} on ${table} for each row execute function ${table}_append_only()`),
  ],
  after: (name, table, event, statements) => [
    `create function ${name}() returns trigger language plpgsql as $$ begin ${statements.join('; ')}; return null; end $$`,
    `create trigger ${name} after ${event} on ${table} for each row execute function ${name}()`,
  ],
  noAfter: (name, table) => [`drop trigger ${name} on ${table}`, `drop function ${name}()`],
  numberedWords: (words, table) => [
    `alter table ${words} add column rowid integer`,
    `update ${words} set rowid = ${table}.number from ${table} where ${table}.id = ${words}.report`,
    `create index ${words}_rowid on ${words} (rowid)`,
  ],
  // SQLite's integers have 64 bits, and its texts are ordered by their bytes, whatever the language of the machine.
  written: (statement) => (/^\s*(create|alter) table/.test(statement) ? statement.replace(/\binteger\b/g, 'bigint').replace(/\btext\b/g, 'text collate "C"') : statement),
}

export const makingOf = (db: QueryExecutorProvider): Making => (isPostgres(db) ? postgresMaking : sqliteMaking)
