import {
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  type Payload,
  type PayloadRequest,
} from 'payload'

/** Runs `work` in one transaction. An error rolls it back and is rethrown. */
export async function runInTransaction<Value>(
  payload: Payload,
  work: (tx: PayloadRequest) => Promise<Value>,
): Promise<Value> {
  const tx = await createLocalReq({}, payload)
  await initTransaction(tx)
  try {
    const value = await work(tx)
    await commitTransaction(tx)
    return value
  } catch (error) {
    await killTransaction(tx)
    throw error
  }
}
