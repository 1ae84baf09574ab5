import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { NO_STORE } from '../../../src/access/staff-check.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../../src/api/openapi/operation.ts'
import { loadOverview } from '../store/overview.ts'
import { OVERVIEW_ANSWER, type OverviewAnswer } from './api-schemas.ts'
import { requireMarketStaff } from './auth.ts'

/** The age of an analysis at which a car is stale: two sweeps have missed it. */
const STALE_DAYS = 7
const DEFAULT_LIMIT = 20
const LIMIT = /^\d{1,3}$/
const QUERY = z.object({
  limit: z.string().regex(LIMIT).optional().describe('1 to 100 per group; defaults to 20.'),
})

/**
 * GET /api/market/overview?limit=: counts the available cars by market position at their current
 * prices and lists them: those furthest from the market first, stale ones by the age of their
 * analysis, oldest first.
 */
export const overview: Endpoint = documentEndpoint(
  {
    summary:
      'Count the available cars by market position and list those furthest from the market price',
    audience: ['staff'],
    query: QUERY,
    responses: {
      200: describeJson('The market positions.', OVERVIEW_ANSWER),
      ...describeRefusals(400, 401, 403),
    },
  },
  {
    path: '/market/overview',
    method: 'get',
    handler: requireMarketStaff(async (req) => {
      const staleBefore = new Date(Date.now() - STALE_DAYS * 86_400_000).toISOString()
      const limit = parseLimit(req)
      const overview = await loadOverview({ payload: req.payload }, staleBefore, limit)
      const answer: OverviewAnswer = { ...overview, staleBefore }
      return Response.json(OVERVIEW_ANSWER.parse(answer), { headers: NO_STORE })
    }),
  },
)

function parseLimit({ searchParams }: PayloadRequest): number {
  const raw = searchParams.get('limit') ?? String(DEFAULT_LIMIT)
  if (LIMIT.test(raw) && Number(raw) >= 1 && Number(raw) <= 100) return Number(raw)
  throw new APIError(`The limit must be a number from 1 to 100, not "${raw.slice(0, 20)}".`, 400)
}
