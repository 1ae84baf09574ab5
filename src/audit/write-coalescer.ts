import { LRUCache } from 'lru-cache'

declare module '../services.ts' {
  interface Services {
    writeCoalescer: WriteCoalescer
  }
}

const MINUTE_MS = 60_000
const MAX_ACTORS = 10_000

type Batch = { count: number; counted: Promise<void> }

/**
 * Combines concurrent writes to the single row that counts an account's entries: entries over the
 * limit that arrive during a write are counted together in the next write. Callers wait until their
 * entry is counted. Created once with the configuration.
 */
export class WriteCoalescer {
  /** Until when an actor is known to have no entries left, in milliseconds since 1970. */
  readonly #over = new LRUCache<string, number>({ max: MAX_ACTORS })
  readonly #under = new Map<string, Promise<void>>()
  readonly #next = new Map<string, Batch>()

  /** Whether an actor has no entries left in this minute, as far as this process knows. */
  hasReachedLimit(actor: string): boolean {
    return Date.now() < (this.#over.get(actor) ?? 0)
  }

  /** Records that an actor has no entries left in this minute. */
  markLimitReached(actor: string): void {
    this.#over.set(actor, Math.ceil((Date.now() + 1) / MINUTE_MS) * MINUTE_MS)
  }

  /** Counts one entry of an actor; `count` writes the number. It runs once at a time per actor. */
  coalesce(actor: string, count: (many: number) => Promise<void>): Promise<void> {
    const under = this.#under.get(actor)
    if (!under) return this.#begin(actor, () => count(1))
    const waiting = this.#next.get(actor)
    if (waiting) {
      waiting.count += 1
      return waiting.counted
    }
    const batch: Batch = { count: 1, counted: Promise.resolve() }
    const go = () => {
      this.#next.delete(actor)
      return this.#begin(actor, () => count(batch.count))
    }
    batch.counted = under.then(go, go)
    this.#next.set(actor, batch)
    return batch.counted
  }

  #begin(actor: string, count: () => Promise<void>): Promise<void> {
    const counted = count()
    this.#under.set(actor, counted)
    const end = () => void (this.#under.get(actor) === counted && this.#under.delete(actor))
    counted.then(end, end)
    return counted
  }
}
