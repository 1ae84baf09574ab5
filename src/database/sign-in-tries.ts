import { bigint, integer, pgTable, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * The recent sign-in attempts and other limited requests of each account and address
 * (src/auth/rate-limits): the table of rate-limiter-flexible. `expire` is in milliseconds since
 * 1970. Not a collection: no one edits it, and a row is relevant for an hour at most.
 */
export const signInTries = pgTable('sign_in_tries', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  expire: bigint('expire', { mode: 'number' }),
})
