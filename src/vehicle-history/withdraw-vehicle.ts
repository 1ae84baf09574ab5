import type { CollectionBeforeDeleteHook, CollectionConfig, PayloadRequest } from 'payload'
import { getTransaction, type Transaction } from '../database/transaction.ts'
import { withdraw } from '../submissions/answer.ts'
import { lockOpenSubmission } from './store/submissions.ts'

/**
 * Withdraws the open submission of a vehicle whose owner changes or that is deleted, with its
 * history, and tells the customer: they can no longer sell it.
 */
export async function withdrawVehicle(
  req: PayloadRequest,
  db: Transaction['db'],
  vehicle: string,
): Promise<void> {
  const id = await lockOpenSubmission(db, vehicle)
  if (id !== null) await withdraw(req, { id })
}

const withdrawDeleted: CollectionBeforeDeleteHook = ({ id, req }) =>
  withdrawVehicle(req, getTransaction(req).db, String(id))

/** The collection of vehicles, whose permanent deletion withdraws the open submission. */
export const withWithdrawnOffers = (vehicles: CollectionConfig): CollectionConfig => ({
  ...vehicles,
  hooks: {
    ...vehicles.hooks,
    beforeDelete: [...(vehicles.hooks?.beforeDelete ?? []), withdrawDeleted],
  },
})
