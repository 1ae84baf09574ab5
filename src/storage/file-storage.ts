import type { Readable } from 'node:stream'

/** A range of bytes, from `start` to `end`, both included and counted from 0. */
export type ByteRange = { start: number; end: number }

/** The size of a stored file in bytes, and when it was stored. */
export type FileInfo = { size: number; modifiedAt: Date }

/** A file of a list; its key is relative to its storage. */
export type ListedFile = FileInfo & { key: string }

/** A file that is being read: the bytes that were requested, and the facts of the whole file. */
export type OpenFile = FileInfo & { stream: Readable }

/**
 * The port to a place where files are kept. A key is a relative path such as `2026/photo.webp`; the
 * bytes under a key never change. Every method may be called again. Throws StorageError if the
 * storage fails, and the error of the operating system if a disk does.
 */
export type FileStorage = {
  /** What a message calls this storage, after "the", such as `folder /srv/media`. */
  readonly label: string
  /** Stores a file whole or not at all. When it returns, the file survives a power failure. */
  put: (key: string, source: Buffer | Readable) => Promise<void>
  /** The facts of a file; null if it does not exist. */
  head: (key: string) => Promise<FileInfo | null>
  /** Opens a file, or a range of its bytes; null if it does not exist. Destroy unread streams. */
  open: (key: string, range?: ByteRange) => Promise<OpenFile | null>
  /** Removes a file; a missing file counts as removed. */
  remove: (key: string) => Promise<void>
  /** Every file that is whole, in no particular order. */
  list: () => AsyncIterable<ListedFile>
  /** Removes what interrupted writes left behind before a time. Returns how many there were. */
  removeLeftovers: (before: Date) => Promise<number>
}

/**
 * Throws an error for a key that is not a relative path: it may come from a row, and must not lead
 * out of the storage.
 */
export function checkKey(key: string): void {
  const isPath = key.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
  if (!isPath || /[\0\\]/.test(key))
    throw new Error(
      `The file key ${JSON.stringify(key)} is not a relative path such as 2026/policy.pdf.`,
    )
}
