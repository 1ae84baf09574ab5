import { APIError, Forbidden, type PayloadRequest, UnauthorizedError } from 'payload'
import type { z } from 'zod'
import { type Account, findAccount, getIdentity } from '../../access/identity.ts'
import { countWrite } from '../../auth/rate-limits/owner-limits.ts'
import {
  countRequest,
  type LimitedRequest,
  createLimitError,
} from '../../auth/rate-limits/request-limits.ts'

/** The header for every response about an account, which is private to its owner. */
export const NO_STORE = { 'cache-control': 'no-store' } as const

type Handler = (req: PayloadRequest, account: Account) => Promise<Response>

/**
 * A handler for every owner with an active account, whether or not they agreed to the terms.
 * Requests that may change something count as writes.
 */
export const requireAccount =
  (handler: Handler) =>
  async (req: PayloadRequest): Promise<Response> => {
    const account = findAccount(req)
    if (account && !account.garageAdmin && req.method !== 'GET')
      await countWrite(req, account.subject)
    if (account) return handler(req, account)
    if (!req.user) throw new UnauthorizedError(req.t)
    throw new APIError('This endpoint is for owners, who authenticate with an access token.', 403)
  }

/**
 * A handler for owners who may have rows: those who have not agreed to the terms get an error that
 * explains how.
 */
export const requireOwner = (handler: Handler) =>
  requireAccount(async (req, account) => {
    if (getIdentity(req).kind !== 'owner') throw new Forbidden(req.t)
    return handler(req, account)
  })

/** Counts a request of an account; throws a 429 if there were too many. */
export async function limitRequests(
  req: PayloadRequest,
  kind: LimitedRequest,
  { profile }: Account,
): Promise<void> {
  const exceeded = await countRequest(req.payload, kind, profile)
  if (exceeded) throw createLimitError(req, exceeded)
}

/**
 * The body of a request, parsed with `schema`; the error for an invalid one shows an example. An
 * empty body is `{}`.
 */
export async function parseBody<Schema extends z.ZodType>(
  req: PayloadRequest,
  schema: Schema,
  example: string,
): Promise<z.output<Schema>> {
  const text = (await req.text?.())?.trim() ?? ''
  const body = schema.safeParse(text === '' ? {} : parseJson(text))
  if (body.success) return body.data
  const wrong = body.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  )
  throw new APIError(
    `The body must be JSON such as ${example}. ${wrong.join('; ')}.`.slice(0, 500),
    400,
  )
}

/** The JSON value of a text; undefined if it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
