import { integer, pgTable, timestamp, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * The last search of each area in Google Places: when, and how many places it returned. Not a
 * collection: searches write it, and the task `refresh-stations` removes old rows.
 */
const stationSearches = pgTable('station_searches', {
  area: varchar('area', { length: 40 }).primaryKey(),
  searchedAt: timestamp('searched_at', { withTimezone: true }).notNull(),
  found: integer('found').notNull(),
})

/** The tables about stations that have no collection. */
export const stationTables = { station_searches: stationSearches }
