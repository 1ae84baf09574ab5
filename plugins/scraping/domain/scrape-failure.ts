/** The reasons why a run failed, as stored in the row of the competitor. */
export type ErrorType =
  | 'blocked'
  | 'robots'
  | 'timeout'
  | 'network'
  | 'parse'
  | 'no_vehicles'
  | 'incomplete'
  | 'quarantined'
  | 'unknown'

/**
 * A failed run, with a sentence for the people who watch the competitor. `lasting` is whether a
 * retry would fail the same way. Recognized by its `name`, because two copies of this module may be
 * loaded.
 */
export class ScrapeFailure extends Error {
  override readonly name = 'ScrapeFailure'
  readonly type: ErrorType
  readonly lasting: boolean
  constructor(
    type: ErrorType,
    message: string,
    { cause, lasting = false }: { cause?: unknown; lasting?: boolean } = {},
  ) {
    super(message, { cause })
    this.type = type
    this.lasting = lasting
  }
}

/**
 * Thrown to retry after a number of seconds: the site specified when to retry, or it failed
 * (`failure`) and gets a pause before its pages are retried. Not a failure of the page, unless it
 * happens repeatedly.
 */
export class RetryAfterError extends Error {
  override readonly name = 'RetryAfterError'
  readonly seconds: number
  readonly failure: ScrapeFailure | null
  constructor(message: string, seconds: number, failure: ScrapeFailure | null = null) {
    super(message, failure ? { cause: failure } : undefined)
    this.seconds = seconds
    this.failure = failure
  }
}

export const isScrapeFailure = (error: unknown): error is ScrapeFailure =>
  error instanceof Error && error.name === 'ScrapeFailure'

/** Converts an error to a ScrapeFailure; unexpected errors have the type `unknown`. */
export function toScrapeFailure(error: unknown): ScrapeFailure {
  if (isScrapeFailure(error)) return error
  return new ScrapeFailure('unknown', error instanceof Error ? error.message : String(error), {
    cause: error,
  })
}

/** Returns the error as a RetryAfterError; null if it is not one. */
export const findRetryAfterError = (error: unknown): RetryAfterError | null =>
  error instanceof Error && error.name === 'RetryAfterError' ? (error as RetryAfterError) : null

/** Whether a site did not respond, or not properly. */
export const isConnectionFailure = (type: string | null | undefined): boolean =>
  type === 'timeout' || type === 'network'

/** Whether a retry may succeed. */
export const isRetryable = ({ type, lasting }: ScrapeFailure): boolean =>
  !lasting && isConnectionFailure(type)

/** The minimum pause after a timeout, and the maximum pause after any failure, in seconds. */
const [MIN_BACKOFF_AFTER_TIMEOUT, MAX_BACKOFF] = [20, 120]
/** The pause after a failure, as a multiple of the gap between requests. */
const BACKOFF_GAPS = 30

/**
 * Returns the pause before the pages of a failed site are retried, in seconds. `gap` is the time
 * between two requests to it, in milliseconds. A site that does not respond blocks a worker, so it
 * gets a pause even without a gap.
 */
export function computeBackoff({ type }: ScrapeFailure, gap: number): number {
  const seconds = Math.min(MAX_BACKOFF, Math.ceil((BACKOFF_GAPS * gap) / 1000))
  return type === 'timeout' ? Math.max(MIN_BACKOFF_AFTER_TIMEOUT, seconds) : seconds
}
