import { sql } from '@payloadcms/db-postgres/drizzle'
import type pg from 'pg'
import { type ConstructorOptions, type Db, fromDrizzle, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Transaction } from '../src/database/transaction.ts'

/** The database schema that holds the tables of pg-boss. */
export const SCHEMA = 'pgboss'

/** Runs a statement for pg-boss. */
export type BossDb = Db

/** Identifies one attempt at a job: pg-boss ignores calls for an attempt that has ended. */
export type JobAttempt = { id: string; retryCount: number }

/** How long pg-boss keeps a waiting job, and one that failed permanently, in seconds. */
export const RETENTION = {
  retentionSeconds: 365 * 86_400,
  deleteAfterSeconds: 90 * 86_400,
} as const

/** Runs on a pool or on one of its clients, in the transaction that the client has open. */
export const wrapClient = (client: Pick<pg.ClientBase, 'query'>): BossDb => ({
  executeSql: (text: string, values?: unknown[]) => client.query(text, values),
})

/** Runs in a Payload transaction. */
export const wrapTransaction = ({ db }: Pick<Transaction, 'db'>): BossDb => fromDrizzle(db, sql)

/**
 * pg-boss on our database. It neither polls nor schedules; jobs/engine does. Several instances may
 * maintain one database. The application's role does not own the tables, so pg-boss does not
 * rebuild their indexes.
 */
export function createBoss(db: BossDb, options: Partial<ConstructorOptions> = {}): PgBoss {
  return new PgBoss({
    db,
    schema: SCHEMA,
    migrate: false,
    schedule: false,
    supervise: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    ...options,
  })
}

const RESPONSE = z.object({ affected: z.number() })

/** Returns whether a call of pg-boss for one job had an effect; its types do not say that. */
export const hadEffect = (response: object): boolean => RESPONSE.parse(response).affected > 0
