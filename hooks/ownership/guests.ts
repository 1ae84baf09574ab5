import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionBeforeChangeHook,
  type CollectionBeforeDeleteHook,
  type CollectionBeforeValidateHook,
} from 'payload'
import { z } from 'zod'
import { getIdentity } from '../../src/access/identity.ts'
import { findGuest, findSharedVehicle } from '../../src/access/vehicle-access.ts'
import { getCollectionTable } from '../../src/database/tables.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { isUuid } from '../../src/fields/uuid.ts'
import { checkWriter, requireEditor } from '../../src/sharing/check-writer.ts'
import { getId } from '../garage/odometer.ts'

const VIEWER_ONLY =
  'This vehicle is shared with you as a viewer. Ask its owner to make you an editor.'

/**
 * A row that an editor adds to a shared vehicle belongs to the owner of the vehicle. `writtenBy`
 * records the guest who last wrote a row; it is empty after a write of the owner. Runs after
 * stampOwner.
 */
export const stampGuest: CollectionBeforeValidateHook = ({ data, operation, originalDoc, req }) => {
  if (operation === 'update') {
    const guest = findGuest(req, originalDoc.userId)
    if (guest !== null) return { ...data, writtenBy: guest }
    const identity = getIdentity(req)
    const isByOwner = identity.kind === 'owner' && identity.subject === originalDoc.userId
    return isByOwner ? { ...data, writtenBy: null } : data
  }
  const shared = findSharedVehicle(req, getId(data?.['vehicle']))
  const guest = shared && findGuest(req, shared.owner)
  if (!shared || guest === null) return { ...data, writtenBy: null }
  if (shared.role === 'viewer') throw new APIError(VIEWER_ONLY, 403, undefined, true)
  return { ...data, userId: shared.owner, writtenBy: guest }
}

/**
 * Refuses the write of a guest whose share ended, or became a viewer’s, since the request was
 * authenticated. Runs once the row is locked.
 */
export const checkGuest: CollectionBeforeChangeHook = async ({
  collection,
  data,
  originalDoc,
  req,
}) => {
  if (findGuest(req, data['userId']) === null) return data
  const vehicles =
    collection.slug === 'vehicles'
      ? [originalDoc?.id]
      : [getId(originalDoc?.vehicle), getId(data['vehicle'])]
  for (const vehicle of new Set(vehicles)) if (isUuid(vehicle)) await requireEditor(req, vehicle)
  return data
}

const ROW = z.object({ owner: z.string(), vehicle: z.string() })

/**
 * The same for the deletion of a row, also for a former owner, to whom the row belonged when the
 * access was checked.
 */
export const checkGuestOfDeletion: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  if (findGuest(req, null) === null) return
  const table = getCollectionTable(req.payload, collection.slug)
  const { rows } = await getTransaction(req).db.execute(sql`
    select user_id as owner, vehicle_id as vehicle from ${table.sql}
    where ${table.keySql} = ${id} for update`)
  if (rows[0]) await checkWriter(req, ROW.parse(rows[0]))
}
