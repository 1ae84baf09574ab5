import { type SQL, sql } from '@payloadcms/db-postgres/drizzle'
import type pg from 'pg'
import PgBoss from 'pg-boss'
import type { Transaction } from '../src/database/transaction.ts'

/** The database schema that holds the tables of pg-boss. */
export const SCHEMA = 'pgboss'

/** Runs a statement for pg-boss. */
export type BossDb = PgBoss.Db

/** Runs on a pool or on one of its clients, in the transaction that the client has open. */
export const wrapClient = (client: Pick<pg.ClientBase, 'query'>): BossDb => ({
  executeSql: (text: string, values?: unknown[]) => client.query(text, values as never[]),
})

/** Runs in a Payload transaction. */
export const wrapTransaction = ({ db }: Pick<Transaction, 'db'>): BossDb => ({
  executeSql: (text: string, values: unknown[] = []) => db.execute(toDrizzleSql(text, values)),
})

/**
 * pg-boss on our database. It neither polls nor schedules; jobs/engine does. Several instances may
 * maintain one database.
 */
export function createBoss(db: BossDb, options: Partial<PgBoss.ConstructorOptions> = {}): PgBoss {
  return new PgBoss({
    db,
    schema: SCHEMA,
    migrate: false,
    schedule: false,
    supervise: false,
    retentionDays: 365,
    archiveCompletedAfterSeconds: 3_600,
    archiveFailedAfterSeconds: 90 * 86_400,
    deleteAfterHours: 1,
    ...options,
  })
}

/** Converts text with `$1`, `$2`, … and its values to a drizzle statement. */
function toDrizzleSql(text: string, values: unknown[]): SQL {
  const parts = text
    .split(/\$(\d+)/)
    .map((part, index) =>
      index % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`,
    )
  return sql.join(parts)
}
