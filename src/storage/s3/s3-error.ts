import { S3ServiceException } from '@aws-sdk/client-s3'
import { describeNetworkError } from '../../domain/system-error.ts'
import { CircuitOpen } from '../../egress/circuit-breaker.ts'
import { StorageError } from '../storage-error.ts'

/** Whether S3 responded that an upload in parts has ended in the meantime. */
export const isEndedUpload = (error: unknown): boolean =>
  error instanceof StorageError &&
  error.cause instanceof S3ServiceException &&
  error.cause.name === 'NoSuchUpload'

/** The names that S3 gives a missing object; a missing bucket has another one. */
const MISSING = ['NoSuchKey', 'NotFound']

/** Whether S3 responded that an object does not exist. */
export const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && MISSING.includes(error.name)

/** The bytes to store could not be read, so the failure is not one of S3. */
export class SourceFailed extends Error {
  override readonly name = 'SourceFailed'
  constructor(cause: unknown) {
    super('The file to store could not be read.', { cause })
  }
}

/** Whether S3 did not respond at all. */
export const isUnresponsive = (error: unknown): boolean =>
  !(error instanceof S3ServiceException) && !(error instanceof SourceFailed)

/**
 * The StorageError for an error of the SDK, which tried several times. Its message has the code of
 * S3 and not its sentence, which may repeat credentials.
 */
export function toStorageError(label: string, error: unknown): StorageError {
  if (!(error instanceof S3ServiceException))
    return new StorageError(
      'unresponsive',
      `The ${label} does not respond: ${describeReason(error)}.`,
      error,
    )
  const status = error.$metadata.httpStatusCode ?? 0
  if (status >= 500 || status === 429)
    return new StorageError('failing', `The ${label} failed: ${error.name} (${status}).`, error)
  return new StorageError(
    'refused',
    `The ${label} refused a request: ${error.name} (${status}). Check the settings S3_…, and ` +
      'what this key may do with the bucket.',
    error,
  )
}

function describeReason(error: unknown): string {
  if (error instanceof CircuitOpen) return 'it did not respond to the last request'
  const isLate = error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name)
  return isLate ? 'no response in time' : describeNetworkError(error)
}
