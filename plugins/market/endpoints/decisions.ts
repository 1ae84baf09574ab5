import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { permissions } from '../../../src/access/permissions.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { centsToAmount } from '../../../src/domain/money.ts'
import {
  describeDecision,
  type OpenDecision,
  PROBLEMS,
  suggestStoredPrice,
  suitsGoal,
} from '../domain/decision.ts'
import type { MarketSettings } from '../options.ts'
import { loadDecisions } from '../store/decisions.ts'
import { DECISIONS_ANSWER, type Decision, type DecisionsAnswer } from './api-schemas.ts'
import { computeStaleBefore, LIMIT } from './overview.ts'

const DEFAULT_LIMIT = 20
const QUERY = z.object({
  limit: LIMIT.describe('1 to 100; defaults to 20.'),
  problem: z.enum(PROBLEMS).optional().describe('Only cars with this problem.'),
})

/**
 * GET /api/market/decisions?limit=&problem=: the available cars that need a decision, most urgent
 * first: what is wrong and which price is suggested. Cars in line with the market are not included.
 * The cost limits the suggestion only for callers who may see it.
 */
export const createDecisionsEndpoint = (settings: MarketSettings): Endpoint =>
  endpoint({
    method: 'get',
    path: '/market/decisions',
    summary: 'List the available cars whose price needs a decision, most urgent first',
    access: callers.staff('market data'),
    query: QUERY,
    inputErrors: { query: createQueryError },
    response: describeJson('The decisions to make.', DECISIONS_ANSWER),
    refusals: [400, 401, 403],
    handler: async ({ req }, { query: { limit = DEFAULT_LIMIT, problem = null } }) => {
      const now = new Date()
      const { bands, goal } = settings
      const { counts, decisions } = await loadDecisions(
        { payload: req.payload },
        {
          now: now.toISOString(),
          staleBefore: computeStaleBefore(now),
          bands,
          limit: Number(limit),
          problem,
        },
      )
      const mayUseCost = permissions.canSeeCost({ req })
      const answer: DecisionsAnswer = {
        total: Object.values(counts).reduce((sum, count) => sum + count, 0),
        counts,
        goal,
        decisions: decisions.map((decision) =>
          toDecisionAnswer(mayUseCost ? decision : { ...decision, costCents: null }, settings),
        ),
      }
      return DECISIONS_ANSWER.parse(answer)
    },
  })

function createQueryError({ limit, problem }: Record<string, unknown>): APIError {
  if (!QUERY.shape.limit.safeParse(limit).success)
    return new APIError(
      `The limit must be a number from 1 to 100, not "${String(limit).slice(0, 20)}".`,
      400,
    )
  const names = PROBLEMS.join(', ')
  return new APIError(
    `The problem must be one of ${names}, not "${String(problem).slice(0, 40)}".`,
    400,
  )
}

function toDecisionAnswer(decision: OpenDecision, settings: MarketSettings): Decision {
  const { cents, expectedCents, sampleSize } = decision
  const suggestion = suggestStoredPrice(decision, settings)
  const proposed = suitsGoal(decision, suggestion) ? null : suggestion
  return {
    car: {
      id: decision.id,
      title: decision.title,
      price: centsToAmount(cents),
      mileage: decision.miles,
      stockNumber: decision.stockNumber,
      daysOnLot: decision.daysOnLot,
    },
    problem: decision.problem,
    sentence: describeDecision(decision, settings, suggestion),
    expectedPrice: expectedCents === null ? null : centsToAmount(expectedCents),
    suggestedPrice: proposed && centsToAmount(proposed.cents),
    range: proposed && {
      low: centsToAmount(proposed.lowCents),
      high: centsToAmount(proposed.highCents),
    },
    priceToMarket: expectedCents === null ? null : Math.round((cents * 1000) / expectedCents) / 10,
    rank:
      expectedCents === null || sampleSize === null
        ? null
        : { position: decision.cheaper + 1, of: sampleSize + 1 },
    confidence: decision.confidence,
    sampleSize,
    analysedAt: decision.analysedAt,
  }
}
