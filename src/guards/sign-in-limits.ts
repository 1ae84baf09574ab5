import type { Payload } from 'payload'
import { addressBlock } from '../domain/address-block.ts'
import type { Counters, Limit } from './counters.ts'
import { PasswordPace } from './password-pace.ts'

const QUARTER = 15 * 60

/** How many tries strangers have at an account, a known device at its own, and an address at all of them. Durable: they guard sign-in. */
const TRIES = {
  account: { most: 10, seconds: QUARTER, durable: true },
  device: { most: 10, seconds: QUARTER, durable: true },
  address: { most: 100, seconds: QUARTER, durable: true },
} satisfies Record<string, Limit>

/** Whether a try may go on; else whose tries are used up, and how many seconds until there are new ones. */
export type Verdict = { free: true } | { free: false; spent: 'account' | 'address'; seconds: number }

/** Counts tries to sign in, over every way in. Made once with the configuration. */
export class SignInLimits {
  /** How long a look at a password takes. */
  readonly pace = new PasswordPace()
  readonly #counters: Counters

  constructor(counters: Counters) {
    this.#counters = counters
  }

  /** Counts a try at an account, as it is called in the table, from an address: a known device's among its own, else among the account's. */
  async take(payload: Payload, account: string, address: string, device: string | null = null): Promise<Verdict> {
    const fromThere = await this.#counters.spend(payload, 'sign-in:address', TRIES.address, addressBlock(address))
    if (fromThere !== null) return { free: false, spent: 'address', seconds: fromThere }
    const atAccount =
      device === null
        ? await this.#counters.spend(payload, 'sign-in:account', TRIES.account, account)
        : await this.#counters.spend(payload, 'sign-in:device', TRIES.device, device)
    return atAccount === null ? { free: true } : { free: false, spent: 'account', seconds: atAccount }
  }

  /** A try of a known device that succeeded: it has all of its own again. Strangers get none back. */
  async forgiveDevice(payload: Payload, device: string, address: string | null): Promise<void> {
    await this.#counters.forget(payload, 'sign-in:device', TRIES.device, device)
    if (address !== null) await this.#counters.giveBack(payload, 'sign-in:address', TRIES.address, addressBlock(address))
  }

  /** A try that succeeded: the account has all of its own again, the address the one that it took. */
  async forgive(payload: Payload, account: string, address: string | null): Promise<void> {
    await this.#counters.forget(payload, 'sign-in:account', TRIES.account, account)
    if (address !== null) await this.#counters.giveBack(payload, 'sign-in:address', TRIES.address, addressBlock(address))
  }
}

/** The limits that a configuration was made with. */
export const signInLimitsOf = ({ config }: Pick<Payload, 'config'>): SignInLimits => config.custom['signInLimits'] as SignInLimits
