/** A time limit in milliseconds, and the signal of a caller that may cancel the work earlier. */
type TimeLimit = { milliseconds: number; signal?: AbortSignal | undefined }

/** The work was not done within its time limit. */
export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded'
}

/**
 * Runs `work` with a signal that aborts after a time limit, or when the caller cancels. Throws
 * TimeLimitExceeded or the caller's reason at that moment, even if the work ignores its signal.
 *
 * The timer holds everything by reference until the work ends. `AbortSignal.timeout` and
 * `AbortSignal.any` hold signals weakly: in some versions of Node, the garbage collector removes
 * them with their timer while a request waits, and the request never ends.
 */
export async function withTimeLimit<Value>(
  { milliseconds, signal }: TimeLimit,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  signal?.throwIfAborted()
  const limit = new AbortController()
  const cancel = () => limit.abort(signal?.reason)
  const expire = () =>
    limit.abort(new TimeLimitExceeded(`The time limit of ${milliseconds / 1000} s has expired.`))
  const aborted = new Promise<never>((_resolve, reject) => {
    const fail = () => reject(limit.signal.reason as Error)
    limit.signal.addEventListener('abort', fail, { once: true })
  })
  signal?.addEventListener('abort', cancel, { once: true })
  const timer = setTimeout(expire, milliseconds)
  try {
    return await Promise.race([aborted, work(limit.signal)])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}
