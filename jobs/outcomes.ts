import { inspect } from 'node:util'
import { redactValues } from '../src/domain/mask-secrets.ts'

/**
 * Not now: the run failed, and its job waits for `delay` seconds, whatever its own backoff says. It
 * counts as a try.
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
 * Never: the run failed, and trying again would fail the same way. Its job is given up at once,
 * whatever tries it has left.
 */
export class GiveUp extends Error {
  override readonly name = 'GiveUp'
}

/**
 * The run is no longer this worker's: it was taken for dead and its job given to another. What it
 * would have written is refused.
 */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** The run took longer than its task may. */
export class Expired extends Error {
  override readonly name = 'Expired'
}

/** The worker was told to stop; the job goes back to the others. */
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
