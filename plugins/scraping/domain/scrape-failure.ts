/** Why a competitor's stock could not be read, as the competitor's row says it. */
export type ErrorType =
  'blocked' | 'robots' | 'timeout' | 'network' | 'parse' | 'no_vehicles' | 'incomplete' | 'quarantined' | 'unknown'

/** A reading that failed, in a sentence for whoever watches the competitor. Told by `name`: two copies of this module may be loaded. */
export class ScrapeFailure extends Error {
  override readonly name = 'ScrapeFailure'
  readonly type: ErrorType
  constructor(type: ErrorType, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.type = type
  }
}

/** The site said when to come back, in seconds. Not a failure of the page, unless it says so again and again. */
export class PutOff extends Error {
  override readonly name = 'PutOff'
  readonly seconds: number
  constructor(message: string, seconds: number) {
    super(message)
    this.seconds = seconds
  }
}

/** An error as a failure to read; whatever nobody foresaw is `unknown`. */
export function asScrapeFailure(error: unknown): ScrapeFailure {
  if (error instanceof Error && error.name === 'ScrapeFailure') return error as ScrapeFailure
  return new ScrapeFailure('unknown', error instanceof Error ? error.message : String(error), { cause: error })
}

/** The error as word of the site to come back later; null where it is none. */
export const asPutOff = (error: unknown): PutOff | null =>
  error instanceof Error && error.name === 'PutOff' ? (error as PutOff) : null

/** Whether another try may go better: nobody answered, or not properly. */
export const mayGoBetter = ({ type }: ScrapeFailure): boolean => type === 'timeout' || type === 'network'
