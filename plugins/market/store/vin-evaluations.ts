import { sql } from '@payloadcms/db-postgres'
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

/** Returns the cached evaluation of a VIN; null if there is none, or if it has expired. */
export async function findEvaluation(
  context: QueryContext,
  vin: string,
): Promise<StoredEvaluation | null> {
  const [evaluation] = await loadRows(
    context,
    EVALUATION_ROW,
    sql`
      select evaluation_data as data, coalesce(source, '') as source,
        cached_at as "cachedAt", expires_at as "expiresAt"
      from vin_evaluation_cache where vin = ${vin} and expires_at > now()`,
  )
  return evaluation ?? null
}

/** Caches an evaluation for this many days and replaces the previous one of the VIN. */
export async function saveEvaluation(
  context: QueryContext,
  evaluation: { vin: string; source: string; data: object; days: number },
): Promise<CacheTimes> {
  const { vin, source, data, days } = evaluation
  const [times] = await loadRows(
    context,
    TIMES,
    sql`
      insert into vin_evaluation_cache (vin, evaluation_data, source, cached_at, expires_at)
      values (${vin}, ${toJsonText(data)}::jsonb, ${source}, now(),
        now() + ${days} * interval '1 day')
      on conflict (vin) do update set
        evaluation_data = excluded.evaluation_data,
        source = excluded.source,
        cached_at = excluded.cached_at,
        expires_at = excluded.expires_at
      returning cached_at as "cachedAt", expires_at as "expiresAt"`,
  )
  if (!times) throw new Error(`The evaluation of VIN ${vin} was not saved.`)
  return times
}
