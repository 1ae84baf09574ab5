import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * How long the writes of a request with a response are rejected, in milliseconds: longer than any
 * statement may run.
 */
const ABANDONED_MS = 60_000

/** The outcomes of one request's writes, as the connections of the pool observed them. */
export class RequestWrites {
  /** Transactions, and statements outside a transaction, that the database confirmed. */
  confirmed = 0
  /** Writes that were sent and have no response yet. */
  pending = 0
  /** Writes whose connection broke before the response: they may have been stored. */
  unknown = 0
  /**
   * Statements of any kind, including reads, that failed because the connection broke or there was
   * none.
   */
  broken = 0
  #abandonedUntil = 0

  /**
   * Rejects every write that the request has not sent yet: the response said that nothing was
   * stored, and that must stay true.
   */
  abandon(): void {
    this.#abandonedUntil = Date.now() + ABANDONED_MS
  }

  get abandoned(): boolean {
    return Date.now() < this.#abandonedUntil
  }

  /** Whether a write of the request was stored, or may have been. */
  get mayBeKept(): boolean {
    return this.confirmed + this.pending + this.unknown > 0
  }
}

/**
 * Tracks the writes of each request through its async calls. Created once per process and passed
 * down.
 */
export class WriteTracker {
  readonly #storage = new AsyncLocalStorage<RequestWrites>()

  /** Runs `work` for a request and counts its writes; `work` receives the counts. */
  track<Value>(work: (writes: RequestWrites) => Value): Value {
    const writes = new RequestWrites()
    return this.#storage.run(writes, work, writes)
  }

  /** The writes of the current request; undefined outside of a request. */
  readonly current = (): RequestWrites | undefined => this.#storage.getStore()
}
