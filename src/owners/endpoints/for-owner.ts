import { APIError, Forbidden, type PayloadRequest, UnauthorizedError } from 'payload'
import type { z } from 'zod'
import { type Account, accountOf, identityOf } from '../../access/identity.ts'
import { countWrite } from '../../guards/owner-limits.ts'
import { countRequest, type Limited, tooMany } from '../../guards/request-limits.ts'

/** Goes with every answer about an account: it is its owner's alone. */
export const NO_STORE = { 'cache-control': 'no-store' } as const

type Handler = (req: PayloadRequest, account: Account) => Promise<Response>

/** A handler for every owner with an active account, whether they agreed to the terms or not. What may change something is a write. */
export const forAccount =
  (handler: Handler) =>
  async (req: PayloadRequest): Promise<Response> => {
    const account = accountOf(req)
    if (account && !account.garageAdmin && req.method !== 'GET') await countWrite(req, account.subject)
    if (account) return handler(req, account)
    if (!req.user) throw new UnauthorizedError(req.t)
    throw new APIError('This is for owners, who come with an access token.', 403)
  }

/** A handler for owners who may keep rows: those who have not agreed to the terms hear that they have to. */
export const forOwner = (handler: Handler) =>
  forAccount(async (req, account) => {
    if (identityOf(req).kind !== 'owner') throw new Forbidden(req.t)
    return handler(req, account)
  })

/** Counts a request of an account; 429 where it asked for this too often. */
export async function limitRequests(req: PayloadRequest, kind: Limited, { profile }: Account): Promise<void> {
  const many = await countRequest(req.payload, kind, profile)
  if (many) throw tooMany(req, many)
}

/** The body of a request as `schema` takes it; `like` shows one in the refusal of another. No body at all is `{}`. */
export async function bodyOf<Schema extends z.ZodType>(
  req: PayloadRequest,
  schema: Schema,
  like: string,
): Promise<z.output<Schema>> {
  const text = (await req.text?.())?.trim() ?? ''
  const body = schema.safeParse(text === '' ? {} : jsonOf(text))
  if (body.success) return body.data
  const wrong = body.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
  throw new APIError(`The body has to be JSON such as ${like}. ${wrong.join('; ')}.`.slice(0, 500), 400)
}

/** What a text says as JSON; undefined when it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
