import type {
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
  SanitizedCollectionConfig,
} from 'payload'
import { getCollectionTable } from '../../src/database/tables.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { isUuid } from '../../src/fields/uuid.ts'
import { lockVehicleOfRow, lockVehicles } from '../../src/sharing/store/vehicles.ts'
import { getId } from '../garage/odometer.ts'

/**
 * Locks the vehicle of a row, both of a row that moves to another one, before the row itself is
 * locked: a transfer locks a vehicle and then its rows, so the opposite order would deadlock. Does
 * nothing in other collections.
 */
export const lockVehicleOfChange: CollectionBeforeChangeHook = async ({
  collection,
  data,
  originalDoc,
  req,
}) => {
  if (!isAboutVehicle(collection)) return data
  const vehicles = [getId(originalDoc?.vehicle), getId(data['vehicle'])].filter(isUuid)
  await lockVehicles(getTransaction(req).db, vehicles)
  return data
}

/** The same for a deletion. */
export const lockVehicleOfDeletion: CollectionBeforeDeleteHook = async ({
  collection,
  id,
  req,
}) => {
  if (!isAboutVehicle(collection)) return
  const { sql: table, keySql: key } = getCollectionTable(req.payload, collection.slug)
  await lockVehicleOfRow(getTransaction(req).db, { table, key, id })
}

/** Whether the rows of a collection belong to a vehicle. */
const isAboutVehicle = ({ flattenedFields }: SanitizedCollectionConfig): boolean =>
  flattenedFields.some(
    (field) => field.name === 'vehicle' && 'relationTo' in field && field.relationTo === 'vehicles',
  )
