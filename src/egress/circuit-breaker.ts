/** Keeps requests from a server that does not respond. */
export type CircuitBreaker = {
  /** Throws CircuitOpen if no request may be sent now. */
  check: () => void
  /** Sends a request. Throws CircuitOpen if none may be sent now. */
  run: <Value>(send: () => Promise<Value>) => Promise<Value>
}

/** No request was sent, because the server did not respond to an earlier one: the cause. */
export class CircuitOpen extends Error {
  override readonly name = 'CircuitOpen'
  constructor(cause: unknown) {
    super('The server did not respond to the last request, so no other request was sent.', {
      cause,
    })
  }
}

type CircuitBreakerOptions = {
  /** Whether an error means that the server did not respond. */
  isUnresponsive: (error: unknown) => boolean
  /** The time after such an error in which no request is sent, in milliseconds. */
  coolDownMs: number
}

/**
 * Creates a circuit breaker. After an error of an unresponsive server, it sends nothing for a
 * while, and then one request at a time until the server responds. The others fail at once instead
 * of waiting for their time limits. It counts for this process only.
 */
export function createCircuitBreaker({
  isUnresponsive,
  coolDownMs,
}: CircuitBreakerOptions): CircuitBreaker {
  let failure: { error: unknown; at: number } | null = null
  let isProbing = false
  const check = () => {
    if (failure && (isProbing || performance.now() - failure.at < coolDownMs))
      throw new CircuitOpen(failure.error)
  }
  const send = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      const value = await work()
      failure = null
      return value
    } catch (error) {
      if (isUnresponsive(error)) failure = { error, at: performance.now() }
      throw error
    }
  }
  return {
    check,
    run: async (work) => {
      check()
      if (!failure) return send(work)
      isProbing = true
      return send(work).finally(() => (isProbing = false))
    },
  }
}
