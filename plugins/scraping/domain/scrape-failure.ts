/** Why a competitor's stock could not be read, as the competitor's row says it. */
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
 * A reading that failed, in a sentence for whoever watches the competitor. `lasting`: another try
 * would end the same way. Recognized by its `name`: two copies of this module may be loaded.
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
 * The site said when to come back, in seconds; or it failed (`failure`), and is left alone for so
 * long before its pages are tried again. Not a failure of the page, unless it happens again and
 * again.
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

/** An error as a failure to read; whatever nobody foresaw is `unknown`. */
export function toScrapeFailure(error: unknown): ScrapeFailure {
  if (isScrapeFailure(error)) return error
  return new ScrapeFailure('unknown', error instanceof Error ? error.message : String(error), {
    cause: error,
  })
}

/** The error as word of the site to come back later; null where it is none. */
export const findRetryAfterError = (error: unknown): RetryAfterError | null =>
  error instanceof Error && error.name === 'RetryAfterError' ? (error as RetryAfterError) : null

/** Whether a site did not answer, or not properly. */
export const isConnectionFailure = (type: string | null | undefined): boolean =>
  type === 'timeout' || type === 'network'

/** Whether another try may succeed. */
export const isRetryable = ({ type, lasting }: ScrapeFailure): boolean =>
  !lasting && isConnectionFailure(type)

/**
 * No site is left alone for less after it did not answer in time, or for more after any failure, in
 * seconds.
 */
const [MIN_BACKOFF_AFTER_TIMEOUT, MAX_BACKOFF] = [20, 120]
/** So many of its pauses a site is left alone after it failed. */
const BACKOFF_GAPS = 30

/**
 * How long a site that failed is left alone before its pages are tried again, in seconds. `gap`:
 * the milliseconds between two requests to it. A site that hangs keeps a worker from others, so
 * that it is left alone even where there is no pause.
 */
export function computeBackoff({ type }: ScrapeFailure, gap: number): number {
  const seconds = Math.min(MAX_BACKOFF, Math.ceil((BACKOFF_GAPS * gap) / 1000))
  return type === 'timeout' ? Math.max(MIN_BACKOFF_AFTER_TIMEOUT, seconds) : seconds
}
