import { bigint, integer, pgTable, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * How often an account or an address tried to sign in lately, or asked for what is limited
 * (src/guards): the table of rate-limiter-flexible. `expire` is in milliseconds since 1970. No
 * collection: nobody edits it, and a row is worth something for an hour at most.
 */
export const signInTries = pgTable('sign_in_tries', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  expire: bigint('expire', { mode: 'number' }),
})
