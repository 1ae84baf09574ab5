import { sql } from '@payloadcms/db-postgres'
import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'
import {
  describeTierLimit,
  hasTierLimit,
  parseTier,
  type SubscriptionTier,
  type TierLimit,
  type TierLimits,
} from '../../domain/tier-limits.ts'
import { getService } from '../../services.ts'

/** The limit of an owner's tier, and how much they have of what it limits. */
type Usage = {
  kind: TierLimit
  tier: SubscriptionTier
  max: number
}

/**
 * Checks before an owner gets one more vehicle that their tier allows it; those in the trash do not
 * count. Throws 403 with the code `tier_required`. Of concurrent writes of an owner, each counts
 * what the others added.
 */
export async function checkVehicleLimit(req: PayloadRequest, subject: string): Promise<void> {
  const usage = await lockTierLimit(req, subject, 'vehicles')
  if (usage === null) return
  const { rows } = await getTransaction(req).db.execute(sql`
    select count(*)::int as vehicles from vehicles
    where user_id = ${subject} and deleted_at is null`)
  const { vehicles } = z.object({ vehicles: z.number() }).parse(rows[0])
  if (vehicles >= usage.max) throw createTierError(usage)
}

/**
 * The limit of an owner's tier, which no other write of theirs checks until this transaction ends;
 * null if there is none.
 */
export async function lockTierLimit(
  req: PayloadRequest,
  subject: string,
  kind: TierLimit,
): Promise<Usage | null> {
  const limits: TierLimits = getService(req.payload, 'ownerLimits').tiers
  if (!hasTierLimit(limits, kind)) return null
  await getTransaction(req).db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`tier limits of ${subject}`}, 0))`,
  )
  return findTierLimit(req, subject, kind)
}

/** The limit of an owner's tier; null if there is none. */
export async function findTierLimit(
  req: PayloadRequest,
  subject: string,
  kind: TierLimit,
): Promise<Usage | null> {
  const limits: TierLimits = getService(req.payload, 'ownerLimits').tiers
  if (!hasTierLimit(limits, kind)) return null
  const { rows } = await getTransaction(req).db.execute(
    sql`select subscription_tier as tier from user_profiles where auth0_sub = ${subject}`,
  )
  const tier = parseTier(rows[0]?.['tier'])
  const max = limits[tier]?.[kind]
  return max === undefined ? null : { kind, tier, max }
}

/** The 403 for an owner whose tier does not allow more. */
export function createTierError({ kind, tier, max }: Usage): APIError {
  const data = { code: 'tier_required', limit: kind, tier, allowed: max }
  return new APIError(describeTierLimit(kind, tier, max), 403, data, true)
}
