import pg from 'pg'

/** The lot's database as another program uses it, on a connection of its own. */
export type LotDatabase = {
  query: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>
  /** Changes a row without anybody being told: who sees the change has read the database, who does not has not. */
  changeSilently: (set: string) => Promise<void>
  close: () => Promise<void>
}

/** Opens such a connection; its user may switch triggers off. */
export async function openLotDatabase(url: string): Promise<LotDatabase> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const query = async (text: string, values: unknown[] = []) => (await client.query<Record<string, unknown>>(text, values)).rows
  const changeSilently = async (set: string) => {
    await query(`set session_replication_role = replica`)
    await query(`update inventory set ${set}`)
    await query(`set session_replication_role = origin`)
  }
  return { query, changeSilently, close: () => client.end() }
}
