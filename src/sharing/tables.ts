import {
  boolean,
  index,
  pgTable,
  timestamp,
  unique,
  uuid,
  varchar,
} from '@payloadcms/db-postgres/drizzle/pg-core'

/** The vehicles, only as what these tables refer to: Payload builds the table itself. */
const vehicles = pgTable('vehicles', { id: uuid('id').primaryKey() })

const vehicleId = () =>
  uuid('vehicle_id')
    .notNull()
    .references(() => vehicles.id, { onDelete: 'cascade' })
const instant = (name: string) => timestamp(name, { withTimezone: true })

/**
 * The guests of vehicles, and those who are invited: `guestId`, the subject of a guest, is null
 * until the owner with the address accepts. The row is deleted when the share ends. Not a
 * collection: only the endpoints of this room write it.
 */
const vehicleShares = pgTable(
  'vehicle_shares',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    vehicleId: vehicleId(),
    email: varchar('email', { length: 255 }).notNull(),
    guestId: varchar('guest_id', { length: 255 }),
    role: varchar('role', { length: 10 }).notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
  },
  ({ vehicleId, email, guestId }) => [
    unique('vehicle_shares_vehicle_email_unique').on(vehicleId, email),
    unique('vehicle_shares_vehicle_guest_unique').on(vehicleId, guestId),
    index('vehicle_shares_guest_idx').on(guestId),
    index('vehicle_shares_email_idx').on(email),
  ],
)

/**
 * The open offers to transfer a vehicle, at most one for each. The row is deleted when the offer
 * is accepted, declined or withdrawn. Not a collection either.
 */
const vehicleTransfers = pgTable(
  'vehicle_transfers',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    vehicleId: vehicleId().unique('vehicle_transfers_vehicle_unique'),
    email: varchar('email', { length: 255 }).notNull(),
    withCosts: boolean('with_costs').notNull(),
    withDocuments: boolean('with_documents').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  ({ email }) => [index('vehicle_transfers_email_idx').on(email)],
)

/** The tables of sharing and transfer. */
export const sharingTables = {
  vehicle_shares: vehicleShares,
  vehicle_transfers: vehicleTransfers,
}
