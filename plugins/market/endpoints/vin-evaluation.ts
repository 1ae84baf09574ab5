import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { isWrittenAsVin, parseVin } from '../../../src/domain/vin.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson, REFUSAL } from '../../../src/api/openapi/operation.ts'
import { createSingleFlight } from '../adapters/single-flight.ts'
import { SourceError, type VinSource } from '../domain/source.ts'
import type { MarketSettings } from '../options.ts'
import { findEvaluation, saveEvaluation } from '../store/vin-evaluations.ts'
import { createSourcePace } from '../tasks/fetch-market.ts'
import {
  EVALUATION,
  EVALUATION_ANSWER,
  type Evaluation,
  type EvaluationAnswer,
} from './api-schemas.ts'
import { evaluateVin } from './evaluate-vin.ts'

const BODY = z.strictObject({ vin: z.string().max(200), confirmVin: z.boolean().default(false) })
/** The number of days that an evaluation is cached. */
const CACHE_DAYS = 30
const SOURCE_ERRORS = {
  502: describeJson('The VIN source rejects requests from this server.', REFUSAL),
  503: describeJson(
    'The database or the VIN source is unavailable or busy; see Retry-After.',
    REFUSAL,
  ),
}

/**
 * POST /api/vin-evaluation { vin, confirmVin? }: decodes a VIN and returns the asking prices of
 * such cars. Caches the result for thirty days. Concurrent requests for a VIN share one paid
 * request to the source. Responds with 501 if no source is configured.
 */
export const createVinEvaluationEndpoint = (
  settings: MarketSettings,
  singleFlight = createSingleFlight(),
): Endpoint =>
  endpoint({
    method: 'post',
    path: '/vin-evaluation',
    summary: 'Decode a VIN and estimate the market price',
    access: callers.staff('market data'),
    body: BODY,
    inputErrors: {
      body: () =>
        new APIError('The body must be a JSON object such as { "vin": "1HGCM82633A004352" }.', 400),
    },
    response: describeJson('The decoded car and its market price.', EVALUATION_ANSWER),
    refusals: [400, 401, 403, 404, 501],
    otherResponses: SOURCE_ERRORS,
    handler: async ({ req }, { body }) => {
      const vin = requireVin(body)
      const hit = await findCached(req, vin)
      if (hit) return parseAnswer({ ...hit, cached: true })
      const { vinSource: source } = settings
      if (!source) throw new APIError('No VIN source is configured: set AUTODEV_API_KEY.', 501)
      const work = async () => {
        const evaluation = await evaluateVin(req.payload, settings, source, vin)
        if (!evaluation) throw new APIError(`${source.name} has no data for VIN ${vin}.`, 404)
        return { ...(await saveToCache(req, vin, source, evaluation)), cached: false }
      }
      try {
        const find = async () =>
          findCached(req, vin).then((found) => found && { ...found, cached: true })
        return parseAnswer(
          await singleFlight(getPostgresAdapter(req.payload).pool, `VIN ${vin}`, { find, work }),
        )
      } catch (error) {
        if (error instanceof SourceError)
          return buildSourceErrorResponse(req, settings, source, error)
        throw error
      }
    },
  })

const parseAnswer = (answer: EvaluationAnswer) => EVALUATION_ANSWER.parse(answer)

/** The VIN of 17 characters. Throws 400 if it is not one. */
function requireVin({ vin, confirmVin }: z.output<typeof BODY>): string {
  const parsed = parseVin(vin, { confirmed: confirmVin })
  if ('problem' in parsed) throw new APIError(parsed.problem.message, 400)
  if (isWrittenAsVin(parsed.vin)) return parsed.vin
  throw new APIError(
    `${parsed.vin} is a chassis number; only 17-character VINs can be evaluated.`,
    400,
  )
}

/** Returns the cached evaluation; null if there is none, or if it has expired or is unreadable. */
async function findCached(
  { payload }: PayloadRequest,
  vin: string,
): Promise<Omit<EvaluationAnswer, 'cached'> | null> {
  const stored = await findEvaluation({ payload }, vin)
  const read = EVALUATION.safeParse(stored?.data)
  if (!stored || !read.success) return null
  const { source, cachedAt, expiresAt } = stored
  return { ...read.data, vin, source, cachedAt, expiresAt }
}

/** Saves an evaluation and replaces the previous one. */
async function saveToCache(
  { payload }: PayloadRequest,
  vin: string,
  { name: source }: VinSource,
  evaluation: Evaluation,
) {
  const entry = { vin, source, data: evaluation, days: CACHE_DAYS }
  const times = await saveEvaluation({ payload }, entry)
  return { ...evaluation, vin, source, ...times }
}

/**
 * Converts an error of the source to a response: 503 with Retry-After if the source is busy or
 * unavailable, 502 if it rejects our requests.
 */
async function buildSourceErrorResponse(
  { payload }: PayloadRequest,
  settings: MarketSettings,
  source: VinSource,
  error: SourceError,
) {
  const { kind, message, waitSeconds } = error
  if (kind === 'busy') await createSourcePace(payload, settings, source).pause(waitSeconds ?? 60)
  const errors = [{ message }]
  if (kind === 'rejected') return Response.json({ errors }, { status: 502 })
  const headers = { 'retry-after': String(waitSeconds ?? 30) }
  return Response.json({ errors }, { status: 503, headers })
}
