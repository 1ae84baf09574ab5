import { sql } from '@payloadcms/db-postgres'
import { APIError, type CollectionBeforeChangeHook, type PayloadRequest } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { getTransaction } from '../../src/database/transaction.ts'

/**
 * The server sets when a report was created and removed. A removed report cannot be changed by its
 * owner (409); an admin may restore it, which clears the reason.
 */
export const stampReport: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const now = new Date().toISOString()
  if (operation === 'create') return { ...data, reportedAt: data['reportedAt'] ?? now }
  const before = await lockRemoval(req, originalDoc.id)
  const isOwnersAlone = permissions.isOwner({ req }) && !permissions.isAnyAdmin({ req })
  if (
    before.at &&
    isOwnersAlone &&
    (!data['removedAt'] || (data['removalReason'] ?? null) !== before.reason)
  )
    throw new APIError(
      `Report ${originalDoc.id} was already removed on ${before.at.slice(0, 10)} and cannot be ` +
        'changed or restored. Create a new report for the station instead.',
      409,
      undefined,
      true,
    )
  if (!data['removedAt']) return { ...data, removedAt: null, removalReason: null }
  return { ...data, removedAt: before.at ?? now }
}

/**
 * When and why a report was removed; the row is locked until the write is done, so that it is not
 * removed twice.
 */
async function lockRemoval(
  req: PayloadRequest,
  id: string,
): Promise<{ at: string | null; reason: unknown }> {
  const { db } = getTransaction(req)
  const found = await db.execute(
    sql`select removed_at, removal_reason from community_stations where id = ${id} for update`,
  )
  const { removed_at: at, removal_reason: reason } = found.rows[0] ?? {}
  return { at: at ? new Date(at as string).toISOString() : null, reason: reason ?? null }
}
