import { commitTransaction, initTransaction, killTransaction, type PayloadRequest } from 'payload'
import { type Transaction, getTransaction } from '../database/transaction.ts'

/**
 * Does `work` in a transaction of the request, which Payload's Local API and mails join by `req`.
 * An error undoes it.
 */
export async function runInTransaction<Value>(
  req: PayloadRequest,
  work: (db: Transaction['db']) => Promise<Value>,
): Promise<Value> {
  const began = await initTransaction(req)
  try {
    const value = await work(getTransaction(req).db)
    if (began) await commitTransaction(req)
    return value
  } catch (error) {
    if (began) await killTransaction(req)
    throw error
  }
}
