import { APIError, type Payload, type PayloadRequest } from 'payload'
import type { Account } from '../../access/identity.ts'
import { getOrigin } from '../../audit/origin.ts'
import { getAddressBlock } from '../../domain/address-block.ts'
import type { RateLimit } from './rate-limiter.ts'
import { getService } from '../../services.ts'

const HOUR = 3_600
const TEN_MINUTES = 600

/**
 * The rate-limited requests, and the message for callers who exceed the limit. The first three,
 * `submit`, `enquire` and those of `:address` count by address, `calendar:feed`, `feed:pull` and
 * `submission:link` by what is read, `submit:recipient` by the mailbox that gets the mails,
 * `enquiry:person` by who is to be answered, and the others by account; `google-places` by account,
 * or by address without one.
 */
const LIMITS = {
  'sign-in:leave': {
    max: 100,
    seconds: TEN_MINUTES,
    message: 'Too many sign-in attempts were started from your IP address.',
  },
  'sign-in:return': {
    max: 100,
    seconds: TEN_MINUTES,
    message: 'Too many sign-in callbacks came from your IP address.',
  },
  'signed-in': {
    max: 600,
    seconds: TEN_MINUTES,
    message: 'Too many session requests from your IP address.',
  },
  'agree-to-terms': {
    max: 20,
    seconds: HOUR,
    message: 'You agreed to the terms too many times; once is enough.',
  },
  'verify-address': {
    max: 60,
    seconds: TEN_MINUTES,
    message: 'You checked too many times whether your e-mail address is verified.',
  },
  'resend-verification': {
    max: 5,
    seconds: HOUR,
    message: 'The verification e-mail was sent too many times. Check your spam folder, too.',
  },
  'change-email': {
    max: 10,
    seconds: HOUR,
    message: 'You changed the address for notifications too many times.',
  },
  'ask-deletion': {
    max: 10,
    seconds: HOUR,
    message: 'You requested the deletion of your account too many times; once is enough.',
  },
  'calendar-feed': {
    max: 20,
    seconds: HOUR,
    message: 'You created too many calendar addresses; one works until you replace it.',
  },
  'calendar:address': {
    max: 600,
    seconds: TEN_MINUTES,
    message: 'Too many calendars were requested from your IP address.',
  },
  'calendar:feed': {
    max: 60,
    seconds: TEN_MINUTES,
    message: 'This calendar was requested too many times.',
  },
  'offer-vehicle': {
    max: 30,
    seconds: HOUR,
    message: 'You shared or offered vehicles too many times.',
  },
  export: {
    max: 10,
    seconds: HOUR,
    message: 'You exported your data too many times; each export contains everything.',
  },
  'export-vehicle': {
    max: 100,
    seconds: HOUR,
    message: 'You exported vehicles too many times.',
  },
  import: {
    max: 60,
    seconds: HOUR,
    message: 'You imported too many files.',
  },
  'decode-vin': {
    max: 100,
    seconds: TEN_MINUTES,
    message: 'You decoded too many VINs.',
  },
  'find-recalls': {
    max: 100,
    seconds: TEN_MINUTES,
    message: 'You looked up recalls too many times.',
  },
  'report-station': {
    max: 30,
    seconds: HOUR,
    message: 'You reported too many stations.',
  },
  submit: {
    max: 60,
    seconds: HOUR,
    message: 'Too many cars were offered from your IP address.',
  },
  'submit:recipient': {
    max: 10,
    seconds: 24 * HOUR,
    message: 'Too many cars were offered with this e-mail address.',
  },
  enquire: {
    max: 30,
    seconds: HOUR,
    message: 'Too many enquiries came from your IP address.',
  },
  'enquiry:person': {
    max: 20,
    seconds: HOUR,
    message: 'Too many enquiries came from this e-mail address or phone number.',
  },
  'submission:address': {
    max: 100,
    seconds: TEN_MINUTES,
    message: 'Too many links that do not work were opened from your IP address.',
  },
  'submission:link': {
    max: 3_000,
    seconds: TEN_MINUTES,
    message: 'This submission was requested too many times.',
  },
  'feed:address': {
    max: 600,
    seconds: TEN_MINUTES,
    message: 'Too many feeds were requested from your IP address.',
  },
  'feed:pull': {
    max: 300,
    seconds: TEN_MINUTES,
    message: 'This feed was requested too many times.',
  },
  'test-feed': {
    max: 60,
    seconds: TEN_MINUTES,
    message: 'You tested connections too many times.',
  },
  'google-places': {
    max: 60,
    seconds: TEN_MINUTES,
    message: 'You requested data from Google Places too many times.',
  },
} satisfies Record<string, RateLimit & { message: string }>

/** What is counted. */
export type LimitedRequest = keyof typeof LIMITS

/** The error for too many requests of a kind, and the seconds until another is allowed. */
export type LimitExceeded = { message: string; seconds: number }

/** Counts one request of `who`, an address or an account; null if it is within the limit. */
export async function countRequest(
  payload: Payload,
  kind: LimitedRequest,
  key: string,
): Promise<LimitExceeded | null> {
  const { message, ...limit } = LIMITS[kind]
  const seconds = await getService(payload, 'rateLimiter').consume(
    payload,
    `request:${kind}`,
    limit,
    key,
  )
  return seconds === null ? null : { message, seconds }
}

/** Counts a request of an account. Throws a 429 if there were too many. */
export async function limitRequests(
  req: PayloadRequest,
  kind: LimitedRequest,
  { profile }: Account,
): Promise<void> {
  await limitKey(req, kind, profile)
}

/** Counts a request of the address that it comes from. Throws a 429 if there were too many. */
export const limitAddress = (req: PayloadRequest, kind: LimitedRequest): Promise<void> =>
  limitKey(req, kind, getAddressBlock(getOrigin(req).address ?? ''))

/** Counts a request of a key. Throws a 429 if there were too many. */
export async function limitKey(
  req: PayloadRequest,
  kind: LimitedRequest,
  key: string,
): Promise<void> {
  const exceeded = await countRequest(req.payload, kind, key)
  if (exceeded) throw createLimitError(req, exceeded)
}

/**
 * The 429 error, whose message and `Retry-After` give the time until another request is allowed.
 */
export function createLimitError(
  req: PayloadRequest,
  { message, seconds }: LimitExceeded,
): APIError {
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('retry-after', String(seconds))
  return new APIError(formatRetryMessage(message, seconds), 429, { retryAfter: seconds }, true)
}

/** A message with the time until a retry. */
export const formatRetryMessage = (message: string, seconds: number) =>
  `${message} Try again in ${Math.ceil(seconds / 60)} min.`
