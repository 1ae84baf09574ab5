import { setTimeout as sleep } from 'node:timers/promises'

/** As long as an answer holds up the next request: a stream of events never ends. */
const MAX_RESPONSE_MS = 5_000

/**
 * Keeps what one page sends to its own site apart: one request at a time, with a pause after its
 * answer. The turn of the site is held by the page for as long as it is open, so that nobody else
 * sends meanwhile.
 */
export class PagePacer {
  readonly #gap: number
  readonly #signal: AbortSignal
  #free: Promise<void> = Promise.resolve()

  /** `gap` is milliseconds. */
  constructor(gap: number, signal: AbortSignal) {
    this.#gap = gap
    this.#signal = signal
  }

  /**
   * Waits until the page may send its next request. Returns what to call when its answer has ended.
   * Throws the signal's reason.
   */
  async acquire(): Promise<() => void> {
    const before = this.#free
    let end = (): void => undefined
    const answered = new Promise<void>((resolve) => (end = resolve))
    this.#free = answered.then(() => sleep(this.#gap, undefined, { signal: this.#signal }))
    this.#free.catch(() => 'The page is closed, so its pending requests were dropped.')
    await before
    const late = setTimeout(end, MAX_RESPONSE_MS)
    return () => {
      clearTimeout(late)
      end()
    }
  }
}
