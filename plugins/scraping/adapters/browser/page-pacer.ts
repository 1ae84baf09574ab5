import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The maximum time for which a response delays the next request, because an event stream never
 * ends.
 */
const MAX_RESPONSE_MS = 5_000

/**
 * Paces the requests of one page to its own site: one at a time, with a pause after each response.
 * The page holds the slot of the site while it is open, so that no other worker sends requests.
 */
export class PagePacer {
  readonly #gap: number
  readonly #signal: AbortSignal
  #free: Promise<void> = Promise.resolve()

  /** `gap` is in milliseconds. */
  constructor(gap: number, signal: AbortSignal) {
    this.#gap = gap
    this.#signal = signal
  }

  /**
   * Waits until the page may send its next request. Returns a function to call when the response
   * has ended. Throws the signal's reason.
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
