import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'
import { addingAll, intoOf, parametersOf } from './added.ts'
import { endsTransaction, waitedInVain } from './dialect.ts'
import { kindOf, named, patient, placeOf, rowSetBy, rowsIn, settled } from './statements.ts'
import type { Kind } from './statements.ts'

/**
 * A dialect for the one connection that writes. Most of what a statement costs is its way to the database and back, so what tells nothing new is left out. What settled tables said is remembered until a
 * statement changes one of them; rows that are added wait for the commit, or for a statement that names their table, and are written together; a savepoint is a place in the list of what was said,
 * and going back to it means to begin anew and to say the rest again. Whoever asks or reads finds what each statement by itself would have come to. A row that waited and is not taken has ended the transaction:
 * whose it was is not known any more.
 */
export function writingDialect(dialect: Dialect): Dialect {
  return { ...dialect, createDriver: () => new WritingDriver(dialect.createDriver()) }
}

class WritingDriver implements Driver {
  readonly #inner: Driver
  #connection: WritingConnection | null = null

  constructor(inner: Driver) {
    this.#inner = inner
  }

  async acquireConnection(): Promise<WritingConnection> {
    const inner = await this.#inner.acquireConnection()
    return (this.#connection ??= new WritingConnection(inner, this.#inner))
  }

  init = () => this.#inner.init()
  destroy = () => this.#inner.destroy()
  releaseConnection = (connection: WritingConnection) => this.#inner.releaseConnection(connection.inner)
  beginTransaction = (connection: WritingConnection) => connection.begin()
  commitTransaction = (connection: WritingConnection) => connection.commit()
  rollbackTransaction = (connection: WritingConnection) => connection.rollback()
  savepoint = (connection: WritingConnection) => Promise.resolve(connection.mark())
  rollbackToSavepoint = (connection: WritingConnection) => connection.backToMark()
}

const isNamed = (query: CompiledQuery): boolean => kindOf(query).tables?.some((table) => named.has(table)) === true

const mostRemembered = 5_000
const mostRows = 256
/** Each number of rows is a statement of its own, which is prepared once: beyond 32 that are left there are statements for powers of two alone. */
const rowsAtOnce = (left: number): number => (left <= 32 ? left : Math.min(mostRows, 2 ** Math.floor(Math.log2(left))))

class WritingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  readonly #driver: Driver
  readonly #remembered = new Map<string, { changes: number; rows: unknown[] }>()
  /** How often each settled table was changed. */
  readonly #changes = new Map<string, number>()
  #isInTransaction = false
  /** The changes that this transaction was told, in order; and of these, what waits to be written. */
  #said: CompiledQuery[] = []
  #waiting: CompiledQuery[] = []
  #written = Promise.resolve()
  /** How much there was of both when the last savepoint was taken, and whether the database has heard of anything since. */
  #mark = { said: 0, waiting: 0, isUntouched: true }

  constructor(inner: DatabaseConnection, driver: Driver) {
    this.inner = inner
    this.#driver = driver
  }

  async begin(): Promise<void> {
    await this.#driver.beginTransaction(this.inner, {})
    this.#isInTransaction = true
  }

  async commit(): Promise<void> {
    await this.#writeWaiting()
    await this.#driver.commitTransaction(this.inner)
    this.#end()
  }

  async rollback(): Promise<void> {
    this.#remembered.clear()
    this.#end()
    await this.#driver.rollbackTransaction(this.inner)
  }

  #end(): void {
    this.#isInTransaction = false
    ;[this.#said, this.#waiting, this.#written] = [[], [], Promise.resolve()]
    this.mark()
  }

  mark(): void {
    this.#mark = { said: this.#said.length, waiting: this.#waiting.length, isUntouched: true }
  }

  async backToMark(): Promise<void> {
    const { said, waiting, isUntouched } = this.#mark
    const before = this.#said.slice(0, said)
    if (isUntouched) {
      this.#said = before
      this.#waiting.length = waiting
      return
    }
    await this.rollback()
    await this.begin()
    for (const query of before) await this.executeQuery(query)
    this.mark()
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { does, tables } = kindOf(query)
    if (does === 'recalls') return { rows: await this.#recall<Row>(query, tables) }
    if (this.#isInTransaction && (does === 'adds' || does === 'sets')) {
      this.#said.push(query)
      this.#waiting.push(query)
      return { rows: [], numAffectedRows: does === 'adds' ? BigInt(rowsIn(query)) : 1n }
    }
    if (tables === null || tables.some((table) => patient.has(table)) || (does === 'changes' && this.#waiting.some(isNamed))) await this.#writeWaiting()
    if (does === 'reads') return this.#ask(query)
    const result = await this.#change<Row>(query, tables)
    if (this.#isInTransaction) this.#said.push(query)
    return result
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Lists are paged by (time, id); nothing streams from the database')
  }

  async #ask<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      return await this.inner.executeQuery<Row>(query)
    } catch (error) {
      // PostgreSQL says nothing more in a transaction in which anything failed.
      this.#mark.isUntouched = false
      throw error
    }
  }

  #change<Row>(query: CompiledQuery, tables: Kind['tables']): Promise<QueryResult<Row>> {
    this.#mark.isUntouched = false
    for (const table of tables ?? settled) this.#changes.set(table, (this.#changes.get(table) ?? 0) + 1)
    return this.#ask(query)
  }

  async #recall<Row>(query: CompiledQuery, tables: Kind['tables']): Promise<Row[]> {
    const changes = (tables ?? []).reduce((sum, table) => sum + (this.#changes.get(table) ?? 0), 0)
    const key = JSON.stringify([query.sql, ...query.parameters])
    const found = this.#remembered.get(key)
    if (found?.changes === changes) return found.rows as Row[]
    const { rows } = await this.#ask<Row>(query)
    // A whole register is asked for seldom, and would fill the memory.
    if (rows.length > mostRows) return rows
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear()
    this.#remembered.set(key, { changes, rows })
    return rows
  }

  /** Who comes while it is being written waits for that, too. */
  #writeWaiting(): Promise<void> {
    if (this.#waiting.length > 0) {
      const these = this.#waiting.splice(0)
      this.#written = this.#written.then(() => this.#write(these)).catch((error: unknown) => {
        throw endsTransaction(error) ? error : Object.assign(new Error('What waited was not taken', { cause: error }), { code: waitedInVain })
      })
    }
    return this.#written
  }

  async #write(these: readonly CompiledQuery[]): Promise<void> {
    const [added, set] = [new Map<string, { query: CompiledQuery; rows: unknown[][] }>(), new Map<string, CompiledQuery>()]
    for (const query of these) {
      const count = rowsIn(query)
      if (count === 0) set.set(rowSetBy(query), query)
      else {
        const [into, rows] = [intoOf(query), parametersOf(query, count)]
        const alike = added.get(into)
        if (alike) alike.rows.push(...rows)
        else added.set(into, { query, rows })
      }
    }
    for (const { query, rows } of [...added.values()].sort((one, other) => placeOf(one.query) - placeOf(other.query))) {
      for (let start = 0; start < rows.length;) {
        const count = rowsAtOnce(rows.length - start)
        await this.#change(addingAll(query, rows.slice(start, start + count)), kindOf(query).tables)
        start += count
      }
    }
    for (const query of set.values()) {
      const { numAffectedRows } = await this.#change(query, kindOf(query).tables)
      if (numAffectedRows !== 1n) throw new Error(`A row that was to be set was ${numAffectedRows} rows`)
    }
  }
}
