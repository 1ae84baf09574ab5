import type { Payload } from 'payload'
import { getAddressBlock } from '../../domain/address-block.ts'
import type { RateLimiter, RateLimit } from './rate-limiter.ts'
import { PasswordDelay } from './password-delay.ts'

declare module '../../services.ts' {
  interface Services {
    signInLimits: SignInLimits
  }
}

const QUARTER = 15 * 60

/**
 * The attempts that strangers have per account, a known device per account, and an address over all
 * accounts. Durable, because they protect sign-in.
 */
const ATTEMPT_LIMITS = {
  account: { max: 10, seconds: QUARTER, durable: true },
  device: { max: 10, seconds: QUARTER, durable: true },
  address: { max: 100, seconds: QUARTER, durable: true },
} satisfies Record<string, RateLimit>

/**
 * Whether an attempt may continue; otherwise whose attempts are used up, and the seconds until new
 * ones are available.
 */
export type AttemptResult =
  | { allowed: true }
  | {
      allowed: false
      exhausted: 'account' | 'address'
      seconds: number
    }

/** Counts sign-in attempts over all sign-in methods. Created once with the configuration. */
export class SignInLimits {
  /** How long checking a password takes. */
  readonly delay = new PasswordDelay()
  readonly #rateLimiter: RateLimiter

  constructor(rateLimiter: RateLimiter) {
    this.#rateLimiter = rateLimiter
  }

  /**
   * Counts an attempt at an account, named as in the table, from an address: among a known device's
   * own attempts, else among the account's.
   */
  async consume(
    payload: Payload,
    account: string,
    address: string,
    device: string | null = null,
  ): Promise<AttemptResult> {
    const fromThere = await this.#rateLimiter.consume(
      payload,
      'sign-in:address',
      ATTEMPT_LIMITS.address,
      getAddressBlock(address),
    )
    if (fromThere !== null) return { allowed: false, exhausted: 'address', seconds: fromThere }
    const { account: perAccount, device: perDevice } = ATTEMPT_LIMITS
    const atAccount =
      device === null
        ? await this.#rateLimiter.consume(payload, 'sign-in:account', perAccount, account)
        : await this.#rateLimiter.consume(payload, 'sign-in:device', perDevice, device)
    return atAccount === null
      ? { allowed: true }
      : { allowed: false, exhausted: 'account', seconds: atAccount }
  }

  /** After a successful attempt of a known device, resets its attempts. Strangers get none back. */
  async onDeviceSuccess(payload: Payload, device: string, address: string | null): Promise<void> {
    await this.#rateLimiter.reset(payload, 'sign-in:device', ATTEMPT_LIMITS.device, device)
    if (address !== null)
      await this.#rateLimiter.reward(
        payload,
        'sign-in:address',
        ATTEMPT_LIMITS.address,
        getAddressBlock(address),
      )
  }

  /** After a successful attempt, resets the account and gives the address its attempt back. */
  async onSuccess(payload: Payload, account: string, address: string | null): Promise<void> {
    await this.#rateLimiter.reset(payload, 'sign-in:account', ATTEMPT_LIMITS.account, account)
    if (address !== null)
      await this.#rateLimiter.reward(
        payload,
        'sign-in:address',
        ATTEMPT_LIMITS.address,
        getAddressBlock(address),
      )
  }
}
