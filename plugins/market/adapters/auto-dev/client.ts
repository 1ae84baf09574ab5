import type { z } from 'zod'
import { type CircuitBreaker, CircuitOpen } from '../../../../src/egress/circuit-breaker.ts'
import type { Egress, EgressResponse } from '../../../../src/egress/egress.ts'
import { asEgressFailure } from '../../../../src/egress/failure.ts'
import { getRequestedPause } from '../../../../src/egress/retry-after.ts'
import { type SourceRequest, SourceError } from '../../domain/source.ts'
import { PROBLEM } from './schema.ts'

/**
 * The base URL and key of auto.dev, the client that sends the requests, and what keeps them from it
 * while it does not respond.
 */
export type AutoDevAccess = {
  url: string
  key: string
  egress: Egress
  breaker: CircuitBreaker
}

type RequestSpec<Schema extends z.ZodType> = {
  path: string
  params?: Record<string, string>
  schema: Schema
}

/** Whether an error means that a server did not respond in time. */
export const isTimeout = (error: unknown): boolean => asEgressFailure(error)?.kind === 'timeout'

/** The wait if the response does not specify one. */
const DEFAULT_WAIT_SECONDS = 60
const MAX_WAIT_SECONDS = 86_400

/**
 * The time after which a sent request is considered arrived if there is no response. A response
 * proves that it has arrived.
 */
const MAX_ARRIVAL_MS = 5_000

/**
 * Sends one request within the rate limit. Returns null for a 404; throws SourceError for
 * everything except a 200 with a valid body. The key is only sent in a header and never appears in
 * a URL or message.
 */
export async function requestJson<Schema extends z.ZodType>(
  access: AutoDevAccess,
  { path, params = {}, schema }: RequestSpec<Schema>,
  { signal, acquireSlot }: SourceRequest,
): Promise<z.output<Schema> | null> {
  const url =
    `${access.url.replace(/\/$/, '')}${path}?${new URLSearchParams(params).toString()}`.replace(
      /\?$/,
      '',
    )
  const answer = await sendPaced(access, url, { signal, acquireSlot })
  if (answer.status === 404) return null
  const body = parseJson(answer.body.toString('utf8'))
  if (answer.status !== 200) throw buildSourceError(access, answer, body)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new SourceError(
    'unavailable',
    `auto.dev returned an unreadable response: ${issue?.path.join('.') || 'the body'} ` +
      `${issue?.message ?? ''}`,
  )
}

/**
 * Sends a request in its slot and holds the slot until the request has arrived: gaps that start
 * when a request is sent would be shorter at the source, by the time that it took to arrive.
 */
async function sendPaced(
  access: AutoDevAccess,
  url: string,
  { signal, acquireSlot }: SourceRequest,
): Promise<EgressResponse> {
  try {
    access.breaker.check()
    const slot = await acquireSlot()
    const release = async () => slot?.release().catch(() => 'The slot expires with its lease.')
    let arrival: NodeJS.Timeout | undefined
    const onSent = () => void (arrival ??= setTimeout(() => void release(), MAX_ARRIVAL_MS))
    return await access.breaker
      .run(() => sendRequest(access, url, { signal, onSent }))
      .finally(() => clearTimeout(arrival))
      .finally(release)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error instanceof CircuitOpen || asEgressFailure(error)
      ? buildUnavailableError(error)
      : error
  }
}

const sendRequest = (
  { key, egress }: AutoDevAccess,
  url: string,
  options: { signal: AbortSignal; onSent: () => void },
): Promise<EgressResponse> =>
  egress.sendDirectly({
    url,
    headers: { authorization: `Bearer ${key}`, accept: 'application/json' },
    ...options,
  })

const buildUnavailableError = (cause: unknown): SourceError =>
  new SourceError(
    'unavailable',
    cause instanceof CircuitOpen
      ? `auto.dev did not respond to the last request, so none was sent: ${getReason(cause.cause)}`
      : `The request to auto.dev failed: ${getReason(cause)}`,
    { cause },
  )

/**
 * Returns the message of a timeout, which names the server and the time, or that of the cause of
 * another error, which names what the system reported.
 */
const getReason = (error: unknown): string => {
  const { message, cause } = error as { message?: string; cause?: { message?: string } }
  if (isTimeout(error)) return message ?? 'timeout'
  return cause?.message ?? message ?? String(error)
}

function buildSourceError(
  { key }: AutoDevAccess,
  answer: EgressResponse,
  body: unknown,
): SourceError {
  const { status } = answer
  const { error, code, currentPlan, requiredPlan } = PROBLEM.catch({
    error: null,
    code: null,
    currentPlan: null,
    requiredPlan: null,
  }).parse(body)
  const detail = [error, code && `(${code})`]
    .filter(Boolean)
    .join(' ')
    .replaceAll(key, '…')
    .slice(0, 300)
  const description = `${status}${detail && `: ${detail}`}`
  const waitSeconds = getWaitSeconds(answer)
  if (status === 429) {
    const wait = waitSeconds ?? DEFAULT_WAIT_SECONDS
    return new SourceError(
      'busy',
      `auto.dev will accept the next request in ${wait} s. It responded with ${description}`,
      {
        waitSeconds: wait,
      },
    )
  }
  if (status === 402) {
    const plans =
      `The ${currentPlan ? `${currentPlan} plan` : 'plan for AUTODEV_API_KEY'} does not include ` +
      `this feature${requiredPlan ? `, which requires the ${requiredPlan} plan` : ''}.`
    return new SourceError('rejected', `${plans} auto.dev responded with ${description}`)
  }
  if (status === 401 || status === 403)
    return new SourceError(
      'rejected',
      `auto.dev rejected the key in AUTODEV_API_KEY. It responded with ${description}`,
    )
  if (status >= 400 && status < 500 && status !== 408)
    return new SourceError(
      'rejected',
      `auto.dev rejected the request: it responded with ${description}`,
    )
  if (waitSeconds !== null)
    return new SourceError(
      'busy',
      `auto.dev will be unavailable for ${waitSeconds} s. It responded with ${description}`,
      { waitSeconds },
    )
  return new SourceError('unavailable', `auto.dev responded with ${description}`)
}

/** Returns the requested pause, at least a second and at most a day; null if there is none. */
function getWaitSeconds(answer: EgressResponse): number | null {
  const seconds = getRequestedPause(answer)
  return seconds === null ? null : Math.min(MAX_WAIT_SECONDS, Math.max(1, seconds))
}

/** Parses JSON; returns undefined if the text is not valid JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
