import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { NO_STORE } from '../../../src/access/for-staff.ts'
import { transactionOf } from '../../../src/database/transaction.ts'
import { json, refusals, stated } from '../../../src/openapi/operation.ts'
import { OVERVIEW_ANSWER, type OverviewAnswer } from './answers.ts'
import { forStaff } from './asking.ts'

/** A car that two sweeps have left out is stale. */
const STALE_DAYS = 7
const USUAL_LIMIT = 20
const LIMIT = /^\d{1,3}$/
const ASKED = z.object({ limit: z.string().regex(LIMIT).optional().describe('1 to 100 of each group; 20 where nobody says.') })

type Group = 'overpriced' | 'underpriced' | 'stale' | 'no_data'
type Standing = OverviewAnswer['stale']['cars'][number]

/**
 * GET /api/market/overview?limit=: how many of the available cars stand where in the market at the price that they have now, and which
 * ones: those that are furthest off first, and the stale ones from the longest not analysed on.
 */
export const overview: Endpoint = stated(
  {
    summary: 'How many of the available cars stand where in the market, and which ones are furthest off',
    askers: ['staff'],
    query: ASKED,
    answers: { 200: json('Where they stand.', OVERVIEW_ANSWER), ...refusals(400, 401, 403) },
  },
  {
    path: '/market/overview',
    method: 'get',
    handler: forStaff(async (req) => {
      const staleBefore = new Date(Date.now() - STALE_DAYS * 86_400_000).toISOString()
      const limit = limitOf(req)
      const { rows } = await transactionOf({ payload: req.payload }).db.execute(standings(staleBefore, limit))
      const [counts] = rows
      const group = (name: Group) => ({
        count: Number(counts?.[`${name}_count`]),
        cars: (counts?.[`${name}_cars`] ?? []) as Standing[],
      })
      const answer: OverviewAnswer = {
        ...{ available: Number(counts?.['available']), competitive: Number(counts?.['competitive']) },
        ...{
          overpriced: group('overpriced'),
          underpriced: group('underpriced'),
          stale: group('stale'),
          noData: group('no_data'),
        },
        staleBefore,
      }
      return Response.json(OVERVIEW_ANSWER.parse(answer), { headers: NO_STORE })
    }),
  },
)

function limitOf({ searchParams }: PayloadRequest): number {
  const said = searchParams.get('limit') ?? String(USUAL_LIMIT)
  if (LIMIT.test(said) && Number(said) >= 1 && Number(said) <= 100) return Number(said)
  throw new APIError(`The limit has to be a number from 1 to 100, not "${said.slice(0, 20)}".`, 400)
}

/** As verdict.ts says it: beyond ten percent of what is expected, from five cars on. */
const standings = (staleBefore: string, limit: number) => sql`
  with standing as materialized (
    select car.id, coalesce(car.title, car.vin) as title, car.price, result.sample_size, result.last_analyzed_at,
      case when result.price_recommendation <> 'insufficient_data' and jsonb_typeof(result.search_parameters -> 'expectedPrice') = 'number'
        then (result.search_parameters ->> 'expectedPrice')::numeric end as expected
    from inventory car left join market_research_results result on result.inventory_id = car.id where car.status = 'available'),
  told as materialized (
    select *, abs(price - expected) / expected as off, json_build_object('id', id, 'title', title, 'price', price::float8,
      'expectedPrice', expected::float8, 'priceToMarket', round(price * 100 / expected, 1)::float8, 'sampleSize', sample_size,
      'analysedAt', to_char(last_analyzed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as said from standing)
  select (select count(*) from told) as available,
    (select count(*) from told where abs(price - expected) * 10 <= expected) as competitive,
    ${listed('overpriced', sql`price * 10 > expected * 11`, sql`off desc`, limit)},
    ${listed('underpriced', sql`price * 10 < expected * 9`, sql`off desc`, limit)},
    ${listed('stale', sql`last_analyzed_at < ${staleBefore}`, sql`last_analyzed_at`, limit)},
    ${listed('no_data', sql`expected is null`, sql`last_analyzed_at nulls first`, limit)}`

const listed = (name: Group, holds: ReturnType<typeof sql>, order: ReturnType<typeof sql>, limit: number) => sql`
  (select count(*) from told where ${holds}) as ${sql.identifier(`${name}_count`)},
  (select json_agg(said) from (select said from told where ${holds} order by ${order}, id limit ${limit}) few) as ${sql.identifier(`${name}_cars`)}`
