import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import type { MarketSettings } from '../options.ts'
import { loadOverview } from '../store/overview.ts'
import { OVERVIEW_ANSWER, type OverviewAnswer } from './api-schemas.ts'

/** The age of an analysis at which a car is stale: two sweeps have missed it. */
const STALE_DAYS = 7
const DEFAULT_LIMIT = 20

/** The maximum number of cars in a response. */
export const LIMIT = z
  .string()
  .regex(/^\d{1,3}$/)
  .refine((limit) => Number(limit) >= 1 && Number(limit) <= 100)
  .optional()

const QUERY = z.object({ limit: LIMIT.describe('1 to 100 per group; defaults to 20.') })

/** The time before which an analysis is outdated, as an instant in ISO 8601. */
export const computeStaleBefore = (now: Date): string =>
  new Date(now.getTime() - STALE_DAYS * 86_400_000).toISOString()

/**
 * GET /api/market/overview?limit=: counts the available cars by market position at their current
 * prices and lists them: those furthest from the market first, stale ones by the age of their
 * analysis, oldest first.
 */
export const createOverviewEndpoint = ({ bands }: Pick<MarketSettings, 'bands'>): Endpoint =>
  endpoint({
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
      const staleBefore = computeStaleBefore(new Date())
      const positions = await loadOverview(
        { payload: req.payload },
        { staleBefore, limit: Number(limit), bands },
      )
      const answer: OverviewAnswer = { ...positions, bands, staleBefore }
      return OVERVIEW_ANSWER.parse(answer)
    },
  })

function createLimitError({ limit }: Record<string, unknown>): APIError {
  const shown = String(limit).slice(0, 20)
  return new APIError(`The limit must be a number from 1 to 100, not "${shown}".`, 400)
}
