import { sql } from '@payloadcms/db-postgres'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { getPostgresAdapter, getTransaction } from '../../database/transaction.ts'
import { getIdentity } from '../../access/identity.ts'
import type { Settings } from '../../env.ts'
import { getService } from '../../services.ts'
import type { TierLimits } from '../../domain/tier-limits.ts'
import { createTierError, findTierLimit, lockTierLimit } from './tier-limits.ts'

declare module '../../services.ts' {
  interface Services {
    ownerLimits: OwnerLimits
  }
}

/**
 * The limits of one owner: writes per minute over all processes, and total bytes of rows and files.
 * 0 turns a limit off. Tiers may have lower limits of their own.
 */
export type OwnerLimits = Readonly<{
  writesPerMinute: number
  storedBytes: number
  tiers: TierLimits
}>

/** The limits in the settings. */
export const readOwnerLimits = (
  settings: Pick<Settings, 'OWNER_WRITES_PER_MINUTE' | 'OWNER_STORED_MB' | 'TIER_LIMITS'>,
): OwnerLimits => ({
  writesPerMinute: settings.OWNER_WRITES_PER_MINUTE,
  storedBytes: settings.OWNER_STORED_MB * MEGABYTE,
  tiers: settings.TIER_LIMITS,
})

const MINUTE = 60
const MEGABYTE = 1_000_000
/**
 * How many bytes an update may add while the owner is over the limit: for example, the time when a
 * row was moved to the trash.
 */
const SMALL_GROWTH = 100
/** If an owner has more rows of differences than this, they are combined into one. */
const MAX_DIFFERENCES = 200

/**
 * The subject of the owner who sends the request; null for callers without limits: everyone else,
 * including garage admins.
 */
export function findLimitedOwner(req: PayloadRequest): string | null {
  const identity = getIdentity(req)
  return identity.kind === 'owner' && !identity.garageAdmin ? identity.subject : null
}

/** Counts one write of an owner. Throws a 429 with Retry-After. */
export async function countWrite(req: PayloadRequest, subject: string): Promise<void> {
  const { writesPerMinute } = getService(req.payload, 'ownerLimits')
  if (writesPerMinute === 0) return
  const limit = { max: writesPerMinute, seconds: MINUTE }
  const seconds = await getService(req.payload, 'rateLimiter').consume(
    req.payload,
    'owner:writes',
    limit,
    subject,
  )
  if (seconds === null) return
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('retry-after', String(seconds))
  const message =
    `You wrote ${writesPerMinute} rows within a minute, which is the limit. Try again in ` +
    `${seconds} s.`
  throw new APIError(message, 429, { retryAfter: seconds }, true)
}

/**
 * Checks an owner's storage, within the transaction of a write and after it. Throws 403 if the
 * owner is over the limit of their tier, or 413 if over that of the server, and this transaction
 * added to it, which undoes the write; reducing storage and moving a row to the trash stay
 * possible.
 */
export async function checkStorage(
  req: PayloadRequest,
  subject: string,
  isNew: boolean,
): Promise<void> {
  const limits = getService(req.payload, 'ownerLimits')
  const tier = await lockTierLimit(req, subject, 'storedMb')
  if (limits.storedBytes === 0 && tier === null) return
  const { rows } = await getTransaction(req).db.execute(sql`
    select coalesce(sum(bytes + file_bytes), 0)::float8 as stored, count(*)::int as differences,
      coalesce(sum(bytes + file_bytes) filter (where xmin = pg_current_xact_id()::xid), 0)::float8
        as added
    from owner_storage where user_id = ${subject}`)
  const { stored, added, differences } = rows[0] as {
    stored: number
    added: number
    differences: number
  }
  if (added > (isNew ? 0 : SMALL_GROWTH)) {
    if (tier !== null && stored > tier.max * MEGABYTE) throw createTierError(tier)
    if (limits.storedBytes > 0 && stored > limits.storedBytes)
      throw createStorageError(stored - added, limits)
  }
  if (differences > MAX_DIFFERENCES) void foldDifferences(req.payload, subject)
}

/** How many bytes an owner may store: the lower limit of the server and of their tier, or null. */
export async function findStorageLimit(
  req: PayloadRequest,
  subject: string,
): Promise<number | null> {
  const { storedBytes } = getService(req.payload, 'ownerLimits')
  const tier = await findTierLimit(req, subject, 'storedMb')
  const limits = [
    ...(storedBytes > 0 ? [storedBytes] : []),
    ...(tier === null ? [] : [tier.max * MEGABYTE]),
  ]
  return limits.length === 0 ? null : Math.min(...limits)
}

function createStorageError(stored: number, { storedBytes }: OwnerLimits): APIError {
  const message =
    `You have used ${formatMegabytes(stored)} of ${formatMegabytes(storedBytes)} MB, and ` +
    'this change would exceed the limit. Permanently delete what you no longer need, or ' +
    'reduce the size of this change.'
  return new APIError(message, 413, { storedBytes: stored, limitBytes: storedBytes }, true)
}

const formatMegabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1)

/**
 * One statement outside the current transaction, which is not awaited. If it fails, the next write
 * tries again.
 */
async function foldDifferences(payload: Payload, subject: string): Promise<void> {
  const fold = `
    with folded as (
      delete from owner_storage where ctid = any (array(select ctid from owner_storage
        where user_id = $1 for update skip locked))
      returning bytes, file_bytes)
    insert into owner_storage (user_id, bytes, file_bytes)
    select $1, sum(bytes), sum(file_bytes) from folded having count(*) > 0`
  await getPostgresAdapter(payload)
    .pool.query(fold, [subject])
    .catch((error: Error) =>
      payload.logger.warn({
        err: error,
        msg: 'The storage entries of an owner could not be combined into one row.',
      }),
    )
}
