import { pgTable, text, timestamp, uuid, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/** What a history belongs to. These tables are Payload's; here they only have a name and a key. */
const submissions = pgTable('pending_submissions', { id: uuid('id').primaryKey() })
const inventory = pgTable('inventory', { id: uuid('id').primaryKey() })

/**
 * The frozen histories that owners shared with their submissions, at most one each. `records` is
 * the JSON text that buyers get, `head` the hash of its last record; neither ever changes. A
 * history goes to the car when the submission is approved: `inventoryId` is null until then, and
 * again when another history of the same car takes its place. A trigger
 * (src/database/history-triggers.ts) deletes it when its submission is rejected or withdrawn. Not a
 * collection: nobody edits it.
 */
const sharedHistories = pgTable('shared_histories', {
  id: uuid('id').primaryKey().defaultRandom(),
  submissionId: uuid('submission_id')
    .notNull()
    .unique('shared_histories_submission_unique')
    .references(() => submissions.id, { onDelete: 'cascade' }),
  inventoryId: uuid('inventory_id')
    .unique('shared_histories_inventory_unique')
    .references(() => inventory.id, { onDelete: 'cascade' }),
  head: varchar('head', { length: 64 }).notNull(),
  records: text('records').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})

/** The tables of shared histories. */
export const historyTables = { shared_histories: sharedHistories }
