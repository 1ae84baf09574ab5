import {
  bigint,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
  varchar,
} from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * What a feed signs in with, and the key of its pull address. `password` and `privateKey` are
 * encrypted (`runs/feed-secrets.ts`); the key is only kept as its SHA-256.
 */
const feedSecrets = pgTable(
  'feed_secrets',
  {
    feed: varchar('feed', { length: 20 }).primaryKey(),
    password: text('password'),
    privateKey: text('private_key'),
    pullKeyHash: varchar('pull_key_hash', { length: 64 }),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  ({ pullKeyHash }) => [index('feed_secrets_pull_key_idx').on(pullKeyHash)],
)

/**
 * The cars in the file of a delivery, with prices in cents and the status they had: of the last
 * delivered one of each feed, and of those that wait for a manager or for being sent.
 */
const feedDeliveryCars = pgTable(
  'feed_delivery_cars',
  {
    deliveryId: uuid('delivery_id').notNull(),
    carId: uuid('car_id').notNull(),
    vin: varchar('vin', { length: 17 }).notNull(),
    price: bigint('price', { mode: 'number' }).notNull(),
    status: varchar('status', { length: 20 }).notNull().default('available'),
  },
  ({ deliveryId, carId }) => [primaryKey({ columns: [deliveryId, carId] })],
)

/** The tables of the exports room that have no collection. */
export const exportTables = { feed_secrets: feedSecrets, feed_delivery_cars: feedDeliveryCars }
