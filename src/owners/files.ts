import type { Readable } from 'node:stream'
import type { FileStorage } from '../storage/file-storage.ts'

/** The location of a file's bytes, according to its row. */
export type StoredFile = { bucket: string | null; key: string }

/** The port to the storage of owners' files. Both methods may be called again for the same file. */
export type OwnerFiles = {
  /** The bytes of a file; null if it does not exist. */
  open: (file: StoredFile) => Promise<Readable | null>
  /** Removes a file; a missing file counts as removed. */
  remove: (file: StoredFile) => Promise<void>
}

/** The bucket of a file whose row names none. */
const NO_BUCKET = 'files'

/** Owners' files in a storage: each bucket is a folder of it. */
export const createOwnerFiles = (storage: FileStorage): OwnerFiles => ({
  open: async (file) => (await storage.open(buildFileKey(file)))?.stream ?? null,
  remove: (file) => storage.remove(buildFileKey(file)),
})

/** The key of a file in the storage of owners' files. */
export const buildFileKey = ({ bucket, key }: StoredFile) => `${bucket ?? NO_BUCKET}/${key}`
