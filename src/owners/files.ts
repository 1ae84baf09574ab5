import type { Readable } from 'node:stream'

/** The location of a file's bytes, according to its row. */
export type StoredFile = { bucket: string | null; key: string }

/** The port to the storage of owners' files. Both methods may be called again for the same file. */
export type OwnerFiles = {
  /** The bytes of a file; null if it does not exist. */
  open: (file: StoredFile) => Promise<Readable | null>
  /** Removes a file; a missing file counts as removed. */
  remove: (file: StoredFile) => Promise<void>
}

/** The storage used until the garage stores files: no row names one. */
export const noFiles: OwnerFiles = {
  open: () => Promise.resolve(null),
  remove: ({ key }) =>
    Promise.reject(new Error(`The file ${key} cannot be removed: no storage is configured.`)),
}
