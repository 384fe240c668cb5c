/** The database server cannot be used as it is. Its message is a sentence for the operator, and holds no password. */
export class DatabaseRefused extends Error {}

/** Whether this names a database on a server; all else is the path of a file. */
export const isOnServer = (where: string): boolean => /^postgres(ql)?:\/\//.test(where)

/** A database on a server as it may be shown: never with the name and the password by which it is reached. */
export function serverName(address: string): string {
  const { host, pathname, searchParams } = new URL(address)
  return `The database ${decodeURIComponent(pathname.slice(1)) || '(unnamed)'} on ${host || searchParams.get('host') || 'this machine'}`
}

/** What a server that does not let us in says, by its codes (postgresql.org/docs/current/errcodes-appendix.html); what is none of these goes on as it is. */
export function refusedBy(error: unknown, address: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const name = serverName(address)
  const why = reasons[code]
  if (why) return new DatabaseRefused(`${name} ${why}`)
  // What pg itself says has no code: no answer in time, a server without TLS where TLS was asked for, a certificate that is not believed.
  if (error instanceof Error && (/timeout|SSL|terminated|password must be/.test(error.message) || /CERT|SELF_SIGNED|UNABLE_TO/.test(code))) return new DatabaseRefused(`${name} cannot be reached as DATABASE_URL asks for it: ${error.message}.`)
  return error
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'cannot be reached: no server answers there. Start it, or correct DATABASE_URL.',
  ENOENT: 'cannot be reached: no server answers there. Start it, or correct DATABASE_URL.',
  ENOTFOUND: 'cannot be reached: nobody knows a machine of that name. Correct DATABASE_URL.',
  EAI_AGAIN: 'cannot be reached: the names of machines cannot be asked for. Look at the network.',
  EHOSTUNREACH: 'cannot be reached: there is no way to that machine. Look at the network, or correct DATABASE_URL.',
  ENETUNREACH: 'cannot be reached: there is no way to that machine. Look at the network, or correct DATABASE_URL.',
  ETIMEDOUT: 'cannot be reached: that machine does not answer. Look at the network, or correct DATABASE_URL.',
  ECONNRESET: 'cannot be reached: whoever answers there hangs up. Correct DATABASE_URL.',
  '28P01': 'does not let us in: the name or the password in DATABASE_URL is wrong.',
  '28000': 'does not let us in: this role may not come from here. Correct DATABASE_URL, or pg_hba.conf on the server.',
  '3D000': 'does not exist: make it with createdb, or correct DATABASE_URL.',
  '42501': 'does not let this role make its tables: make the database with this role as its owner.',
  '53300': 'has no connection free: Veedor needs six. Raise max_connections on the server.',
  '57P03': 'is starting up or shutting down: try again in a moment.',
}
