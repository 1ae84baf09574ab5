import pg from 'pg'

/** The lot's database as another program uses it, on a connection of its own. */
export type LotDatabase = {
  query: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>
  /**
   * Changes a row without anybody being told: who sees the change has read the database, who does
   * not has not.
   */
  changeSilently: (set: string) => Promise<void>
  close: () => Promise<void>
}

/** Opens such a connection; only the owner of the table may switch its trigger off. */
export async function openLotDatabase(url: string): Promise<LotDatabase> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const query = async (text: string, values: unknown[] = []) =>
    (await client.query<Record<string, unknown>>(text, values)).rows
  const changeSilently = async (set: string) => {
    const trigger = 'inventory_tell_change'
    await query(`begin; alter table inventory disable trigger ${trigger}; update inventory
      set ${set};
      alter table inventory enable trigger ${trigger}; commit`)
  }
  return { query, changeSilently, close: () => client.end() }
}
