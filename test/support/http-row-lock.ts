import pg from 'pg'

/**
 * A row that somebody else holds, so that requests meet at it: they have read it, and wait to
 * write.
 */
export type LockedRow = {
  /** Until so many connections of the database wait for a lock. */
  waiting: (connections: number) => Promise<void>
  release: () => Promise<void>
  /** Releases it by removing it. */
  remove: () => Promise<void>
  /** Releases it with changes beside it: all of them are there at once when the others go on. */
  change: (statements: readonly string[], values: unknown[]) => Promise<void>
}

const TIMEOUT_MS = 20_000

/** Locks one row of a table, found by its key, until release(). */
export async function lockRow(
  url: string,
  table: string,
  id: string,
  key = 'id',
): Promise<LockedRow> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('begin')
  await client.query(`select 1 from ${table} where ${key} = $1 for update`, [id])
  const count = async () => {
    // a transaction would keep the list of connections it read first
    await client.query('select pg_stat_clear_snapshot()')
    const { rows } = await client.query<{ waiting: number }>(
      'select count(*)::int as waiting from pg_locks where not granted and pid in (select pid ' +
        'from pg_stat_activity where datname = current_database())',
    )
    return rows[0]?.waiting ?? 0
  }
  return {
    waiting: async (connections) => {
      const end = Date.now() + TIMEOUT_MS
      while ((await count()) < connections) {
        if (Date.now() > end)
          throw new Error(
            `Only ${await count()} of ${connections} connections wait for ${table} ${id}.`,
          )
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    release: async () => {
      await client.query('rollback')
      await client.end()
    },
    change: async (statements, values) => {
      for (const statement of statements) await client.query(statement, values)
      await client.query('commit')
      await client.end()
    },
    remove: async () => {
      await client.query(`delete from ${table} where ${key} = $1`, [id])
      await client.query('commit')
      await client.end()
    },
  }
}
