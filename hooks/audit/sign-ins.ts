import { sql } from '@payloadcms/db-postgres'
import type {
  CollectionAfterLoginHook,
  CollectionAfterLogoutHook,
  CollectionAfterOperationHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'
import { countedLines } from '../../src/audit/counted.ts'
import { writeActivity } from '../../src/audit/lines.ts'
import { originOf } from '../../src/audit/origin.ts'
import { postgresOf, transactionOf } from '../../src/database/transaction.ts'
import { maskedAccount } from '../../src/domain/trail-change.ts'
import { normalizeEmail } from '../../src/fields/text.ts'

/** What an attempt to sign in leaves in the request's context until it succeeds. */
const ATTEMPT = 'signInAttempt'

/** Notes who tries to sign in, so that a failure can be told. */
export const noteAttempt: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const email = operation === 'login' ? (args as { data?: { email?: unknown } }).data?.email : undefined
  if (typeof email === 'string') req.context[ATTEMPT] = email
  return args
}

/** The line of a sign-in, in the transaction that makes the session. */
export const writeSignIn: CollectionAfterLoginHook = async ({ collection, req, user }) => {
  delete req.context[ATTEMPT]
  await writeOwn(req, 'sign_in', collection.slug, user.id)
}

/** The line of a sign-out, in the transaction that ends the session. */
export const writeSignOut: CollectionAfterLogoutHook = async ({ collection, req }) => {
  if (req.user) await writeOwn(req, 'sign_out', collection.slug, req.user.id)
}

async function writeOwn(req: PayloadRequest, action: string, collection: string, id: string): Promise<void> {
  const line = { action, resourceType: collection, resource: id, change: {}, origin: originOf(req) }
  await writeActivity(transactionOf(req), id, line)
}

/** The line of an account that an admin unlocked after too many wrong passwords. Payload has committed it by then. */
export const writeUnlock: CollectionAfterOperationHook = async ({ args, collection, operation, req, result }) => {
  const email = operation === 'unlock' ? (args as { data?: { email?: unknown } }).data?.email : undefined
  if (typeof email !== 'string' || req.user?.collection !== 'users') return result
  const line = { action: 'unlock', resourceType: collection.slug, resource: await accountOf(req, email), change: {} }
  await writeActivity(transactionOf(req), req.user.id, { ...line, origin: originOf(req) })
  return result
}

/** The e-mail that somebody typed to sign in with and did not succeed; null when nobody tried. */
export function attemptOf(req: PayloadRequest): string | null {
  const attempt = (req.context as Record<string, unknown> | undefined)?.[ATTEMPT]
  return typeof attempt === 'string' ? attempt : null
}

/** The line of a sign-in that failed: about the account where there is one, else about what was typed, masked. */
export async function writeFailedSignIn(req: PayloadRequest, email: string, reason: string): Promise<void> {
  const account = await accountOf(req, email)
  const origin = originOf(req)
  const change = { ...(account === null && { account: maskedAccount(email) }), reason }
  const attempt = account === null ? { address: origin.address } : { account }
  await countedLines.failedSignIn(req.payload, attempt, {
    action: 'sign_in_failed',
    resourceType: 'users',
    resource: account,
    change,
    origin,
  })
}

async function accountOf({ payload }: PayloadRequest, email: string): Promise<string | null> {
  const { drizzle } = postgresOf(payload)
  const found = await drizzle.execute(sql`select id from users where email = ${normalizeEmail(email).replaceAll('\0', '')}`)
  return (found.rows[0]?.['id'] as string | undefined) ?? null
}
