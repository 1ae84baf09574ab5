import type { Sql } from '../domain/runs.ts'
import type { ErrorType } from '../domain/scrape-failure.ts'

/** Why a run was incomplete or failed. */
export type RunFailure = { type: ErrorType; message: string }

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
