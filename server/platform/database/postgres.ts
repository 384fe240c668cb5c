import { CompiledQuery, PostgresAdapter, PostgresIntrospector } from 'kysely'
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'
import { hostname } from 'node:os'
import pg from 'pg'
import { PostgresCompiler, connectionLost } from './dialect.ts'
import { DatabaseRefused, refusedBy, serverName } from './refused.ts'

/** `patienceMilliseconds`: how long a server that is not there yet is waited for. `lost` hears of a connection that ended and that nobody closed, also while nothing is asked of it. */
type Options = { connections: number; readOnly: boolean; patienceMilliseconds?: number; lost?: (error: Error) => void }

/** Kysely on the `pg` package, as the other dialect has it: one connection that writes, and some that read one snapshot each. */
export function postgresDialect(address: string, options: Options): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresCompiler(),
    createDriver: () => new PostgresDriver(address, options),
  }
}

class PostgresDriver implements Driver {
  readonly #address: string
  readonly #options: Options
  readonly #all = new Set<PostgresConnection>()
  readonly #free: PostgresConnection[] = []
  readonly #waiting: ((connection: PostgresConnection) => void)[] = []

  constructor(address: string, options: Options) {
    this.#address = address
    this.#options = options
  }

  async init(): Promise<void> {
    for (let count = 0; count < this.#options.connections; count++) this.#free.push(await this.#connect())
  }

  async acquireConnection(): Promise<PostgresConnection> {
    const free = this.#free.pop() ?? (await new Promise<PostgresConnection>((resolve) => this.#waiting.push(resolve)))
    // One that reads is made anew when the server was away. The one that writes is not: what it held alone was another's meanwhile.
    if (!free.isLost || !this.#options.readOnly) return free
    try {
      const made = await this.#connect()
      this.#all.delete(free)
      return made
    } catch (error) {
      await this.releaseConnection(free)
      throw error
    }
  }

  releaseConnection(connection: PostgresConnection): Promise<void> {
    const next = this.#waiting.shift()
    if (next) next(connection)
    else this.#free.push(connection)
    return Promise.resolve()
  }

  async beginTransaction(connection: PostgresConnection): Promise<void> {
    await connection.run('begin')
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await connection.run('rollback')
  }

  // A transaction in which something failed that nobody made anything of is rolled back by its commit, and says so without an error.
  async commitTransaction(connection: PostgresConnection): Promise<void> {
    if ((await connection.run('commit')) !== 'COMMIT') throw new Error('A transaction in which a statement had failed was to be committed')
  }

  async destroy(): Promise<void> {
    for (const connection of this.#all) await connection.close()
  }

  async #connect(): Promise<PostgresConnection> {
    const connection = await PostgresConnection.open(this.#address, this.#options)
    this.#all.add(connection)
    return connection
  }
}

/** A server that has just been started says for a moment that it is not there yet. */
const usualPatience = 10_000
const pauseMilliseconds = 250
const notThereYet = ['ECONNREFUSED', 'ENOENT', '57P03']
const longestConnecting = 10_000

class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.Client
  #lost: Error | null = null
  #isClosed = false

  private constructor(client: pg.Client, lost: (error: Error) => void) {
    this.#client = client
    client.on('error', (error) => { this.#lost = error })
    client.on('end', () => {
      const error = this.#asLost(this.#lost ?? new Error('The connection was ended'))
      if (!this.#isClosed) lost(error)
    })
  }

  static async open(address: string, { readOnly, patienceMilliseconds = usualPatience, lost = () => undefined }: Options): Promise<PostgresConnection> {
    const started = performance.now()
    for (;;) {
      try {
        const client = new pg.Client({ connectionString: address, application_name: `veedor ${process.pid} on ${hostname()}`.slice(0, 63), connectionTimeoutMillis: longestConnecting, keepAlive: true, types: { getTypeParser } })
        const connection = new PostgresConnection(client, lost)
        await client.connect()
        for (const setting of readOnly ? readerSettings : writerSettings) await client.query(setting)
        return connection
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : null
        if (performance.now() - started > patienceMilliseconds || !notThereYet.some((one) => one === code)) throw refusedBy(error, address)
        await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
      }
    }
  }

  get isLost(): boolean {
    return this.#lost !== null
  }

  /** Runs a statement without parameters; gives what the server calls what it did. */
  async run(text: string): Promise<string> {
    return (await this.#query(CompiledQuery.raw(text))).command
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, rowCount, command } = await this.#query(query)
    const isChange = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
    return { rows: rows as Row[], ...(isChange ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
  }

  async #query({ sql: text, parameters }: CompiledQuery): Promise<pg.QueryResult<pg.QueryResultRow>> {
    if (this.#lost) throw this.#asLost(this.#lost)
    const values = parameters.map(checked)
    try {
      return await this.#client.query(text, values)
    } catch (error) {
      // What the server says of a statement has a code of its own; all else means that there is no server any more.
      throw error instanceof pg.DatabaseError ? error : this.#asLost(error)
    }
  }

  #asLost(cause: unknown): Error {
    this.#lost ??= cause instanceof Error ? cause : new Error(String(cause))
    return Object.assign(new Error('The connection to the database server was lost', { cause }), { code: connectionLost })
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Lists are paged by (time, id); nothing streams from the database')
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (!this.#lost) await this.#client.end()
  }
}

// One snapshot a transaction, as readers of the other database have it; and nothing is written by mistake.
const readerSettings = ["set default_transaction_isolation = 'repeatable read'", 'set default_transaction_read_only = on']
// A commit is on the disk when it returns, whatever the role or the database is set to. What is stronger stays.
const writerSettings = ["select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'"]

const [boolOid, int8Oid, numericOid] = [16, 20, 1700]

/** Values as the other database gives them: numbers for every number, 0 and 1 for what is true or not, text for all else. */
function getTypeParser(oid: number): (text: string) => unknown {
  if (oid === boolOid) return (text) => (text === 't' ? 1 : 0)
  if (oid === int8Oid || oid === numericOid) return exactNumber
  if (oid === 21 || oid === 23 || oid === 26 || oid === 700 || oid === 701) return Number
  return (text) => text
}

function exactNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) throw new RangeError('A number in the database is greater than JavaScript can hold')
  return number
}

function checked(value: unknown): unknown {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value
  // The server takes no such text at all; nothing that is stored can hold it, since what people typed came without control characters.
  if (typeof value === 'string') return value.replaceAll('\u0000', '\ufffd')
  throw new TypeError(`A database parameter must be text, a finite number or null; this is ${typeof value}`)
}

const oldestVersion = 140_000

/**
 * Looks whether this server keeps what it acknowledges, and takes the database for this connection as long as it lasts: facts are numbered by one process alone.
 * @throws DatabaseRefused
 */
export async function holdDatabase(run: Run, address: string): Promise<void> {
  const [settings] = await run<Record<'version' | 'fsync' | 'pages' | 'encoding' | 'schema', string | null>>(`select current_setting('server_version_num') as version, current_setting('fsync') as fsync,
    current_setting('full_page_writes') as pages, current_setting('server_encoding') as encoding, current_schema() as schema`)
  const name = serverName(address)
  if (!settings || Number(settings.version) < oldestVersion) throw new DatabaseRefused(`${name} is older than PostgreSQL 14: take a newer one.`)
  if (settings.fsync !== 'on' || settings.pages !== 'on') throw new DatabaseRefused(`${name} is set to lose what it has acknowledged: set fsync and full_page_writes to on.`)
  if (settings.encoding !== 'UTF8') throw new DatabaseRefused(`${name} keeps text as ${settings.encoding}: make the database anew with the encoding UTF8.`)
  if (settings.schema === null) throw new DatabaseRefused(`${name} has no schema that this role may use: grant it one, or make the database with this role as its owner.`)
  const key = `hashtext('veedor'), hashtext(current_schema())`
  const [lock] = await run<{ taken: number }>(`select pg_try_advisory_lock(${key}) as taken`)
  if (lock?.taken !== 1) throw inUse(name, await holderOf(run))
}

/** Looks whether another process holds this database, and takes nothing. @throws DatabaseRefused where one does */
export async function refuseHeld(run: Run, address: string): Promise<void> {
  const holder = await holderOf(run)
  if (holder) throw inUse(serverName(address), holder)
}

type Run = <Row>(text: string) => Promise<Row[]>
type Holder = { name: string | null }

async function holderOf(run: Run): Promise<Holder | undefined> {
  const [holder] = await run<Holder>(`select application_name as name from pg_locks inner join pg_stat_activity using (pid) where locktype = 'advisory' and granted
    and pg_locks.database = (select oid from pg_database where datname = current_database()) and classid = ((hashtext('veedor')::bigint + 4294967296) % 4294967296)::oid
    and objid = ((hashtext(current_schema())::bigint + 4294967296) % 4294967296)::oid`)
  return holder
}

const inUse = (name: string, holder: Holder | undefined): DatabaseRefused =>
  new DatabaseRefused(`${name} is in use by another Veedor${holder?.name ? ` (${holder.name})` : ''}: one process alone numbers a mission's facts. Stop that one first, or name another database with DATABASE_URL.`)
