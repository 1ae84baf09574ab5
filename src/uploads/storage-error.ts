import { statfs } from 'node:fs/promises'
import { APIError, FileUploadError, type PayloadRequest } from 'payload'
import { isTemporary } from '../storage/storage-error.ts'

/** Error codes for a full disk, or a used-up disk quota. */
const FULL = ['ENOSPC', 'EDQUOT']

/** Free bytes below which a disk counts as full, when a write failed without a reason. */
const MIN_FREE_BYTES = 1_000_000

/** A file that could not be stored because the disk is full (507). No part of it is stored. */
export class StorageFull extends APIError {
  constructor(cause: unknown) {
    super(
      'The file could not be stored: the disk of this server is full. Nothing was saved. ' +
        'Free some space there, then upload the file again.',
      507,
      undefined,
      true,
    )
    this.cause = cause
  }
}

/** Seconds after which a request that the storage failed should be repeated. */
const RETRY_SECONDS = 10

/** The storage of files, on another server, does not work now (503). Nothing was changed. */
export class StorageUnavailable extends APIError {
  constructor(cause: unknown) {
    super(
      'The storage of files is unavailable. Nothing was changed. Try again in ' +
        `${RETRY_SECONDS} seconds.`,
      503,
      undefined,
      true,
    )
    this.cause = cause
  }
}

/**
 * The error for the response to a request that the storage failed: StorageUnavailable, with a
 * Retry-After header, if it may succeed later; else `error`. Both are logged with their cause.
 */
export function toStorageResponseError(req: PayloadRequest, error: unknown): unknown {
  if (!isTemporary(error)) return error
  const headers = (req.responseHeaders ??= new Headers())
  headers.set('retry-after', String(RETRY_SECONDS))
  return new StorageUnavailable(error)
}

/**
 * The error for the response: StorageFull if the disk was full, else `error`. Payload reports each
 * failure of a file with one error without a cause, so for that one the free space of `folders` is
 * checked.
 */
export async function explainStorageError(
  error: unknown,
  folders: readonly string[],
): Promise<unknown> {
  if (isFull(error)) return new StorageFull(error)
  const unexplained =
    error instanceof FileUploadError &&
    (await Promise.all(folders.map(isAlmostFull))).includes(true)
  return unexplained ? new StorageFull(error) : error
}

/**
 * The error code of a file-system error, such as ENOSPC or EACCES; undefined for any other error.
 */
export function findFileErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error))
    return undefined
  const ofFile =
    'path' in error ||
    ['write', 'fsync', 'close', 'ftruncate', 'copy_file_range'].includes(String(error.syscall))
  return ofFile ? String(error.code) : undefined
}

const isFull = (error: unknown) => FULL.includes(findFileErrorCode(error) ?? '')

async function isAlmostFull(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize < MIN_FREE_BYTES
  } catch {
    return false
  }
}
