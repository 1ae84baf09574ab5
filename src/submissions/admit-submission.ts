import { APIError, type PayloadRequest } from 'payload'
import { getIdentity } from '../access/identity.ts'
import { getOrigin } from '../audit/origin.ts'
import { limitAddress, limitKey } from '../auth/rate-limits/request-limits.ts'
import { normalizeEmail } from '../fields/text.ts'
import { getService } from '../services.ts'
import type { Captcha } from './domain/captcha.ts'

declare module '../services.ts' {
  interface Services {
    /** Null if no captcha is configured. */
    captcha: Captcha | null
  }
}

/**
 * The header with the token that the page got from the captcha. It is not in the body, because a
 * repeated request with an `Idempotency-Key` has the same body, but may have a new token.
 */
export const CAPTCHA_HEADER = 'x-captcha-token'
const MAX_TOKEN_LENGTH = 5_000
const RETRY_SECONDS = 30

/** Admits a submission of anybody; see `admitPerson`. */
export const admitSubmission = (req: PayloadRequest): Promise<void> => admitPerson(req, 'submit')

/**
 * Admits a form that anybody may send, before its transaction begins: within the limit of the
 * address, and if a captcha is configured, by persons only. Staff are admitted. Throws a 429; a 400
 * without a valid token; a 503 while the captcha does not respond, because programs would otherwise
 * only have to wait for that.
 */
export async function admitPerson(req: PayloadRequest, kind: 'submit' | 'enquire'): Promise<void> {
  if (getIdentity(req).kind === 'staff') return
  await limitAddress(req, kind)
  const captcha = getService(req.payload, 'captcha')
  if (captcha) await requirePerson(req, captcha)
}

/**
 * Counts a submission whose mails go to this address, unless its sender is signed in: the address
 * may be a stranger's. Throws a 429 if it got too many.
 */
export async function limitRecipient(
  req: PayloadRequest,
  address: string | null | undefined,
): Promise<void> {
  if (!address || getIdentity(req).kind !== 'nobody') return
  await limitKey(req, 'submit:recipient', normalizeEmail(address))
}

async function requirePerson(req: PayloadRequest, captcha: Captcha): Promise<void> {
  const token = req.headers.get(CAPTCHA_HEADER)?.trim() ?? ''
  if (token === '' || token.length > MAX_TOKEN_LENGTH) throw refuseToken()
  const result = await captcha.verify(token, getOrigin(req).address)
  if (result === 'passed') return
  if (result === 'failed') throw refuseToken()
  req.payload.logger.error(`A form was refused (503). ${result.unavailable}`)
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('retry-after', String(RETRY_SECONDS))
  throw new APIError(UNAVAILABLE, 503, { retryAfter: RETRY_SECONDS }, true)
}

const refuseToken = () =>
  new APIError(
    `The captcha was not passed, or has expired. Solve it again, and send its token in the ` +
      `header ${CAPTCHA_HEADER}.`,
    400,
    undefined,
    true,
  )

const UNAVAILABLE = 'The captcha cannot be checked right now. Try again in a moment.'
