import type { PayloadRequest } from 'payload'
import type { Transaction } from '../database/transaction.ts'
import { withdraw } from '../submissions/answer.ts'
import { lockOpenSubmission } from './store/submissions.ts'

/**
 * Withdraws the open submission of a vehicle whose owner changes, with its history, and tells the
 * customer: they can no longer sell it.
 */
export async function withdrawVehicle(
  req: PayloadRequest,
  db: Transaction['db'],
  vehicle: string,
): Promise<void> {
  const id = await lockOpenSubmission(db, vehicle)
  if (id !== null) await withdraw(req, { id })
}
