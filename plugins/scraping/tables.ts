import { sql } from '@payloadcms/db-postgres'
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from '@payloadcms/db-postgres/drizzle/pg-core'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const timestampColumn = (name: string) => timestamp(name, { withTimezone: true })

/** One scraped origin: the content of its robots.txt, and when it was read. */
const scrapeOrigins = pgTable('scrape_origins', {
  origin: text('origin').primaryKey(),
  robots: text('robots'),
  robotsStatus: integer('robots_status'),
  robotsAt: timestampColumn('robots_at'),
})

/**
 * One pass over a competitor's whole stock. `state` is fetching, applied, failed, quarantined or
 * discarded.
 */
const scrapeRuns = pgTable(
  'scrape_runs',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    competitorId: uuid('competitor_id').notNull(),
    state: text('state').notNull().default('fetching'),
    platform: text('platform'),
    startedAt: timestampColumn('started_at').notNull(),
    endedAt: timestampColumn('ended_at'),
    found: integer('found'),
    dropped: integer('dropped'),
    announced: integer('announced'),
    complete: boolean('complete'),
    unread: jsonb('unread'),
    changes: jsonb('changes'),
    errorType: text('error_type'),
    error: text('error'),
    decidedBy: uuid('decided_by'),
    decidedAt: timestampColumn('decided_at'),
  },
  ({ competitorId, startedAt, state }) => [
    index('scrape_runs_competitor_started_idx').on(competitorId, startedAt),
    uniqueIndex('scrape_runs_fetching_idx')
      .on(competitorId)
      .where(sql`${state} = 'fetching'`),
  ],
)

/**
 * One page of a run: the frontier. `state` is waiting, fetching or done; a worker that resumes a
 * run continues with the pages that are not done.
 */
const scrapeRequests = pgTable(
  'scrape_requests',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => scrapeRuns.id, { onDelete: 'cascade' }),
    urlKey: text('url_key').notNull(),
    request: jsonb('request').notNull(),
    state: text('state').notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    putOff: integer('put_off').notNull().default(0),
    leaseUntil: timestampColumn('lease_until'),
    fetchedAt: timestampColumn('fetched_at'),
    status: integer('status'),
    etag: text('etag'),
    sha256: text('sha256'),
    carsKey: text('cars_key'),
    repeats: boolean('repeats').notNull().default(false),
    announced: integer('announced'),
    dropped: jsonb('dropped'),
    error: text('error'),
  },
  ({ runId, urlKey }) => [uniqueIndex('scrape_requests_run_url_idx').on(runId, urlKey)],
)

/** A listing as found on a page of a run, until the run is completed. */
const scrapeFound = pgTable(
  'scrape_found',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => scrapeRuns.id, { onDelete: 'cascade' }),
    requestId: bigint('request_id', { mode: 'number' }).notNull(),
    listing: jsonb('listing').notNull(),
  },
  ({ runId }) => [index('scrape_found_run_idx').on(runId)],
)

/** The last content of a page, compressed, for sites that support conditional requests. */
const scrapePages = pgTable(
  'scrape_pages',
  {
    competitorId: uuid('competitor_id').notNull(),
    urlKey: text('url_key').notNull(),
    etag: text('etag'),
    lastModified: text('last_modified'),
    url: text('url').notNull(),
    contentType: text('content_type').notNull(),
    body: bytes('body').notNull(),
    storedAt: timestampColumn('stored_at').notNull().defaultNow(),
  },
  ({ competitorId, urlKey }) => [primaryKey({ columns: [competitorId, urlKey] })],
)

/**
 * A competitor's car that complete runs did not find: how many in a row, the first of them, and the
 * competitor that has the car now.
 */
const competitorAbsences = pgTable('competitor_absences', {
  carId: uuid('car_id').primaryKey(),
  missedRuns: integer('missed_runs').notNull(),
  missingSince: timestampColumn('missing_since').notNull(),
  movedTo: uuid('moved_to'),
})

/**
 * The tables of the room that are not collections, because no one edits them. Only the room writes
 * them.
 */
export const scrapeTables = {
  scrape_origins: scrapeOrigins,
  scrape_runs: scrapeRuns,
  scrape_requests: scrapeRequests,
  scrape_found: scrapeFound,
  scrape_pages: scrapePages,
  competitor_absences: competitorAbsences,
}
