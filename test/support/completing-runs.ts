import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type pg from 'pg'
import { claimPage, savePage } from '../../plugins/scraping/store/frontier.ts'
import { openRun } from '../../plugins/scraping/store/runs.ts'
import { completeRun } from '../../plugins/scraping/runs/complete-run.ts'
import type { DroppedListing, Listing } from '../../plugins/scraping/domain/pages.ts'
import { createTransactionSql, type Sql } from '../../plugins/scraping/store/sql.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import type { TestForecourt } from './forecourt.ts'
import { fillListing } from './listings.ts'
import { buildDay, saveCompetitor } from './scrape-room.ts'

/** What one page of a run gave. */
export type PageContents = {
  listings: Listing[]
  dropped?: DroppedListing[]
  total?: number | null
}

/** A car as a page shows it, by its number. */
export const buildListing = (number: number, about: Partial<Listing> = {}): Listing =>
  fillListing({
    vin: `1HGCV1F30MA${String(number).padStart(6, '0')}`,
    stockNumber: `A${number}`,
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    priceCents: 20_000_00 + number,
    mileage: 1_000,
    ...about,
  })
export const buildListings = (count: number, about: Partial<Listing> = {}) =>
  Array.from({ length: count }, (_, index) => buildListing(index + 1, about))

/** Runs of competitors as their tasks settle them, without a site. */
export function createRunHelpers(forecourt: () => TestForecourt) {
  /**
   * Statements of the room, as its tasks make them; in `client`’s transaction where one is given.
   */
  const sqlWith = (client?: pg.PoolClient) =>
    createTransactionSql({ db: drizzle(client ?? getPostgresAdapter(forecourt().payload).pool) })
  const sql: Sql = (text, values) => sqlWith()(text, values)
  const aCompetitor = async () => (await saveCompetitor(forecourt(), { name: 'Riverside' })).id

  /** A run whose pages gave this, read and not yet settled. */
  async function aRun(
    competitor: string,
    day: number,
    pages: readonly PageContents[],
  ): Promise<string> {
    const urls = pages.map((_, index) => ({ url: `https://riverside.example/used?page=${index}` }))
    const run = await openRun(sql, {
      competitor,
      now: buildDay(day),
      platform: 'Custom',
      firstRequests: urls,
    })
    for (const { listings, dropped = [], total = null } of pages) {
      const page = await claimPage(sql, run.id)
      await savePage(sql, run.id, page?.id ?? 0, {
        listings,
        dropped,
        total,
        next: [],
        status: 200,
        etag: null,
        body: '',
      })
    }
    return run.id
  }

  const complete = (statements: Sql, competitor: string, run: string, day: number) =>
    completeRun(statements, { competitor, run, at: buildDay(day), soldAfterDays: 0 })

  /** A run whose pages gave this, settled on a day. */
  const readAndComplete = async (competitor: string, day: number, ...pages: PageContents[]) =>
    complete(sql, competitor, await aRun(competitor, day, pages), day)

  return { sqlWith, sql, aCompetitor, aRun, settled: complete, read: readAndComplete }
}
