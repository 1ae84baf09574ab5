import type { RequestHandler } from 'express'
import type { Payload, SanitizedConfig } from 'payload'
import type { ChangeFeed } from '../../cache/changes.ts'
import { createMemoryCache } from '../../cache/memory.ts'
import type { WriteTracker } from '../../database/request-writes.ts'
import type { DatabaseWatch } from '../../database/watch.ts'
import type { Settings } from '../../env.ts'
import type { Admission } from '../load/admission.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { formatRefusal } from '../../api/errors/refusal.ts'
import { sendWebResponse } from '../send-response.ts'
import { parsePublicRead } from './address.ts'
import { type PublicAnswer, sendAnswer } from './answer.ts'
import { createTotalCache } from './counts.ts'
import { PRIVATE, createPublicHeaders } from './headers.ts'
import { type Fill, createAnswerCache } from './cache-answers.ts'
import { createAnswerBuilder } from './build-answer.ts'
import { listPublicRoutes } from './routes.ts'

/** What is cached: everything, except in comparison measurements. */
export type PublicReadsOptions = { answers?: boolean; counts?: boolean }

type PublicReadsDependencies = {
  payload: Payload
  config: Promise<SanitizedConfig>
  settings: Settings
  watch: DatabaseWatch
  changes: ChangeFeed
  writes: WriteTracker
  metrics: Pick<Metrics, 'publicReads'>
  admission: Pick<Admission, 'admit'>
}

const ANSWER_BYTES = 64_000_000
/**
 * The estimated size of a cached response with its compressed forms, as a multiple of its own
 * bytes.
 */
const WITH_ENCODED = 1.6

/**
 * Answers anonymous reads of collections with `custom: { publicReads: true }`, and of endpoints
 * with shared answers: from memory, else with one statement, else with Payload's handler, and
 * always with the same bytes. Only responses that are not in memory need admission. Everything else
 * is passed to the next handler. A collection may set this if its public view depends only on its
 * own rows, whose changes a trigger reports (see the migration `tell_changes`).
 */
export function createPublicReads(
  dependencies: PublicReadsDependencies,
  options: PublicReadsOptions = {},
): RequestHandler {
  const { payload, settings, changes, metrics, admission } = dependencies
  const slugs = listPublicSlugs(payload)
  const routes = listPublicRoutes(payload)
  const { keep, make } = createReadCache(dependencies, slugs, options)
  const getHeaders = createPublicHeaders(settings.CORS_ORIGINS, settings.production)
  const sessionCookie = `${payload.config.cookiePrefix}-token`

  return async (req, res, next) => {
    const parsed = parsePublicRead(req, slugs, sessionCookie, routes)
    if (parsed && !parsed.anonymous) res.setHeaders(new Headers(PRIVATE))
    if (!parsed?.anonymous || !changes.isListening) return next()
    const filled: { refusal?: globalThis.Response; here?: true; shed?: true } = {}
    const answer = await keep(parsed.read, async () => {
      filled.here = true
      const seat = await admission.admit(req, res)
      if (!seat) filled.shed = true
      const result = seat && (await make(parsed.read, req, res).finally(seat.release))
      if (!result) return null
      if ('answer' in result) return result.answer
      filled.refusal = result.refusal
      return null
    })
    if (answer) metrics.publicReads.inc({ answer: filled.here ? 'made' : 'kept' })
    if (answer) return sendAnswer(answer, getHeaders(req), req, res)
    if (filled.shed) return
    // it waited for another request, which was refused: it needs its own error response
    if (!filled.refusal) return next()
    for (const [name, value] of Object.entries(getHeaders(req)))
      if (value !== undefined) res.setHeader(name, value)
    return sendWebResponse(await formatRefusal(filled.refusal), req, res)
  }
}

/**
 * Creates the cache of responses and totals, and the function that produces responses that are not
 * cached. Both are in memory, also where Redis is configured: it would take longer than the
 * statement of a list.
 */
function createReadCache(
  { settings, changes, ...dependencies }: PublicReadsDependencies,
  slugs: ReadonlySet<string>,
  { answers = true, counts = true }: PublicReadsOptions,
) {
  const answerCache = createMemoryCache<PublicAnswer>({
    bytes: ANSWER_BYTES,
    computeSize: ({ body }) => Math.ceil(body.byteLength * WITH_ENCODED),
  })
  const totals = counts ? createTotalCache() : null
  for (const cache of [answerCache, totals]) if (cache) changes.connect(cache)
  const publicOrigin = settings.publicOrigin
  const make = createAnswerBuilder({ ...dependencies, publicOrigin, slugs, totals })
  const keep = answers ? createAnswerCache(answerCache) : (_read: unknown, fill: Fill) => fill()
  return { keep, make }
}

function listPublicSlugs({ config }: Payload): ReadonlySet<string> {
  return new Set(
    config.collections
      .filter(({ custom }) => custom['publicReads'] === true)
      .map(({ slug }) => slug),
  )
}
