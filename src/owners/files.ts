import type { Readable } from 'node:stream'

/** Where the bytes of a file are, as its row says. */
export type StoredFile = { bucket: string | null; key: string }

/** The port to the storage of owners' files. Both may be asked again for what they did before. */
export type OwnerFiles = {
  /** The bytes of a file; null when it is not there. */
  open: (file: StoredFile) => Promise<Readable | null>
  /** Removes a file; one that is not there is removed already. */
  remove: (file: StoredFile) => Promise<void>
}

/** What the product hands in until the garage stores files: no row names one. */
export const noFiles: OwnerFiles = {
  open: () => Promise.resolve(null),
  remove: ({ key }) =>
    Promise.reject(new Error(`No storage is configured that could remove the file ${key}.`)),
}
