import type { CollectionBeforeChangeHook } from 'payload'
import { findLimitedOwner } from '../../src/auth/rate-limits/owner-limits.ts'
import { checkVehicleLimit } from '../../src/auth/rate-limits/tier-limits.ts'

/** A vehicle that an owner adds or restores counts toward the limit of their tier. */
export const limitVehicles: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const isAdded = operation === 'create' || (originalDoc?.deletedAt && !data['deletedAt'])
  const owner = isAdded ? findLimitedOwner(req) : null
  if (owner !== null) await checkVehicleLimit(req, owner)
  return data
}
