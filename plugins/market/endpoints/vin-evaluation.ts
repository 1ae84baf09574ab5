import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { permissions } from '../../../src/access/permissions.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { lineInput } from '../../../src/domain/input-schemas.ts'
import { isWrittenAsVin, parseVin } from '../../../src/domain/vin.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson, REFUSAL } from '../../../src/api/openapi/operation.ts'
import { createSingleFlight } from '../adapters/single-flight.ts'
import { normalizeName, type Subject } from '../domain/listing.ts'
import { SourceError, type VinSource } from '../domain/source.ts'
import { toComparableRows } from '../domain/stored-analysis.ts'
import { computeConfidence } from '../domain/verdict.ts'
import type { MarketSettings } from '../options.ts'
import { findAnyEvaluation, findEvaluation, saveEvaluation } from '../store/vin-evaluations.ts'
import { createSourcePace } from '../tasks/fetch-market.ts'
import {
  EVALUATION_ANSWER,
  type EvaluationAnswer,
  VIN_EVALUATION,
  type VinEvaluation,
} from './api-schemas.ts'
import {
  type AdviceSettings,
  evaluatePosition,
  toAdviceAnswer,
  toFiguresAnswer,
  toIntervalAnswer,
} from './car-market.ts'
import { createDescription } from './car-sightings.ts'
import { buildSubject, evaluateVin, type VinRequest } from './evaluate-vin.ts'

const BODY = z.strictObject({
  vin: z.string().max(200),
  confirmVin: z.boolean().default(false),
  trim: lineInput().max(100).optional().describe('Replaces the trim that the VIN identifies.'),
  mileage: z.number().int().min(0).max(9_999_999).optional().describe('In miles.'),
  refresh: z
    .boolean()
    .default(false)
    .describe('Requests the data again instead of using the cache; for managers.'),
})
/** The number of days that an evaluation is cached. */
const CACHE_DAYS = 30
const SOURCE_ERRORS = {
  502: describeJson('The VIN source rejects requests from this server.', REFUSAL),
  503: describeJson(
    'The database or the VIN source is unavailable or busy; see Retry-After.',
    REFUSAL,
  ),
}

/** A cached evaluation with its source and times. */
type CachedEvaluation = VinEvaluation &
  Pick<EvaluationAnswer, 'source' | 'cachedAt' | 'expiresAt' | 'cached'>

/**
 * POST /api/vin-evaluation { vin, confirmVin?, trim?, mileage?, refresh? }: decodes a VIN and
 * returns the market of such cars at these miles, with suggested prices. Caches the result for
 * thirty days, separately for each trim and mileage. Concurrent requests share one paid request to
 * the source. Responds with 501 if no source is configured.
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
    inputErrors: { body: createBodyError },
    response: describeJson('The decoded car and its market.', EVALUATION_ANSWER),
    refusals: [400, 401, 403, 404, 501],
    otherResponses: SOURCE_ERRORS,
    handler: async ({ req }, { body }) => {
      if (body.refresh && !permissions.canManageLot({ req }))
        throw new APIError('Only managers and admins can refresh an evaluation.', 403)
      const { trim = null, mileage = null } = body
      const request = { vin: requireVin(body), trim: trim || null, mileage }
      const hit = await findCached(req, request)
      if (hit && !body.refresh) return buildAnswer(request, hit, settings)
      const { vinSource: source } = settings
      if (!source) throw new APIError('No VIN source is configured: set AUTODEV_API_KEY.', 501)
      const find = async () => {
        const found = await findCached(req, request)
        return body.refresh && found?.cachedAt === hit?.cachedAt ? null : found
      }
      const work = () => evaluateAgain(req, settings, source, request, body.refresh)
      const { pool } = getPostgresAdapter(req.payload)
      const name = `VIN ${request.vin} ${formatRequest(request)}`
      try {
        return buildAnswer(request, await singleFlight(pool, name, { find, work }), settings)
      } catch (error) {
        if (!(error instanceof SourceError)) throw error
        return buildSourceErrorResponse(req, settings, source, error)
      }
    },
  })

const createBodyError = () =>
  new APIError(
    'The body must be a JSON object such as { "vin": "1HGCM82633A004352", "mileage": 48000 }.',
    400,
  )

/** Evaluates a VIN and caches the result. A decoded VIN is not decoded again without a refresh. */
async function evaluateAgain(
  { payload }: PayloadRequest,
  settings: MarketSettings,
  source: VinSource,
  request: VinRequest,
  refresh: boolean,
): Promise<CachedEvaluation> {
  const { vin } = request
  const known = refresh ? null : await findAnyEvaluation({ payload }, vin)
  const read = VIN_EVALUATION.safeParse(known?.data)
  const evaluation = await evaluateVin(payload, settings, source, request, {
    vehicle: read.success ? read.data.vehicle : null,
  })
  if (!evaluation) throw new APIError(`${source.name} has no data for VIN ${vin}.`, 404)
  const times = await saveEvaluation(
    { payload },
    {
      vin,
      request: formatRequest(request),
      source: source.name,
      data: evaluation,
      days: CACHE_DAYS,
    },
  )
  return { ...evaluation, ...times, source: source.name, cached: false }
}

/** The key of a request in the cache: spellings of the same trim are one. */
const formatRequest = ({ trim, mileage }: VinRequest): string =>
  `${normalizeName(trim ?? '')} ${mileage ?? ''}`.trim()

function buildAnswer(
  request: VinRequest,
  { vehicle, market, source, cachedAt, expiresAt, cached }: CachedEvaluation,
  settings: AdviceSettings,
): EvaluationAnswer {
  const subject = buildSubject(vehicle, request)
  const answer: EvaluationAnswer = {
    vin: request.vin,
    vehicle,
    comparedAs: { trim: request.trim ?? vehicle.trim, mileage: request.mileage },
    market: subject && market && buildMarket(subject, market, settings),
    source,
    cachedAt,
    expiresAt,
    cached,
  }
  return EVALUATION_ANSWER.parse(answer)
}

/** The market of a car in the answer, with suggested prices. */
export function buildMarket(
  subject: Subject,
  { comparables, searched, complete }: NonNullable<VinEvaluation['market']>,
  settings: AdviceSettings,
): EvaluationAnswer['market'] {
  const position = evaluatePosition({ comparables, searched }, subject, settings)
  const { figures, tier } = position
  if (!figures) return null
  const describe = createDescription([], settings.position, new Date())
  return {
    ...toFiguresAnswer(figures),
    tier,
    interval: figures.interval ? toIntervalAnswer(figures.interval) : null,
    confidence: computeConfidence(figures),
    advice: toAdviceAnswer(position, { ...settings, costCents: null }),
    comparables: toComparableRows(figures).map((car) => ({ ...car, ...describe(car) })),
    complete,
  }
}

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
export async function findCached(
  { payload }: Pick<PayloadRequest, 'payload'>,
  request: VinRequest,
): Promise<CachedEvaluation | null> {
  const stored = await findEvaluation({ payload }, request.vin, formatRequest(request))
  const read = VIN_EVALUATION.safeParse(stored?.data)
  if (!stored || !read.success) return null
  const { source, cachedAt, expiresAt } = stored
  return { ...read.data, source, cachedAt, expiresAt, cached: true }
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
