import { APIError, type PayloadRequest } from 'payload'
import { getOrigin } from '../audit/origin.ts'
import { formatCount } from '../domain/format-count.ts'
import { getService } from '../services.ts'

declare module '../services.ts' {
  interface Services {
    uploadSlots: UploadSlots
  }
}

/** How many uploads one process handles at once, in total and per client. */
export type UploadLimits = { total: number; perClient: number }

/** Seconds after which a client that found no free slot should try again. */
const RETRY_SECONDS = 5

/**
 * Limits the concurrent uploads of one process. An upload holds a slot from before its first byte
 * is read until it is answered.
 */
export class UploadSlots {
  readonly #limits: UploadLimits
  readonly #taken = new Map<string, number>()
  #inAll = 0

  constructor(limits: UploadLimits) {
    this.#limits = limits
  }

  /** How many uploads hold a slot now. */
  get inUse(): number {
    return this.#inAll
  }

  /**
   * Takes a slot for a client, identified by any unique string, and returns the function that
   * releases it; a second call does nothing. Throws NoFreeSlot when the process or the client has
   * no free slot.
   */
  acquire(client: string): () => void {
    const own = this.#taken.get(client) ?? 0
    if (own >= this.#limits.perClient)
      throw new NoFreeSlot(
        `You are already uploading ${formatCount(own, 'file')}, which is the limit.`,
      )
    if (this.#inAll >= this.#limits.total)
      throw new NoFreeSlot('Too many files are being uploaded right now.')
    this.#inAll++
    this.#taken.set(client, own + 1)
    let released = false
    return () => {
      if (released) return
      released = true
      this.#inAll--
      const rest = (this.#taken.get(client) ?? 1) - 1
      if (rest === 0) this.#taken.delete(client)
      else this.#taken.set(client, rest)
    }
  }
}

/**
 * Thrown when an upload finds no free slot (503). `retryAfter` is in seconds, for the Retry-After
 * header.
 */
export class NoFreeSlot extends APIError {
  readonly retryAfter = RETRY_SECONDS

  constructor(reason: string) {
    super(`${reason} Try again in ${RETRY_SECONDS} seconds.`, 503, undefined, true)
  }
}

/**
 * Takes a slot for the signed-in account, else for the client's address, and returns the function
 * that releases it. Throws NoFreeSlot, and sets Retry-After.
 */
export function acquireUploadSlot(req: PayloadRequest): () => void {
  try {
    return getService(req.payload, 'uploadSlots').acquire(
      req.user ? `${req.user.collection} ${req.user.id}` : `${getOrigin(req).address}`,
    )
  } catch (error) {
    if (error instanceof NoFreeSlot)
      (req.responseHeaders ??= new Headers()).set('retry-after', String(error.retryAfter))
    throw error
  }
}
