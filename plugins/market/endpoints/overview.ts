import { sql } from '@payloadcms/db-postgres'
import { APIError } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../../src/database/transaction.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { OVERVIEW_ANSWER, type OverviewAnswer } from './api-schemas.ts'

/** The age of an analysis at which a car is stale: two sweeps have missed it. */
const STALE_DAYS = 7
const DEFAULT_LIMIT = 20
const QUERY = z.object({
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .refine((limit) => Number(limit) >= 1 && Number(limit) <= 100)
    .optional()
    .describe('1 to 100 per group; defaults to 20.'),
})

type Group = 'overpriced' | 'underpriced' | 'stale' | 'no_data'
type OverviewCar = OverviewAnswer['stale']['cars'][number]

/**
 * GET /api/market/overview?limit=: counts the available cars by market position at their current
 * prices and lists them: those furthest from the market first, stale ones by the age of their
 * analysis, oldest first.
 */
export const overview = endpoint({
  method: 'get',
  path: '/market/overview',
  summary:
    'Count the available cars by market position and list those furthest from the market price',
  access: callers.staff('market data'),
  query: QUERY,
  inputErrors: { query: createLimitError },
  response: describeJson('The market positions.', OVERVIEW_ANSWER),
  refusals: [400, 401, 403],
  handler: async ({ req }, { query: { limit = DEFAULT_LIMIT } }) => {
    const staleBefore = new Date(Date.now() - STALE_DAYS * 86_400_000).toISOString()
    const { rows } = await getTransaction({ payload: req.payload }).db.execute(
      buildOverviewQuery(staleBefore, Number(limit)),
    )
    const [counts] = rows
    const group = (name: Group) => ({
      count: Number(counts?.[`${name}_count`]),
      cars: (counts?.[`${name}_cars`] ?? []) as OverviewCar[],
    })
    const answer: OverviewAnswer = {
      available: Number(counts?.['available']),
      competitive: Number(counts?.['competitive']),
      overpriced: group('overpriced'),
      underpriced: group('underpriced'),
      stale: group('stale'),
      noData: group('no_data'),
      staleBefore,
    }
    return OVERVIEW_ANSWER.parse(answer)
  },
})

function createLimitError({ limit }: Record<string, unknown>): APIError {
  const shown = String(limit).slice(0, 20)
  return new APIError(`The limit must be a number from 1 to 100, not "${shown}".`, 400)
}

/**
 * Uses the same rules as verdict.ts: more than ten percent from the expected price, from five cars
 * on.
 */
const buildOverviewQuery = (staleBefore: string, limit: number) => {
  const overpriced = sql`price * 10 > expected * 11`
  const underpriced = sql`price * 10 < expected * 9`
  const stale = sql`last_analyzed_at < ${staleBefore}`
  const noData = sql`expected is null`
  const farthest = sql`off desc`
  const oldest = sql`last_analyzed_at`
  const neverFirst = sql`last_analyzed_at nulls first`
  return sql`
  with standing as materialized (
    select car.id, coalesce(car.title, car.vin) as title, car.price, result.sample_size,
      result.last_analyzed_at,
      case when result.price_recommendation <> 'insufficient_data'
        and jsonb_typeof(result.search_parameters -> 'expectedPrice') = 'number'
        then (result.search_parameters ->> 'expectedPrice')::numeric end as expected
    from inventory car left join market_research_results result on result.inventory_id = car.id
      where car.status = 'available'),
  told as materialized (
    select *, abs(price - expected) / expected as off, json_build_object('id', id, 'title', title,
      'price', price::float8,
      'expectedPrice', expected::float8, 'priceToMarket', round(price * 100 / expected, 1)::float8,
        'sampleSize', sample_size,
      'analysedAt', to_char(last_analyzed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        as said from standing)
  select (select count(*) from told) as available,
    (select count(*) from told where abs(price - expected) * 10 <= expected) as competitive,
    ${buildGroupColumns('overpriced', overpriced, farthest, limit)},
    ${buildGroupColumns('underpriced', underpriced, farthest, limit)},
    ${buildGroupColumns('stale', stale, oldest, limit)},
    ${buildGroupColumns('no_data', noData, neverFirst, limit)}`
}

const buildGroupColumns = (
  name: Group,
  condition: ReturnType<typeof sql>,
  order: ReturnType<typeof sql>,
  limit: number,
) => sql`
  (select count(*) from told where ${condition}) as ${sql.identifier(`${name}_count`)},
  (select json_agg(said) from (select said from told where ${condition}
    order by ${order}, id limit ${limit}) few) as ${sql.identifier(`${name}_cars`)}`
