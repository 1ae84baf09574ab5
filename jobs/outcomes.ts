import { inspect } from 'node:util'
import { redactValues } from '../src/domain/mask-secrets.ts'

/**
 * Thrown to retry a job later: the run fails, and the job waits `delay` seconds instead of its
 * backoff. Counts as an attempt.
 */
export class RetryLater extends Error {
  override readonly name = 'RetryLater'
  readonly delay: number
  constructor(message: string, { delay, cause }: { delay: number; cause?: unknown }) {
    super(message, { cause })
    this.delay = delay
  }
}

/**
 * Thrown when a retry would fail the same way. The job fails permanently, even if it has attempts
 * left.
 */
export class GiveUp extends Error {
  override readonly name = 'GiveUp'
}

/**
 * The run no longer belongs to this worker, because its lease expired and its job was reassigned.
 * The database rejects its writes.
 */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** The run exceeded the time limit of its task. */
export class Expired extends Error {
  override readonly name = 'Expired'
}

/** The worker was stopped; the job returns to the queue. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

/**
 * Formats an error and its causes for people, one per line. Omits stack traces, which are only
 * logged, and the values of SQL statements.
 */
export function formatErrorChain(error: unknown): string {
  const lines: string[] = []
  for (
    let at = error;
    at !== undefined && at !== null && lines.length < 6;
    at = at instanceof Error ? at.cause : undefined
  )
    lines.push(
      at instanceof Error
        ? `${at.name}: ${redactValues(getMessage(at))}`
        : inspect(at, { breakLength: Infinity }),
    )
  return lines.join('\nCaused by: ').replaceAll('\0', '').slice(0, 8_000)
}

/**
 * Returns the message of an error. If it is empty, joins the messages of its inner errors: when
 * Node tries several addresses of a host, its AggregateError has no message of its own.
 */
function getMessage(error: Error): string {
  const each = 'errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : []
  return (
    error.message ||
    each.map((one) => (one instanceof Error ? one.message : inspect(one))).join('; ')
  )
}
