import { inspect } from 'node:util'
import { redactValues } from '../src/domain/mask-secrets.ts'

/**
 * Thrown to retry later: the run failed, and its job waits `delay` seconds instead of its backoff.
 * Counts as an attempt.
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
 * Thrown when a retry would fail the same way: the job fails permanently, whatever attempts it has
 * left.
 */
export class GiveUp extends Error {
  override readonly name = 'GiveUp'
}

/**
 * The run no longer belongs to this worker: it was considered dead and its job was reassigned. Its
 * writes are rejected.
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
 * An error in words, with what it came from; without stacks, which stay in the log, and without the
 * values of a statement.
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
 * Node has several addresses of a host tried, and what became of each in an error that says nothing
 * itself.
 */
function getMessage(error: Error): string {
  const each = 'errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : []
  return (
    error.message ||
    each.map((one) => (one instanceof Error ? one.message : inspect(one))).join('; ')
  )
}
