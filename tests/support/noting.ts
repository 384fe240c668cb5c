import type { Dialect, QueryResult } from 'kysely'

/** A dialect of one connection that writes down what is said to the database. */
export function noting(dialect: Dialect, asked: string[]): Dialect {
  return {
    ...dialect,
    createDriver: () => {
      const driver = dialect.createDriver()
      const acquire = driver.acquireConnection.bind(driver)
      driver.acquireConnection = async () => {
        const connection = await acquire()
        const execute = connection.executeQuery.bind(connection)
        connection.executeQuery = <Row>(query: Parameters<typeof execute>[0]): Promise<QueryResult<Row>> => { asked.push(query.sql); return execute<Row>(query) }
        driver.acquireConnection = () => Promise.resolve(connection)
        return connection
      }
      return driver
    },
  }
}

/** What was said, but for where transactions begin and end: the verb and the first table. */
export const saidOf = (asked: readonly string[]): string[] =>
  asked.filter((text) => !/^(begin|commit)/.test(text)).map((text) => text.replace(/^(\w+) .*?"(\w+)".*$/, (_all, verb: string, table: string) => `${verb} ${table}`))
