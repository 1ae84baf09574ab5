import type { Pool } from './with-transaction.ts'

/**
 * Runs `work` while no other process runs work under the same name, and returns its value; null if
 * another one does. The database releases the lock of a process that ends.
 */
export async function withExclusiveLock<Value>(
  pool: Pool,
  name: string,
  work: () => Promise<Value>,
): Promise<Value | null> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 7305417)) as locked',
      [name],
    )
    if (rows[0]?.locked !== true) return null
    return await work()
  } finally {
    client.release(true) // closes the connection, and the lock with it
  }
}
