import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { testServer } from './forecourt.ts'
import { databaseUrl } from './settings.ts'

/** An empty database of the test server, asked by one connection of its own. */
export type EmptyDatabase = {
  url: string
  query: <Row extends pg.QueryResultRow>(statement: string, values?: unknown[]) => Promise<Row[]>
  /** Breaks off every connection to it that has this application name; answers how many there were. */
  terminate: (application: string) => Promise<number>
  drop: () => Promise<void>
}

export async function emptyDatabase(): Promise<EmptyDatabase> {
  const name = `e_${randomUUID().replaceAll('-', '')}`
  await once(testServer(), `create database ${name}`)
  const url = databaseUrl(testServer(), name)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    url,
    query: async <Row extends pg.QueryResultRow>(statement: string, values: unknown[] = []) =>
      (await client.query<Row>(statement, values)).rows,
    terminate: async (application) => {
      const ended = await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = $2',
        [name, application],
      )
      return ended.rowCount ?? 0
    },
    drop: async () => {
      await client.end()
      await once(testServer(), `drop database ${name} with (force)`)
    },
  }
}

async function once(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
