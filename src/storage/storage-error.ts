/**
 * Why a storage failed: it did not respond, it responded with an error of its own, it refused the
 * request (such as wrong credentials or a missing bucket), or it stored something else than was
 * sent.
 */
export type StorageFailure = 'unresponsive' | 'failing' | 'refused' | 'corrupt'

/** A storage on another server failed. The message names the storage, never a credential. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly failure: StorageFailure

  constructor(failure: StorageFailure, message: string, cause?: unknown) {
    super(message, { cause })
    this.failure = failure
  }
}

/** Whether the same request may succeed later without a change to the settings. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof StorageError && error.failure !== 'refused'
