import { createLocalReq, type Payload } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import type { FileStorage } from '../storage/file-storage.ts'
import { isUploadName } from '../uploads/file-names.ts'
import type { SweptStorage } from '../uploads/sweep-storage.ts'
import { findNamedKeys } from './store/owner-files.ts'
import { deleteRemovedFile, listRemovedFiles } from './store/removed-files.ts'

/** How many files are looked up at once. */
const BATCH = 100

/** The folders of the storage whose files Forecourt names: those of owners and of submissions. */
const FOLDERS = ['files/', 'submissions/']

/** The files of owners and of submissions in a storage, for the sweep. */
export const buildOwnerSweep = (payload: Payload, storage: FileStorage): SweptStorage => ({
  storage,
  isOurs: (key) =>
    FOLDERS.some((folder) => key.startsWith(folder) && isUploadName(key.slice(folder.length))),
  findNamed: async (keys) => {
    const req = await createLocalReq({}, payload)
    return findNamedKeys(getTransaction(req).db, keys)
  },
  files: 'files of owners',
  setting: 'DATA_DIR',
})

/** Removes the bytes whose row is gone from a storage. Returns how many there were. */
export async function removeDeletedFiles(
  payload: Payload,
  storage: FileStorage,
  signal: AbortSignal,
): Promise<number> {
  const { db } = getTransaction(await createLocalReq({}, payload))
  let removed = 0
  for (;;) {
    const files = await listRemovedFiles(db, BATCH)
    for (const file of files) {
      signal.throwIfAborted()
      if (!file.isNamed && (await storage.head(file.key)) !== null) {
        await storage.remove(file.key)
        removed++
      }
      await deleteRemovedFile(db, file)
    }
    if (files.length < BATCH) return removed
  }
}
