import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createDatabase, dropDatabase, getTestServer } from './databases.ts'
import { buildDatabaseUrl, TEMPLATE } from './settings.ts'

/**
 * A database of the test server without a Forecourt, queried over one connection of its own as the
 * application's role.
 */
export type EmptyDatabase = {
  url: string
  ownerUrl: string
  query: <Row extends pg.QueryResultRow>(statement: string, values?: unknown[]) => Promise<Row[]>
  /**
   * Breaks off every connection to it that has this application name; answers how many there were.
   */
  terminate: (application: string) => Promise<number>
  drop: () => Promise<void>
}

/** Such a database with every migration applied: a clone of the run's template. */
export const createMigratedDatabase = (): Promise<EmptyDatabase> => createEmptyDatabase(TEMPLATE)

/** Such a database with nothing in it, or a clone of `template`. */
export async function createEmptyDatabase(template?: string): Promise<EmptyDatabase> {
  const name = `e_${randomUUID().replaceAll('-', '')}`
  const server = getTestServer()
  await createDatabase(server.ownerUrl, name, template)
  const url = buildDatabaseUrl(server.url, name)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    url,
    ownerUrl: buildDatabaseUrl(server.ownerUrl, name),
    query: async <Row extends pg.QueryResultRow>(statement: string, values: unknown[] = []) =>
      (await client.query<Row>(statement, values)).rows,
    terminate: async (application) => {
      const ended = await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and ' +
          'application_name = $2',
        [name, application],
      )
      return ended.rowCount ?? 0
    },
    drop: async () => {
      await client.end()
      await dropDatabase(server.ownerUrl, name)
    },
  }
}
