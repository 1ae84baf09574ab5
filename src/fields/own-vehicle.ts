import { sql } from '@payloadcms/db-postgres'
import type { SingleRelationshipField, Validate, Where } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import { belongsTo } from './belongs-to.ts'
import { isUuid } from './uuid.ts'

/**
 * The vehicle of a row: one of the same owner's vehicles that is not in the trash, checked on every
 * write by any caller. The vehicle is locked until the write commits, so that it cannot move to the
 * trash in between. The row is deleted with its vehicle.
 */
export function ownVehicle(): SingleRelationshipField {
  const field = belongsTo('vehicle', 'vehicles', {
    required: true,
    index: true,
    column: { onDelete: 'cascade' },
    description: 'A vehicle of the same owner.',
  })
  return {
    ...field,
    filterOptions: ({ data }) => whereSameOwner(data as { userId?: unknown }),
    validate: checkOwnVehicle,
  }
}

/** Limits the panel's choices to the vehicles of the selected owner. */
const whereSameOwner = ({ userId }: { userId?: unknown }): Where | true =>
  typeof userId === 'string' && userId !== '' ? { userId: { equals: userId } } : true

const checkOwnVehicle: Validate = async (value: unknown, { data, req }) => {
  if (value === null || value === undefined || value === '') return 'is required'
  const id = typeof value === 'object' && 'id' in value ? value.id : value
  if (!isUuid(id))
    return `must be the id of a vehicle, not ${String(JSON.stringify(id)).slice(0, 40)}`
  const { userId } = data as { userId?: unknown }
  const { db } = getTransaction(req)
  const found = await db.execute(
    sql`select 1 from vehicles where id = ${id} and user_id = ${String(userId)}
      and deleted_at is null for no key update`,
  )
  return (
    found.rows.length > 0 ||
    `${id} is not a vehicle of this owner. Their vehicles are listed at /api/vehicles`
  )
}
