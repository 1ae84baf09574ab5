import { type SQL, sql } from '@payloadcms/db-postgres/drizzle'
import type pg from 'pg'
import PgBoss from 'pg-boss'
import type { Transaction } from '../src/database/transaction.ts'

/** The schema of the database that pg-boss keeps its tables in. */
export const SCHEMA = 'pgboss'

/** Where pg-boss runs a statement. */
export type BossDb = PgBoss.Db

/** On a pool, or on one client of it: in whatever transaction that client has open. */
export const wrapClient = (client: Pick<pg.ClientBase, 'query'>): BossDb => ({
  executeSql: (text: string, values?: unknown[]) => client.query(text, values as never[]),
})

/** In a transaction of Payload's. */
export const wrapTransaction = ({ db }: Pick<Transaction, 'db'>): BossDb => ({
  executeSql: (text: string, values: unknown[] = []) => db.execute(toDrizzleSql(text, values)),
})

/**
 * pg-boss over a database of ours. It polls and keeps time for nobody: jobs/engine does. Several of
 * them may look after one database.
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

/** Text with `$1`, `$2`, … and its values, as drizzle takes a statement. */
function toDrizzleSql(text: string, values: unknown[]): SQL {
  const parts = text
    .split(/\$(\d+)/)
    .map((part, index) =>
      index % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`,
    )
  return sql.join(parts)
}
