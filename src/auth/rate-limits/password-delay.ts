import { pbkdf2 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/** As Payload hashes passwords since 3.90. */
const ITERATIONS = 600_000
const KEY_BYTES = 32
const SALT = Buffer.alloc(32, 7).toString('hex')

const MAX_MEASUREMENTS = 9
const FRESH_MS = 10_000

type Measurement = { milliseconds: number; at: number }

/** Takes as long as checking a password does, if there is no password to check. */
export class PasswordDelay {
  #taken: Measurement[] = []
  #measuring: Promise<void> | null = null

  /** Does the same work. */
  async hash(password: string): Promise<void> {
    const began = performance.now()
    await promisify(pbkdf2)(password, SALT, ITERATIONS, KEY_BYTES, 'sha256')
    const at = performance.now()
    this.#taken = [...this.#taken, { milliseconds: at - began, at }].slice(-MAX_MEASUREMENTS)
  }

  /**
   * Waits instead of hashing, so that a caller with ten thousand attempts does not keep the
   * processor busy. The duration of the work is cached for ten seconds, and not measured while many
   * calls run at once. If it is unknown, one call does the work for all.
   */
  async wait(password: string): Promise<void> {
    const began = performance.now()
    if (this.#median(began) === null)
      await (this.#measuring ??= this.hash(password).finally(() => {
        this.#measuring = null
      }))
    const whole = (this.#median(performance.now()) ?? 0) * (0.95 + Math.random() * 0.1)
    await sleep(Math.max(0, whole - (performance.now() - began)))
  }

  #median(now: number): number | null {
    const fresh = this.#taken
      .filter(({ at }) => now - at < FRESH_MS)
      .map(({ milliseconds }) => milliseconds)
    return fresh.toSorted((one, other) => one - other)[Math.floor(fresh.length / 2)] ?? null
  }
}
