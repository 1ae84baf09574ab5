import { type Dispatcher, fetch as undiciFetch } from 'undici'
import type { z } from 'zod'
import { parseRetryAfter } from '../../../../src/domain/retry-after.ts'
import { type SourceRequest, SourceError } from '../../domain/source.ts'
import { PROBLEM } from './schema.ts'
import { callWhenSent } from './call-when-sent.ts'

/** The subset of `fetch` that the client uses. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>
type FetchInit = {
  headers: Record<string, string>
  redirect: 'error'
  signal: AbortSignal
  dispatcher: Dispatcher
}
type FetchResponse = {
  status: number
  headers: { get: (name: string) => string | null }
  body: unknown
}

/** The base URL and key of auto.dev, and the timeout per response in milliseconds. */
export type AutoDevAccess = {
  url: string
  key: string
  fetch?: Fetch | undefined
  timeoutMs?: number | undefined
}

type RequestSpec<Schema extends z.ZodType> = {
  path: string
  params?: Record<string, string>
  schema: Schema
}

const TIMEOUT_MS = 20_000
const MAX_BYTES = 5_000_000
/** The wait if the response does not specify one. */
const DEFAULT_WAIT_SECONDS = 60
const MAX_WAIT_SECONDS = 86_400

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
  const slot = await acquireSlot()
  const url =
    `${access.url.replace(/\/$/, '')}${path}?${new URLSearchParams(params).toString()}`.replace(
      /\?$/,
      '',
    )
  const sent = async () => slot?.markSent().catch(() => 'The slot expires with its lease.')
  const { answer, text } = await fetchText(access, url, { signal, sent }).finally(sent)
  if (answer.status === 404) return null
  const body = parseJson(text)
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

async function fetchText(
  { url: _, key, fetch = undiciFetch, timeoutMs = TIMEOUT_MS }: AutoDevAccess,
  url: string,
  { signal, sent }: { signal: AbortSignal; sent: () => Promise<unknown> },
) {
  try {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${key}`, accept: 'application/json' },
      redirect: 'error',
      dispatcher: callWhenSent(() => void sent()),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    return { answer, text: await readLimited(answer.body) }
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw new SourceError('unavailable', `The request to auto.dev failed: ${getReason(cause)}`, {
      cause,
    })
  }
}

/** Returns the message of the cause of an error, because `fetch failed` is not helpful. */
const getReason = (error: unknown): string => {
  const { message, cause } = error as { message?: string; cause?: { message?: string } }
  return cause?.message ?? message ?? String(error)
}

async function readLimited(body: unknown): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new Error(`the response exceeds ${MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function buildSourceError(
  { key }: AutoDevAccess,
  { status, headers }: FetchResponse,
  body: unknown,
): SourceError {
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
  const waitSeconds = parseWaitSeconds(headers.get('retry-after'))
  if (status === 429) {
    const wait = waitSeconds ?? DEFAULT_WAIT_SECONDS
    return new SourceError(
      'busy',
      `auto.dev accepts the next request in ${wait} s. It responded with ${description}`,
      {
        waitSeconds: wait,
      },
    )
  }
  if (status === 402) {
    const plans =
      `The plan ${currentPlan ?? 'of AUTODEV_API_KEY'} does not include ` +
      `this${requiredPlan ? `; it requires ${requiredPlan}` : ''}.`
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
      `auto.dev is unavailable for ${waitSeconds} s. It responded with ${description}`,
      { waitSeconds },
    )
  return new SourceError('unavailable', `auto.dev responded with ${description}`)
}

/** Parses Retry-After, given in seconds or as a date, into seconds; null if it is neither. */
function parseWaitSeconds(retryAfter: string | null): number | null {
  const seconds = parseRetryAfter(retryAfter ?? undefined, new Date())
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
