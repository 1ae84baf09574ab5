import { sql } from '@payloadcms/db-postgres'
import { APIError, type CollectionAfterChangeHook, type CollectionBeforeChangeHook } from 'payload'
import { getTransaction } from '../../src/database/transaction.ts'

/**
 * A vehicle's documents are moved to the trash and restored with it. Documents that were already in
 * the trash stay there: only the others are marked. Logs and schedules do not change;
 * rules.readRowsOfVehicles hides them.
 */
export const cascadeTrashToDocuments: CollectionAfterChangeHook = async ({
  doc,
  previousDoc,
  operation,
  req,
}) => {
  if (operation !== 'update' || Boolean(doc.deletedAt) === Boolean(previousDoc.deletedAt))
    return doc
  const { db } = getTransaction(req)
  await db.execute(
    doc.deletedAt
      ? sql`update documents set deleted_at = ${doc.deletedAt}, trashed_with_vehicle = true,
        updated_at = now()
          where vehicle_id = ${doc.id} and deleted_at is null`
      : sql`update documents set deleted_at = null, trashed_with_vehicle = false, updated_at = now()
          where vehicle_id = ${doc.id} and trashed_with_vehicle`,
  )
  return doc
}

/** A document cannot be restored while its vehicle is in the trash. */
export const checkDocumentRestore: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation === 'create' || !originalDoc.deletedAt || data['deletedAt']) return data
  const { db } = getTransaction(req)
  const found = await db.execute(
    sql`select title from vehicles where id = ${originalDoc.vehicle}
      and deleted_at is not null for no key update`,
  )
  const vehicle = found.rows[0]
  if (!vehicle) return { ...data, trashedWithVehicle: false }
  const message =
    `${String(vehicle['title'])} is in the trash. Restore the vehicle, and its documents ` +
    'are restored with it.'
  throw new APIError(message, 409, undefined, true)
}
