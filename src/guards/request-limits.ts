import { APIError, type Payload, type PayloadRequest } from 'payload'
import { getRateLimiter, type RateLimit } from './rate-limiter.ts'

const HOUR = 3_600
const TEN_MINUTES = 600

/**
 * What may be asked for so often, and what is said to whoever asked more often. By address: the
 * first three; by account: the others.
 */
const LIMITS = {
  'sign-in:leave': {
    max: 100,
    seconds: TEN_MINUTES,
    message: 'Too many sign-ins were begun from your address.',
  },
  'sign-in:return': {
    max: 100,
    seconds: TEN_MINUTES,
    message: 'Too many sign-ins came back to your address.',
  },
  'signed-in': {
    max: 600,
    seconds: TEN_MINUTES,
    message: 'Your address asked too often who is signed in, or to sign out.',
  },
  'agree-to-terms': {
    max: 20,
    seconds: HOUR,
    message: 'You agreed to the terms too often; once is enough.',
  },
  'verify-address': {
    max: 60,
    seconds: TEN_MINUTES,
    message: 'Whether your address is verified was asked too often.',
  },
  'resend-verification': {
    max: 5,
    seconds: HOUR,
    message: 'The mail was sent again too often. Look among your unwanted mail, too.',
  },
  'change-email': {
    max: 10,
    seconds: HOUR,
    message: 'Another address for mails was named too often.',
  },
  'ask-deletion': {
    max: 10,
    seconds: HOUR,
    message: 'The deletion of the account was asked for too often; once is enough.',
  },
  export: {
    max: 10,
    seconds: HOUR,
    message: 'Your data was exported too often; each export holds everything.',
  },
} satisfies Record<string, RateLimit & { message: string }>

/** What is counted. */
export type LimitedRequest = keyof typeof LIMITS

/** Too many of a kind: what to say, and how many seconds until there may be another. */
export type LimitExceeded = { message: string; seconds: number }

/** Counts one request of `who`, an address or an account; null while there may be more. */
export async function countRequest(
  payload: Payload,
  kind: LimitedRequest,
  key: string,
): Promise<LimitExceeded | null> {
  const { message, ...limit } = LIMITS[kind]
  const seconds = await getRateLimiter(payload).consume(payload, `request:${kind}`, limit, key)
  return seconds === null ? null : { message, seconds }
}

/**
 * The refusal of one too many, which says in words and in `Retry-After` when there may be another.
 */
export function createLimitError(
  req: PayloadRequest,
  { message, seconds }: LimitExceeded,
): APIError {
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('retry-after', String(seconds))
  return new APIError(formatRetryMessage(message, seconds), 429, { retryAfter: seconds }, true)
}

/** What happened, and when to come back. */
export const formatRetryMessage = (message: string, seconds: number) =>
  `${message} Try again in ${Math.ceil(seconds / 60)} min.`
