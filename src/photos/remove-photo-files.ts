import { createLocalReq, type Payload } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import type { FileStorage } from '../storage/file-storage.ts'
import { deleteRemovedPhotoFile, listRemovedPhotoFiles } from './store/photo-sizes.ts'

/** How many files are looked up at once. */
const BATCH = 100

/** Removes the bytes of sizes and banners whose row is gone. Returns how many there were. */
export async function removePhotoFiles(
  payload: Payload,
  storage: FileStorage,
  signal: AbortSignal,
): Promise<number> {
  const { db } = getTransaction(await createLocalReq({}, payload))
  let removed = 0
  for (;;) {
    const files = await listRemovedPhotoFiles(db, BATCH)
    for (const { id, key, isNamed } of files) {
      signal.throwIfAborted()
      if (!isNamed) {
        await storage.remove(key)
        removed++
      }
      await deleteRemovedPhotoFile(db, id)
    }
    if (files.length < BATCH) return removed
  }
}
