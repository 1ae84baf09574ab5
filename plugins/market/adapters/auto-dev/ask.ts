import { type Dispatcher, fetch as undiciFetch } from 'undici'
import type { z } from 'zod'
import { retryAfterSeconds } from '../../../../src/domain/retry-after.ts'
import { type SourceRequest, SourceError } from '../../domain/source.ts'
import { PROBLEM } from './schema.ts'
import { callWhenSent } from './call-when-sent.ts'

/** What of `fetch` is used. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>
type FetchInit = { headers: Record<string, string>; redirect: 'error'; signal: AbortSignal; dispatcher: Dispatcher }
type FetchAnswer = { status: number; headers: { get: (name: string) => string | null }; body: unknown }

/** Where auto.dev is, how we sign in, and the milliseconds that one answer may take. */
export type Access = { url: string; key: string; fetch?: Fetch | undefined; patienceMs?: number | undefined }

type Question<Schema extends z.ZodType> = { path: string; params?: Record<string, string>; schema: Schema }

const PATIENCE_MS = 20_000
const MOST_BYTES = 5_000_000
/** How long to wait where it does not say for how long. */
const USUAL_WAIT_SECONDS = 60
const LONGEST_WAIT_SECONDS = 86_400

/**
 * Asks one question, in its turn. Answers null for a 404; throws SourceTrouble for everything but a 200 whose body is as it should be.
 * The key goes into a header and nowhere else: no address, no message.
 */
export async function ask<Schema extends z.ZodType>(
  access: Access,
  { path, params = {}, schema }: Question<Schema>,
  { signal, turn }: SourceRequest,
): Promise<z.output<Schema> | null> {
  const held = await turn()
  const url = `${access.url.replace(/\/$/, '')}${path}?${new URLSearchParams(params).toString()}`.replace(/\?$/, '')
  const sent = async () => held?.sent().catch(() => 'The turn ends with its lease.')
  const { answer, text } = await answerOf(access, url, { signal, sent }).finally(sent)
  if (answer.status === 404) return null
  const body = jsonOf(text)
  if (answer.status !== 200) throw troubleOf(access, answer, body)
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const [wrong] = read.error.issues
  throw new SourceError(
    'away',
    `auto.dev answered what can't be read: ${wrong?.path.join('.') || 'the body'} ${wrong?.message ?? ''}`,
  )
}

async function answerOf(
  { url: _, key, fetch = undiciFetch, patienceMs = PATIENCE_MS }: Access,
  url: string,
  { signal, sent }: { signal: AbortSignal; sent: () => Promise<unknown> },
) {
  try {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${key}`, accept: 'application/json' },
      redirect: 'error',
      dispatcher: callWhenSent(() => void sent()),
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    return { answer, text: await capped(answer.body) }
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw new SourceError('away', `auto.dev can't be asked: ${reasonOf(cause)}`, { cause })
  }
}

/** `fetch failed` says nothing; what it came from does. */
const reasonOf = (error: unknown): string => {
  const { message, cause } = error as { message?: string; cause?: { message?: string } }
  return cause?.message ?? message ?? String(error)
}

async function capped(body: unknown): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new Error(`it answered more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function troubleOf({ key }: Access, { status, headers }: FetchAnswer, body: unknown): SourceError {
  const { error, code, currentPlan, requiredPlan } = PROBLEM.catch({
    error: null,
    code: null,
    currentPlan: null,
    requiredPlan: null,
  }).parse(body)
  const said = [error, code && `(${code})`].filter(Boolean).join(' ').replaceAll(key, '…').slice(0, 300)
  const words = `${status}${said && `: ${said}`}`
  const waitSeconds = waitOf(headers.get('retry-after'))
  if (status === 429) {
    const wait = waitSeconds ?? USUAL_WAIT_SECONDS
    return new SourceError('busy', `auto.dev wants to be asked again in ${wait} s. It answered ${words}`, { waitSeconds: wait })
  }
  if (status === 402) {
    const plans = `The plan ${currentPlan ?? 'of AUTODEV_API_KEY'} does not have this${requiredPlan ? `; it takes ${requiredPlan}` : ''}.`
    return new SourceError('refused', `${plans} auto.dev answered ${words}`)
  }
  if (status === 401 || status === 403)
    return new SourceError('refused', `auto.dev does not take the key of AUTODEV_API_KEY. It answered ${words}`)
  if (status >= 400 && status < 500 && status !== 408) return new SourceError('refused', `auto.dev refused: it answered ${words}`)
  if (waitSeconds !== null)
    return new SourceError('busy', `auto.dev is away for ${waitSeconds} s. It answered ${words}`, { waitSeconds })
  return new SourceError('away', `auto.dev answered ${words}`)
}

/** Retry-After in seconds, whether it says seconds or a moment; null where it says neither. */
function waitOf(said: string | null): number | null {
  const seconds = retryAfterSeconds(said ?? undefined, new Date())
  return seconds === null ? null : Math.min(LONGEST_WAIT_SECONDS, Math.max(1, seconds))
}

/** What a text says as JSON; undefined when it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
