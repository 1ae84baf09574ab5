import { sql } from '@payloadcms/db-postgres'
import {
  boolean,
  doublePrecision,
  index,
  integer,
  numeric,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from '@payloadcms/db-postgres/drizzle/pg-core'

const timestampColumn = (name: string) => timestamp(name, { withTimezone: true })

/**
 * One comparable car at one seller and one price, and from when to when a source showed it.
 * `listing` is the VIN, or the source's ID of a car without one; `place` is the seller, empty if
 * unknown; `make` and `model` are normalized names. A new price ends the row (`outcome` is
 * repriced) and starts another one. `missedAt` is when a complete search first did not find the
 * car; if a later one does not find it either, the row ends at that time (`outcome` is gone). `zip`
 * and `radiusMiles` are the area in which it was last found, null for everywhere.
 */
const marketSightings = pgTable(
  'market_sightings',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    source: text('source').notNull(),
    listing: text('listing').notNull(),
    place: text('place').notNull(),
    vin: varchar('vin', { length: 17 }),
    year: integer('year').notNull(),
    make: text('make').notNull(),
    model: text('model').notNull(),
    trim: text('trim'),
    drivetrain: text('drivetrain'),
    engine: text('engine'),
    isNew: boolean('is_new'),
    branded: boolean('branded').notNull(),
    price: numeric('price', { precision: 10, scale: 2 }).notNull(),
    miles: integer('miles'),
    city: text('city'),
    state: text('state'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    url: text('url'),
    zip: text('zip'),
    radiusMiles: integer('radius_miles'),
    listedAt: timestampColumn('listed_at'),
    firstSeenAt: timestampColumn('first_seen_at').notNull(),
    lastSeenAt: timestampColumn('last_seen_at').notNull(),
    missedAt: timestampColumn('missed_at'),
    endedAt: timestampColumn('ended_at'),
    outcome: text('outcome'),
  },
  ({ source, listing, place, make, model, year, endedAt, lastSeenAt }) => [
    uniqueIndex('market_sightings_current_idx')
      .on(source, listing, place)
      .where(sql`${endedAt} is null`),
    index('market_sightings_car_idx').on(make, model, year, lastSeenAt),
    index('market_sightings_listing_idx').on(listing, lastSeenAt),
  ],
)

/** The tables of the market room that have no collection. */
export const marketTables = { market_sightings: marketSightings }
