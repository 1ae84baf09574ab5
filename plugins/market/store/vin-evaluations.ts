import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import { toJsonText } from '../../../src/database/json-text.ts'
import { INSTANT, loadRows, type QueryContext } from './query.ts'

const TIMES = z.object({ cachedAt: INSTANT, expiresAt: INSTANT })

/** When an evaluation was cached, and when it expires. */
type CacheTimes = z.output<typeof TIMES>

const EVALUATION_ROW = TIMES.extend({
  data: z.unknown(),
  source: z.string(),
})

/** A cached evaluation. `data` is as stored, possibly by an older version. */
type StoredEvaluation = z.output<typeof EVALUATION_ROW>

/** The number of evaluations of one VIN that are kept, each for another request. */
const MAX_EVALUATIONS = 5

/** The evaluations in a row, by request; none in a row of an older version. */
const evaluations = sql`case when jsonb_typeof(cache.evaluation_data -> 'evaluations') = 'object'
  then cache.evaluation_data -> 'evaluations' else '{}'::jsonb end`

/**
 * Returns the cached evaluations of a VIN that have not expired, newest first: of one request, or
 * of any.
 */
const loadEvaluations = (
  context: QueryContext,
  vin: string,
  condition: SQL,
): Promise<StoredEvaluation[]> =>
  loadRows(
    context,
    EVALUATION_ROW,
    sql`
      select entry -> 'data' as data, coalesce(entry ->> 'source', '') as source,
        entry ->> 'cachedAt' as "cachedAt", entry ->> 'expiresAt' as "expiresAt"
      from vin_evaluation_cache cache, jsonb_each(${evaluations}) as each (request, entry)
      where cache.vin = ${vin} and cache.expires_at > now() and ${condition}
        and (entry ->> 'expiresAt')::timestamptz > now()
      order by entry ->> 'cachedAt' desc limit 1`,
  )

/**
 * Returns the cached evaluation of a VIN for one request; null if there is none, or if it has
 * expired.
 */
export async function findEvaluation(
  context: QueryContext,
  vin: string,
  request: string,
): Promise<StoredEvaluation | null> {
  const [evaluation] = await loadEvaluations(context, vin, sql`request = ${request}`)
  return evaluation ?? null
}

/** Returns the newest cached evaluation of a VIN for any request; null if there is none. */
export async function findAnyEvaluation(
  context: QueryContext,
  vin: string,
): Promise<StoredEvaluation | null> {
  const [evaluation] = await loadEvaluations(context, vin, sql`true`)
  return evaluation ?? null
}

/**
 * Caches an evaluation for this many days, and replaces the previous one of the VIN for the same
 * request. Keeps the newest ones for other requests.
 */
export async function saveEvaluation(
  context: QueryContext,
  evaluation: { vin: string; request: string; source: string; data: object; days: number },
): Promise<CacheTimes> {
  const { vin, request, source, data, days } = evaluation
  const cachedAt = sql`date_trunc('milliseconds', now())`
  const expiresAt = sql`(${cachedAt} + ${days} * interval '1 day')`
  const entry = sql`jsonb_build_object('data', ${toJsonText(data)}::jsonb,
    'source', ${source}::text, 'cachedAt', ${cachedAt}, 'expiresAt', ${expiresAt})`
  const [times] = await loadRows(
    context,
    TIMES,
    sql`
      insert into vin_evaluation_cache as cache
        (vin, evaluation_data, source, cached_at, expires_at)
      values (${vin},
        jsonb_build_object('evaluations', jsonb_build_object(${request}::text, ${entry})),
        ${source}, ${cachedAt}, ${expiresAt})
      on conflict (vin) do update set
        evaluation_data = jsonb_build_object('evaluations', (
          select coalesce(jsonb_object_agg(request, entry), '{}'::jsonb) from (
            select request, entry from jsonb_each(${evaluations}) as each (request, entry)
            where (entry ->> 'expiresAt')::timestamptz > now()
            order by entry ->> 'cachedAt' desc limit ${MAX_EVALUATIONS - 1}) as kept
          ) || (excluded.evaluation_data -> 'evaluations')),
        source = excluded.source,
        cached_at = excluded.cached_at,
        expires_at = excluded.expires_at
      returning cached_at as "cachedAt", expires_at as "expiresAt"`,
  )
  if (!times) throw new Error(`The evaluation of VIN ${vin} was not saved.`)
  return times
}
