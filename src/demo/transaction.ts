import { sql } from '@payloadcms/db-postgres'
import {
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  type Payload,
  type PayloadRequest,
} from 'payload'
import { getTransaction } from '../database/transaction.ts'

/**
 * Runs `work` in one transaction. An error rolls it back and is rethrown. The database does not end
 * the transaction if the process is busy for a while: on a slow machine, the first start of the
 * panel can keep it busy for longer than other transactions may wait.
 */
export async function runInTransaction<Value>(
  payload: Payload,
  work: (tx: PayloadRequest) => Promise<Value>,
): Promise<Value> {
  const tx = await createLocalReq({}, payload)
  await initTransaction(tx)
  try {
    await getTransaction(tx).db.execute(sql`set local idle_in_transaction_session_timeout = 0`)
    const value = await work(tx)
    await commitTransaction(tx)
    return value
  } catch (error) {
    await killTransaction(tx)
    throw error
  }
}
