import { pbkdf2 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/** As Payload hashes passwords since 3.90. */
const ITERATIONS = 600_000
const KEY_BYTES = 32
const SALT = Buffer.alloc(32, 7).toString('hex')

const REMEMBERED = 9

/** Takes as long as looking at a password does, where there is none to look at. */
export class PasswordPace {
  readonly #took: number[] = []

  /** By doing the same work. */
  async hash(password: string): Promise<void> {
    const began = performance.now()
    await promisify(pbkdf2)(password, SALT, ITERATIONS, KEY_BYTES, 'sha256')
    this.#took.push(performance.now() - began)
    if (this.#took.length > REMEMBERED) this.#took.shift()
  }

  /** By waiting, so that whoever tries ten thousand times does not keep the processor busy; by the work while nobody knows how long it takes. */
  async wait(password: string): Promise<void> {
    const median = this.#took.toSorted((one, other) => one - other)[Math.floor(this.#took.length / 2)]
    if (median === undefined) return this.hash(password)
    await sleep(median * (0.95 + Math.random() * 0.1))
  }
}
