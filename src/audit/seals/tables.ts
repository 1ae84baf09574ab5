import {
  bigint,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from '@payloadcms/db-postgres/drizzle/pg-core'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const moment = (name: string) => timestamp(name, { withTimezone: true }).notNull()

/**
 * One seal over the audit entries that were written since the seal before it. `hash` is SHA-256
 * over the hash of the previous seal and the hashes of these entries; see `sealEntries`. Not a
 * collection: the task `seal-audit-log` writes it, and it is append-only.
 */
const auditSeals = pgTable('audit_seals', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
  sealedAt: moment('sealed_at').defaultNow(),
  /**
   * Every entry created before this moment, less a day for transactions that commit late, has been
   * sealed.
   */
  sealedThrough: moment('sealed_through'),
  entries: integer('entries').notNull(),
  hash: bytea('hash').notNull(),
})

/**
 * The hash of one audit entry as a seal found it. An entry is sealed again after a purge has
 * redacted it.
 */
const auditSealEntries = pgTable(
  'audit_seal_entries',
  {
    seal: bigint('seal', { mode: 'number' }).notNull(),
    log: text('log').notNull(),
    entry: uuid('entry').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entry, table.log, table.seal] }),
    index('audit_seal_entries_seal_idx').on(table.seal),
  ],
)

/**
 * An entry that `forecourt_blank_person()` redacted, and the audit entry that records the purge.
 * Written only by that function.
 */
const auditRedactions = pgTable(
  'audit_redactions',
  {
    log: text('log').notNull(),
    entry: uuid('entry').notNull(),
    purge: uuid('purge').notNull(),
    redactedAt: moment('redacted_at').defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.entry, table.log, table.purge] }),
    index('audit_redactions_redacted_at_idx').on(table.redactedAt),
  ],
)

/** The tables of the seals, by the names that they have in the database. */
export const auditSealTables = {
  audit_seals: auditSeals,
  audit_seal_entries: auditSealEntries,
  audit_redactions: auditRedactions,
}
