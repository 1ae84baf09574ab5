import { sql } from '@payloadcms/db-postgres'
import type {
  CollectionAfterLoginHook,
  CollectionAfterLogoutHook,
  CollectionAfterOperationHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'
import { aggregatedEntries } from '../../src/audit/aggregated-entries.ts'
import { writeActivity } from '../../src/audit/entries.ts'
import { getOrigin } from '../../src/audit/origin.ts'
import { getPostgresAdapter, getTransaction } from '../../src/database/transaction.ts'
import { maskAccount } from '../../src/domain/audit-change.ts'
import { normalizeEmail } from '../../src/fields/text.ts'

/** The context key for a sign-in attempt, until it succeeds. */
const ATTEMPT = 'signInAttempt'

/** Records who tries to sign in, so that a failure can be audited. */
export const recordSignInAttempt: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const email =
    operation === 'login' ? (args as { data?: { email?: unknown } }).data?.email : undefined
  if (typeof email === 'string') req.context[ATTEMPT] = email
  return args
}

/** The entry of a sign-in, in the transaction that creates the session. */
export const auditSignIn: CollectionAfterLoginHook = async ({ collection, req, user }) => {
  delete req.context[ATTEMPT]
  await writeOwnEntry(req, 'sign_in', collection.slug, user.id)
}

/** The entry of a sign-out, in the transaction that ends the session. */
export const auditSignOut: CollectionAfterLogoutHook = async ({ collection, req }) => {
  if (req.user) await writeOwnEntry(req, 'sign_out', collection.slug, req.user.id)
}

async function writeOwnEntry(
  req: PayloadRequest,
  action: string,
  collection: string,
  id: string,
): Promise<void> {
  const entry = {
    action,
    resourceType: collection,
    resource: id,
    change: {},
    origin: getOrigin(req),
  }
  await writeActivity(getTransaction(req), id, entry)
}

/**
 * The entry of an account that an admin unlocked after too many wrong passwords. Payload has
 * already committed the change.
 */
export const auditUnlock: CollectionAfterOperationHook = async ({
  args,
  collection,
  operation,
  req,
  result,
}) => {
  const email =
    operation === 'unlock' ? (args as { data?: { email?: unknown } }).data?.email : undefined
  if (typeof email !== 'string' || req.user?.collection !== 'users') return result
  const entry = {
    action: 'unlock',
    resourceType: collection.slug,
    resource: await findAccountId(req, email),
    change: {},
  }
  await writeActivity(getTransaction(req), req.user.id, { ...entry, origin: getOrigin(req) })
  return result
}

/** The e-mail address of a failed sign-in attempt; null if there was none. */
export function findSignInAttempt(req: PayloadRequest): string | null {
  const attempt = (req.context as Record<string, unknown> | undefined)?.[ATTEMPT]
  return typeof attempt === 'string' ? attempt : null
}

/**
 * The entry of a failed sign-in: about the account if it exists, else about the typed address,
 * masked.
 */
export async function auditFailedSignIn(
  req: PayloadRequest,
  email: string,
  reason: string,
): Promise<void> {
  const account = await findAccountId(req, email)
  const origin = getOrigin(req)
  const change = { ...(account === null && { account: maskAccount(email) }), reason }
  const attempt = account === null ? { address: origin.address } : { account }
  await aggregatedEntries.recordFailedSignIn(req.payload, attempt, {
    action: 'sign_in_failed',
    resourceType: 'users',
    resource: account,
    change,
    origin,
  })
}

async function findAccountId({ payload }: PayloadRequest, email: string): Promise<string | null> {
  const { drizzle } = getPostgresAdapter(payload)
  const found = await drizzle.execute(
    sql`select id from users where email = ${normalizeEmail(email).replaceAll('\0', '')}`,
  )
  return (found.rows[0]?.['id'] as string | undefined) ?? null
}
