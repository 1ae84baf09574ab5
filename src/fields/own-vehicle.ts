import { sql } from '@payloadcms/db-postgres'
import type { SingleRelationshipField, Validate, Where } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import { belongsTo } from './belongs-to.ts'
import { isUuid } from './uuid.ts'

/**
 * Which vehicle a row is about: one of the same owner's that is not in the trash, checked on every
 * write whoever asks. The vehicle is held until the write is done, so that it can't go to the trash
 * meanwhile. The row goes with its vehicle.
 */
export function ownVehicle(): SingleRelationshipField {
  const field = belongsTo('vehicle', 'vehicles', {
    required: true,
    index: true,
    column: { onDelete: 'cascade' },
    description: 'One of the same owner’s vehicles.',
  })
  return {
    ...field,
    filterOptions: ({ data }) => whereSameOwner(data as { userId?: unknown }),
    validate: checkOwnVehicle,
  }
}

/** What the panel offers: the vehicles of the owner who is picked. */
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
    `there is no vehicle ${id} among this owner’s. Theirs are listed at /api/vehicles`
  )
}
