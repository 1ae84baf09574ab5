import { APIError, type Endpoint, type Payload } from 'payload'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { uuidInput } from '../../../src/domain/input-schemas.ts'
import { withTimeLimit } from '../../../src/egress/time-limit.ts'
import type { MarketSource } from '../domain/source.ts'
import type { MarketSettings } from '../options.ts'
import { findSubmittedCar, type SubmittedCar } from '../store/submissions.ts'
import { computeSince, createSourcePace } from '../tasks/fetch-market.ts'
import { EVALUATION_ANSWER, type EvaluationAnswer } from './api-schemas.ts'
import { findMarket } from './evaluate-vin.ts'
import { buildMarket, findCached } from './vin-evaluation.ts'

/** The time limit of a search in milliseconds. */
const TIMEOUT_MS = 20_000

/** GET /api/pending-submissions/:id/market */
export const SUBMISSION_MARKET = z.object({
  vin: z.string().nullable(),
  comparedAs: EVALUATION_ANSWER.shape.comparedAs,
  /** The market of such cars; null if none are known. */
  market: EVALUATION_ANSWER.shape.market,
  /** What was searched; null if nothing was. */
  source: z.string().nullable(),
  /** When the source was asked; null if it was not, or is ours. */
  at: z.iso.datetime().nullable(),
  /** Whether POST /api/vin-evaluation would ask a source that was not asked yet. */
  canEvaluate: z.boolean(),
})
export type SubmissionMarket = z.output<typeof SUBMISSION_MARKET>

type FoundMarket = Pick<SubmissionMarket, 'source' | 'at'> & {
  market: EvaluationAnswer['market']
}

/**
 * GET /api/pending-submissions/:id/market: what cars like a submitted one cost at its mileage. Asks
 * no paid source: it takes what an evaluation of the VIN found, or the stock of competitors.
 */
export const createSubmissionMarketEndpoint = (settings: MarketSettings): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/market',
    summary: 'Return the market price of a submitted car at its mileage',
    access: callers.staff('market data'),
    params: z.object({ id: uuidInput() }),
    response: describeJson('The market.', SUBMISSION_MARKET),
    refusals: [400, 401, 403, 404],
    handler: async ({ req: { payload } }, { params: { id } }) => {
      const car = await findSubmittedCar({ payload }, id)
      if (!car) throw new APIError('There is no such submission.', 404, undefined, true)
      const found = settings.vinSource
        ? await findEvaluated(payload, settings, car)
        : await searchStock(payload, settings, car)
      return {
        vin: car.vin || null,
        comparedAs: { trim: car.trim, mileage: car.miles },
        ...found,
        canEvaluate: settings.vinSource !== null && found.source === null && car.vin !== '',
      }
    },
  })

const NOTHING: FoundMarket = { market: null, source: null, at: null }

/** The market as the VIN was evaluated last, for this trim and mileage. */
async function findEvaluated(
  payload: Payload,
  settings: MarketSettings,
  car: SubmittedCar,
): Promise<FoundMarket> {
  const { vin, trim, miles: mileage } = car
  const found = await findCached({ payload }, { vin, trim, mileage })
  if (!found) return NOTHING
  const { market, source, cachedAt: at } = found
  return { market: market && buildMarket(car, market, settings), source, at }
}

/** The market among the cars that competitors have now. */
async function searchStock(
  payload: Payload,
  settings: MarketSettings,
  car: SubmittedCar,
): Promise<FoundMarket> {
  const since = computeSince(settings, new Date())
  const source = settings.getSource(payload, since)
  if (!source) return NOTHING
  const market = await search(payload, settings, source, { car, since })
  return { market: market && buildMarket(car, market, settings), source: source.name, at: null }
}

const search = (
  payload: Payload,
  settings: MarketSettings,
  source: MarketSource,
  { car, since }: { car: SubmittedCar; since: string },
) =>
  withTimeLimit({ milliseconds: TIMEOUT_MS }, (signal) => {
    const pace = createSourcePace(payload, settings, source)
    return findMarket(payload, settings, source, car, { since, pace, signal })
  })
