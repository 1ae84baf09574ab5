/**
 * Why a fetch failed: the address is not allowed, nothing responded in time, the connection failed,
 * the response was too large, or it redirected in circles.
 */
export type FailureKind = 'refused' | 'timeout' | 'network' | 'too large' | 'redirects'

/**
 * A request without a response. Recognized by `name` and `kind`, because two copies of this module
 * may be loaded.
 */
export class EgressFailure extends Error {
  override readonly name = 'EgressFailure'
  readonly kind: FailureKind
  constructor(kind: FailureKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.kind = kind
  }
}

/** An error as an EgressFailure; null for other errors. */
export function asEgressFailure(error: unknown): EgressFailure | null {
  return error instanceof Error && error.name === 'EgressFailure' ? (error as EgressFailure) : null
}
