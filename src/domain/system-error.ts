import { removePeriod } from './error-sentence.ts'

/** The meaning of operating-system error codes, as the end of a sentence about a file. */
const FILE_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user does not have permission',
  EDQUOT: 'this user’s disk quota has been exceeded',
  EEXIST: 'that name is already taken',
  EIO: 'the disk reported an error',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'it is a file, or its path leads through a file',
  EPERM: 'this user does not have permission',
  EROFS: 'the file system is read-only',
}

/** The same for a connection to another server. */
const NETWORK_REASONS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the host name cannot be resolved at the moment',
  ECONNREFUSED: 'nothing is listening there (connection refused)',
  ECONNRESET: 'the connection was closed',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'the host name does not exist',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'it does not respond',
}

const NO_FILES = 'this process has too many files open'

/**
 * The `code` of a Node or PostgreSQL error, such as `ENOENT`; for an error that collects several,
 * the code of the first one.
 */
export function getSystemErrorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0)
    return getSystemErrorCode(error.errors[0])
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : undefined
}

/**
 * Describes why a file or folder could not be used, without a period; returns the code itself if it
 * is not in the list.
 */
export function describeFileError(error: unknown): string {
  const code = getSystemErrorCode(error)
  if (code === 'EMFILE' || code === 'ENFILE') return `${NO_FILES} (${code})`
  return code && FILE_REASONS[code]
    ? `${FILE_REASONS[code]} (${code})`
    : describeUnknownError(error, code)
}

/** Describes why another server could not be reached, without a period. */
export function describeNetworkError(error: unknown): string {
  const code = getSystemErrorCode(error)
  return (code && NETWORK_REASONS[code]) || describeUnknownError(error, code)
}

/**
 * A sentence about an operating-system error, with its file or address; null for any other error.
 * Node sets `syscall` on such errors.
 */
export function describeSystemError(error: unknown): string | null {
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error
  if (!(one instanceof Error) || !('syscall' in one)) return null
  const code = getSystemErrorCode(one) ?? ''
  if ('path' in one && typeof one.path === 'string')
    return (
      `${one.path} cannot be used: ${describeFileError(one)}. Fix that, or choose another ` +
      'location.'
    )
  if (FILE_REASONS[code])
    return `A file cannot be used: ${describeFileError(one)}. Fix that and try again.`
  if (NETWORK_REASONS[code])
    return (
      `${formatErrorAddress(one)} cannot be reached: ${describeNetworkError(one)}. Start that ` +
      'server, or correct its address.'
    )
  return null
}

function formatErrorAddress(error: Error): string {
  const { address, hostname, port } = error as Error & {
    address?: string
    hostname?: string
    port?: number
  }
  const host = address ?? hostname ?? 'The other server'
  return port === undefined ? host : `${host}:${port}`
}

function describeUnknownError(error: unknown, code: string | undefined): string {
  const message = error instanceof Error ? error.message : String(error)
  return removePeriod(message || code || 'the reason is unknown')
}
