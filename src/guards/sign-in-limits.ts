import type { Payload } from 'payload'
import { getAddressBlock } from '../domain/address-block.ts'
import type { RateLimiter, RateLimit } from './rate-limiter.ts'
import { PasswordDelay } from './password-delay.ts'

const QUARTER = 15 * 60

/**
 * How many tries strangers have at an account, a known device at its own, and an address at all of
 * them. Durable: they guard sign-in.
 */
const ATTEMPT_LIMITS = {
  account: { max: 10, seconds: QUARTER, durable: true },
  device: { max: 10, seconds: QUARTER, durable: true },
  address: { max: 100, seconds: QUARTER, durable: true },
} satisfies Record<string, RateLimit>

/**
 * Whether a try may go on; else whose tries are used up, and how many seconds until there are new
 * ones.
 */
export type AttemptResult =
  { allowed: true } | { allowed: false; exhausted: 'account' | 'address'; seconds: number }

/** Counts tries to sign in, over every way in. Made once with the configuration. */
export class SignInLimits {
  /** How long a look at a password takes. */
  readonly delay = new PasswordDelay()
  readonly #counters: RateLimiter

  constructor(counters: RateLimiter) {
    this.#counters = counters
  }

  /**
   * Counts a try at an account, as it is called in the table, from an address: a known device's
   * among its own, else among the account's.
   */
  async consume(
    payload: Payload,
    account: string,
    address: string,
    device: string | null = null,
  ): Promise<AttemptResult> {
    const fromThere = await this.#counters.consume(
      payload,
      'sign-in:address',
      ATTEMPT_LIMITS.address,
      getAddressBlock(address),
    )
    if (fromThere !== null) return { allowed: false, exhausted: 'address', seconds: fromThere }
    const atAccount =
      device === null
        ? await this.#counters.consume(payload, 'sign-in:account', ATTEMPT_LIMITS.account, account)
        : await this.#counters.consume(payload, 'sign-in:device', ATTEMPT_LIMITS.device, device)
    return atAccount === null
      ? { allowed: true }
      : { allowed: false, exhausted: 'account', seconds: atAccount }
  }

  /**
   * A try of a known device that succeeded: it has all of its own again. Strangers get none back.
   */
  async onDeviceSuccess(payload: Payload, device: string, address: string | null): Promise<void> {
    await this.#counters.reset(payload, 'sign-in:device', ATTEMPT_LIMITS.device, device)
    if (address !== null)
      await this.#counters.reward(
        payload,
        'sign-in:address',
        ATTEMPT_LIMITS.address,
        getAddressBlock(address),
      )
  }

  /**
   * A try that succeeded: the account has all of its own again, the address the one that it took.
   */
  async onSuccess(payload: Payload, account: string, address: string | null): Promise<void> {
    await this.#counters.reset(payload, 'sign-in:account', ATTEMPT_LIMITS.account, account)
    if (address !== null)
      await this.#counters.reward(
        payload,
        'sign-in:address',
        ATTEMPT_LIMITS.address,
        getAddressBlock(address),
      )
  }
}

/** The limits that a configuration was made with. */
export const getSignInLimits = ({ config }: Pick<Payload, 'config'>): SignInLimits =>
  config.custom['signInLimits'] as SignInLimits
