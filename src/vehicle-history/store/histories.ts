import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { ALGORITHM } from '../domain/hash-chain.ts'
import type { HistoryFile } from '../domain/history-file.ts'

type Database = Transaction['db']

const RECORDS = z.array(z.record(z.string(), z.unknown())).min(1)
const STORED = z.object({
  head: z.string(),
  records: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(RECORDS),
})

/** A frozen history as stored: its records with their hashes, and the hash of the last one. */
export type StoredHistory = z.output<typeof STORED>

/** Saves the frozen history of a submission, and its head on the submission. */
export async function saveHistory(
  db: Database,
  submission: string,
  { head, records }: { head: string; records: readonly object[] },
): Promise<void> {
  await db.execute(sql`
    insert into shared_histories (submission_id, head, records)
    values (${submission}, ${head}, ${JSON.stringify(records)})`)
  await db.execute(
    sql`update pending_submissions set history_head = ${head} where id = ${submission}`,
  )
}

/** The history of a submission; null if nothing was shared with it. */
export const findHistoryOfSubmission = (
  db: Database,
  submission: string,
): Promise<StoredHistory | null> => findHistory(db, sql`submission_id = ${submission}`)

/** The history that a car shows; null if it has none. */
export const findHistoryOfCar = (db: Database, car: string): Promise<StoredHistory | null> =>
  findHistory(db, sql`inventory_id = ${car}`)

/** A stored history as buyers get it. */
export const describeHistory = ({ head, records }: StoredHistory): HistoryFile => ({
  vin: String(records[0]?.['vin']),
  algorithm: ALGORITHM,
  head,
  records,
})

async function findHistory(
  db: Database,
  condition: ReturnType<typeof sql>,
): Promise<StoredHistory | null> {
  const { rows } = await db.execute(
    sql`select head, records from shared_histories where ${condition}`,
  )
  return rows[0] ? STORED.parse(rows[0]) : null
}
