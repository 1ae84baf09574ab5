import pg from 'pg'
import type { DrillDatabase } from './database.ts'

/** Does something in a drill's database as the owner of its tables, on a connection of its own. */
export async function runAsOwner<Value>(
  { ownerUrl }: DrillDatabase,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => undefined) // the query in hand fails with it
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
