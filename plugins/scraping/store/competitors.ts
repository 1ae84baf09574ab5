import type { PayloadRequest } from 'payload'
import type { Competitor as Row } from '../../../src/generated/payload-types.ts'
import type { JsonObject } from '../domain/json.ts'
import type { Competitor, RunFailure } from '../domain/runs.ts'
import { isConnectionFailure } from '../domain/scrape-failure.ts'
import type { Sql } from './sql.ts'

/** Finds a competitor by ID; returns null if there is none. */
export async function findCompetitor(req: PayloadRequest, id: string): Promise<Competitor | null> {
  const row = await req.payload.findByID({
    collection: 'competitors',
    id,
    depth: 0,
    joins: false,
    disableErrors: true,
    overrideAccess: true,
    req,
  })
  return row ? toCompetitor(row) : null
}

/**
 * Lists the competitors that are watched. `isAnswering` is whether the site responded in the last
 * run, or was never scraped.
 */
export async function listWatchedCompetitors(
  req: PayloadRequest,
): Promise<{ id: string; isAnswering: boolean }[]> {
  const { docs } = await req.payload.find({
    collection: 'competitors',
    where: { active: { equals: true } },
    select: { scrapeErrorType: true },
    depth: 0,
    joins: false,
    pagination: false,
    sort: 'name',
    overrideAccess: true,
    req,
  })
  return docs.map(({ id, scrapeErrorType }) => ({
    id,
    isAnswering: !isConnectionFailure(scrapeErrorType),
  }))
}

function toCompetitor({
  id,
  name,
  inventoryUrl,
  platformType,
  usePlaywright,
  scraperConfig,
  active,
}: Row): Competitor {
  return {
    id,
    name,
    inventoryUrl,
    platformType: platformType ?? null,
    usePlaywright: usePlaywright === true,
    scraperConfig: isObject(scraperConfig) ? scraperConfig : {},
    active: active !== false,
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Saves the outcome of the last run on the competitor, as of `at`. A success clears the previous
 * error.
 */
export async function saveRunOutcome(
  sql: Sql,
  competitor: string,
  at: Date,
  failure: RunFailure | null,
): Promise<void> {
  await sql(
    `update competitors set last_scraped_at = $2, scrape_error_type = $3, scrape_error = $4,
       last_successful_scrape_at = case when $3::text is null then $2
         else last_successful_scrape_at end where id = $1`,
    [competitor, at.toISOString(), failure?.type ?? null, failure?.message ?? null],
  )
}

/** Does the same for a run that was accepted after it ended: keeps the error of a later run. */
export async function saveAcceptedOutcome(
  sql: Sql,
  { competitor, at, failure }: { competitor: string; at: Date; failure: RunFailure | null },
): Promise<void> {
  const [later] = await sql('select from competitors where id = $1 and last_scraped_at > $2', [
    competitor,
    at.toISOString(),
  ])
  if (!later) return saveRunOutcome(sql, competitor, at, failure)
  if (failure === null)
    await sql('update competitors set last_successful_scrape_at = $2 where id = $1', [
      competitor,
      at.toISOString(),
    ])
}
