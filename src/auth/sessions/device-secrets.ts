import { pgTable, uuid, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * The secrets that sign the device cookies of accounts: one per account, created at its first
 * sign-in with a password and deleted when its password changes or it signs out everywhere. Not a
 * collection: it has no screen and no API.
 */
export const deviceSecrets = pgTable('device_secrets', {
  userId: uuid('user_id').primaryKey(),
  secret: varchar('secret', { length: 64 }).notNull(),
})
