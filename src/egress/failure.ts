/**
 * Why nothing was fetched: the address is none that may be reached, nobody answered in time, the
 * connection failed, the answer was larger than is read, or it led in circles.
 */
export type FailureKind = 'refused' | 'timeout' | 'network' | 'too large' | 'redirects'

/**
 * A request that has no answer. Told by `name` and `kind`, as two copies of this module may be
 * loaded.
 */
export class EgressFailure extends Error {
  override readonly name = 'EgressFailure'
  readonly kind: FailureKind
  constructor(kind: FailureKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.kind = kind
  }
}

/** An error as such a failure; null where it is another one. */
export function asEgressFailure(error: unknown): EgressFailure | null {
  return error instanceof Error && error.name === 'EgressFailure' ? (error as EgressFailure) : null
}
