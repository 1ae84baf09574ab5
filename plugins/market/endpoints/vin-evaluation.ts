import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { NO_STORE } from '../../../src/access/for-staff.ts'
import { jsonText } from '../../../src/database/json-text.ts'
import { postgresOf, transactionOf } from '../../../src/database/transaction.ts'
import { isWrittenAsVin, parseVin } from '../../../src/domain/vin.ts'
import { json, REFUSAL, refusals, stated } from '../../../src/openapi/operation.ts'
import { flights } from '../adapters/one-flight.ts'
import { SourceError, type VinSource } from '../domain/source.ts'
import type { MarketSettings } from '../options.ts'
import { paceOfSource } from '../tasks/ask-market.ts'
import { EVALUATION, EVALUATION_ANSWER, type Evaluation, type EvaluationAnswer } from './answers.ts'
import { evaluate } from './evaluate.ts'
import { forStaff } from './asking.ts'

const BODY = z.strictObject({ vin: z.string().max(200), confirmVin: z.boolean().default(false) })
/** How many days an answer is kept. */
const KEPT_DAYS = 30
const TROUBLED = {
  502: json('The source of VINs refuses this server.', REFUSAL),
  503: json('The database or the source of VINs is away, or busy; Retry-After says when.', REFUSAL),
}

/**
 * POST /api/vin-evaluation { vin, confirmVin? }: what a car is, by its VIN, and what such cars are sold for. An answer is kept for thirty
 * days, and a source is asked, and paid, once for all who ask meanwhile. Without a source it is a 501.
 */
export const vinEvaluation = (settings: MarketSettings, oneFlight = flights()): Endpoint =>
  stated(
    {
      summary: 'What a car is, by its VIN, and what such cars are sold for',
      askers: ['staff'],
      body: BODY,
      answers: { 200: json('What it is.', EVALUATION_ANSWER), ...refusals(400, 401, 403, 404, 501), ...TROUBLED },
    },
    {
      path: '/vin-evaluation',
      method: 'post',
      handler: forStaff(async (req) => {
        const vin = await vinOf(req)
        const there = await kept(req, vin)
        if (there) return answerWith({ ...there, cached: true })
        const { vinSource: source } = settings
        if (!source) throw new APIError('There is no source that knows VINs: set AUTODEV_API_KEY.', 501)
        const work = async () => {
          const evaluation = await evaluate(req.payload, settings, source, vin)
          if (!evaluation) throw new APIError(`${source.name} does not know the VIN ${vin}.`, 404)
          return { ...(await keep(req, vin, source, evaluation)), cached: false }
        }
        try {
          const look = async () => kept(req, vin).then((found) => found && { ...found, cached: true })
          return answerWith(await oneFlight(postgresOf(req.payload).pool, `vin ${vin}`, { look, work }))
        } catch (error) {
          if (error instanceof SourceError) return troubled(req, settings, source, error)
          throw error
        }
      }),
    },
  )

const answerWith = (answer: EvaluationAnswer) => Response.json(EVALUATION_ANSWER.parse(answer), { headers: NO_STORE })

async function vinOf(req: PayloadRequest): Promise<string> {
  const body = BODY.safeParse(jsonOf((await req.text?.()) ?? ''))
  if (!body.success) throw new APIError('The body has to be a JSON object such as { "vin": "1HGCM82633A004352" }.', 400)
  const parsed = parseVin(body.data.vin, { confirmed: body.data.confirmVin })
  if ('problem' in parsed) throw new APIError(parsed.problem.message, 400)
  if (isWrittenAsVin(parsed.vin)) return parsed.vin
  throw new APIError(`vin ${parsed.vin} is a chassis number, and sources know cars by VINs of 17 characters alone.`, 400)
}

/** What a text says as JSON; undefined when it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The answer of the cache; null where there is none, or one that has expired or can't be read any more. */
async function kept({ payload }: PayloadRequest, vin: string): Promise<Omit<EvaluationAnswer, 'cached'> | null> {
  const { rows } = await transactionOf({ payload }).db.execute(sql`
    select evaluation_data, source, cached_at, expires_at from vin_evaluation_cache where vin = ${vin} and expires_at > now()`)
  const [row] = rows
  const read = EVALUATION.safeParse(row?.['evaluation_data'])
  if (!row || !read.success) return null
  return { ...read.data, vin, source: String(row['source']), ...momentsOf(row) }
}

/** Keeps an answer in the place of the one before. */
async function keep({ payload }: PayloadRequest, vin: string, { name: source }: VinSource, evaluation: Evaluation) {
  const { rows } = await transactionOf({ payload }).db.execute(sql`
    insert into vin_evaluation_cache (vin, evaluation_data, source, cached_at, expires_at)
    values (${vin}, ${jsonText(evaluation)}::jsonb, ${source}, now(), now() + ${KEPT_DAYS} * interval '1 day')
    on conflict (vin) do update set evaluation_data = excluded.evaluation_data, source = excluded.source,
      cached_at = excluded.cached_at, expires_at = excluded.expires_at returning cached_at, expires_at`)
  return { ...evaluation, vin, source, ...momentsOf(rows[0] ?? {}) }
}

const momentsOf = (row: Record<string, unknown>) => ({
  cachedAt: new Date(row['cached_at'] as string).toISOString(),
  expiresAt: new Date(row['expires_at'] as string).toISOString(),
})

/** A source that gave nothing: busy or away is a 503, with a moment to come back; one that refuses us is a 502. */
async function troubled({ payload }: PayloadRequest, settings: MarketSettings, source: VinSource, trouble: SourceError) {
  const { kind, message, waitSeconds } = trouble
  if (kind === 'busy') await paceOfSource(payload, settings, source).pause(waitSeconds ?? 60)
  const headers = { ...NO_STORE, ...(kind !== 'refused' && { 'retry-after': String(waitSeconds ?? 30) }) }
  return Response.json({ errors: [{ message }] }, { status: kind === 'refused' ? 502 : 503, headers })
}
