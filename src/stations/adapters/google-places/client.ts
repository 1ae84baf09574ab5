import type { z } from 'zod'
import { type CircuitBreaker, CircuitOpen } from '../../../egress/circuit-breaker.ts'
import type { Egress, EgressRequest, EgressResponse } from '../../../egress/egress.ts'
import { asEgressFailure } from '../../../egress/failure.ts'
import { getRequestedPause } from '../../../egress/retry-after.ts'
import { PlacesError } from '../../domain/places.ts'
import { PROBLEM } from './schema.ts'

/**
 * The base URL and key of Google Places, the client that sends the requests, and what keeps them
 * from it while it does not respond.
 */
export type PlacesAccess = {
  url: string
  key: string
  egress: Egress
  breaker: CircuitBreaker
}

/** A request with the fields that the response should have; they decide about its price. */
export type PlacesRequest<Schema extends z.ZodType> = {
  path: string
  fieldMask: string
  body?: object
  schema: Schema
  signal: AbortSignal | undefined
}

/** The pause after a quota error that does not specify one, in seconds. */
const QUOTA_PAUSE_SECONDS = 3_600
const MAX_PAUSE_SECONDS = 86_400

/**
 * Sends one request. Returns null for a 404; throws PlacesError for everything except a 200 with a
 * valid body. The key is only sent in a header and never appears in a URL or message.
 */
export async function requestPlaces<Schema extends z.ZodType>(
  access: PlacesAccess,
  { path, fieldMask, body, schema, signal }: PlacesRequest<Schema>,
): Promise<z.output<Schema> | null> {
  const answer = await sendWithKey(access, {
    url: `${access.url.replace(/\/$/, '')}${path}`,
    headers: {
      accept: 'application/json',
      'x-goog-fieldmask': fieldMask,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { method: 'POST' as const, body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  if (answer.status === 404) return null
  const json = parseJson(answer.body.toString('utf8'))
  if (answer.status !== 200) throw buildPlacesError(access, answer, json)
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new PlacesError(
    'unavailable',
    `Google Places returned an unreadable response: ${issue?.path.join('.') || 'the body'} ` +
      `${issue?.message ?? ''}`,
  )
}

/**
 * Sends one request with the key, and returns a redirect as a response. Throws PlacesError if there
 * is none, and the signal's reason.
 */
export async function sendWithKey(
  { egress, breaker, key }: PlacesAccess,
  request: EgressRequest,
): Promise<EgressResponse> {
  const headers = { ...request.headers, 'x-goog-api-key': key }
  return breaker
    .run(() => egress.send({ ...request, headers }))
    .catch((error: unknown) => {
      request.signal?.throwIfAborted()
      throw buildUnavailableError(error)
    })
}

/** The PlacesError for an error of the egress; other errors are returned unchanged. */
export function buildUnavailableError(error: unknown): unknown {
  const failure = asEgressFailure(error instanceof CircuitOpen ? error.cause : error)
  if (!failure) return error
  const skipped = error instanceof CircuitOpen ? 'did not respond to the last request: ' : ''
  return new PlacesError(
    'unavailable',
    `Google Places ${skipped || 'failed: '}${failure.message}`,
    {
      cause: error,
    },
  )
}

/** The PlacesError for a response with an error status. 429 and 403 pause all requests. */
export function buildPlacesError(
  { key }: Pick<PlacesAccess, 'key'>,
  answer: EgressResponse,
  json: unknown,
): PlacesError {
  const { status } = answer
  const { error } = PROBLEM.catch({ error: { status: '', message: '' } }).parse(json)
  const detail = [error.status, error.message].filter(Boolean).join(': ')
  const described = `${status}${detail && ` ${detail}`}`.replaceAll(key, '…').slice(0, 300)
  const pauseSeconds = clampPause(getRequestedPause(answer) ?? QUOTA_PAUSE_SECONDS)
  if (status === 429)
    return new PlacesError('limited', `The quota of Google Places is used up (${described}).`, {
      pauseSeconds,
    })
  if (status === 401 || status === 403)
    return new PlacesError(
      'rejected',
      `Google Places rejected the key in PLACES_API_KEY (${described}).`,
      { pauseSeconds },
    )
  return status >= 400 && status < 500
    ? new PlacesError('rejected', `Google Places rejected the request (${described}).`)
    : new PlacesError('unavailable', `Google Places responded with ${described}.`)
}

const clampPause = (seconds: number): number => Math.min(MAX_PAUSE_SECONDS, Math.max(1, seconds))

/** Parses JSON; returns undefined if the text is not valid JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
