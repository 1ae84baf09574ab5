import { pgTable, text, timestamp, uuid } from '@payloadcms/db-postgres/drizzle/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true })

/**
 * When any process may send the next request to an external server (src/egress/pacing.ts): not
 * before `nextFreeAt`, and not while `holder` has the slot until `heldUntil`. `pausedUntil` is the
 * earliest time that the server accepts. Not a collection: no one edits it, and a row is relevant
 * only briefly.
 */
export const requestSlots = pgTable('request_slots', {
  server: text('server').primaryKey(),
  nextFreeAt: instant('next_free_at').notNull(),
  holder: uuid('holder'),
  heldUntil: instant('held_until'),
  pausedUntil: instant('paused_until'),
})
