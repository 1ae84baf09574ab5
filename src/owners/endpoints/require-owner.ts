import { APIError, Forbidden, type PayloadRequest, UnauthorizedError } from 'payload'
import type { z } from 'zod'
import { type Account, findAccount, getIdentity } from '../../access/identity.ts'
import { countWrite } from '../../guards/owner-limits.ts'
import { countRequest, type LimitedRequest, createLimitError } from '../../guards/request-limits.ts'

/** Goes with every answer about an account: it is its owner's alone. */
export const NO_STORE = { 'cache-control': 'no-store' } as const

type Handler = (req: PayloadRequest, account: Account) => Promise<Response>

/**
 * A handler for every owner with an active account, whether they agreed to the terms or not. What
 * may change something is a write.
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
 * A handler for owners who may keep rows: those who have not agreed to the terms hear that they
 * have to.
 */
export const requireOwner = (handler: Handler) =>
  requireAccount(async (req, account) => {
    if (getIdentity(req).kind !== 'owner') throw new Forbidden(req.t)
    return handler(req, account)
  })

/** Counts a request of an account; 429 where it asked for this too often. */
export async function limitRequests(
  req: PayloadRequest,
  kind: LimitedRequest,
  { profile }: Account,
): Promise<void> {
  const exceeded = await countRequest(req.payload, kind, profile)
  if (exceeded) throw createLimitError(req, exceeded)
}

/**
 * The body of a request as `schema` takes it; `like` shows one in the refusal of another. No body
 * at all is `{}`.
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

/** What a text says as JSON; undefined when it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
