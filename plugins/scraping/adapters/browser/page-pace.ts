import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Keeps what one page sends to its own site apart: a pause between two requests, and after an answer. The turn of the site is held by the
 * page for as long as it is open, so that nobody else sends meanwhile.
 */
export class PagePace {
  readonly #gap: number
  readonly #signal: AbortSignal
  #freeAt = 0

  /** `gap` is milliseconds. */
  constructor(gap: number, signal: AbortSignal) {
    this.#gap = gap
    this.#signal = signal
  }

  /** Waits until the page may send its next request. Throws the signal's reason. */
  async turn(): Promise<void> {
    const now = performance.now()
    const at = Math.max(now, this.#freeAt)
    this.#freeAt = at + this.#gap
    if (at > now) await sleep(at - now, undefined, { signal: this.#signal })
  }

  /** An answer ended: the pause begins now. */
  answered(): void {
    this.#freeAt = Math.max(this.#freeAt, performance.now() + this.#gap)
  }
}
