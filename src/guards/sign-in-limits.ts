import type { Payload } from 'payload'
import { addressBlock } from '../domain/address-block.ts'
import type { Counters, Limit } from './counters.ts'
import { PasswordPace } from './password-pace.ts'

const QUARTER = 15 * 60

/** How many tries an account and an address have in a quarter of an hour. */
const TRIES = { account: { most: 10, seconds: QUARTER }, address: { most: 100, seconds: QUARTER } } satisfies Record<
  string,
  Limit
>

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

  /** Counts a try at an account, as it is called in the table, from an address. */
  async take(payload: Payload, account: string, address: string): Promise<Verdict> {
    const fromThere = await this.#counters.spend(payload, 'sign-in:address', TRIES.address, addressBlock(address))
    if (fromThere !== null) return { free: false, spent: 'address', seconds: fromThere }
    const atAccount = await this.#counters.spend(payload, 'sign-in:account', TRIES.account, account)
    return atAccount === null ? { free: true } : { free: false, spent: 'account', seconds: atAccount }
  }

  /** A try that succeeded: the account has all of its own again, the address the one that it took. */
  async forgive(payload: Payload, account: string, address: string | null): Promise<void> {
    await this.#counters.forget(payload, 'sign-in:account', TRIES.account, account)
    if (address !== null) await this.#counters.giveBack(payload, 'sign-in:address', TRIES.address, addressBlock(address))
  }
}

/** The limits that a configuration was made with. */
export const signInLimitsOf = ({ config }: Pick<Payload, 'config'>): SignInLimits => config.custom['signInLimits'] as SignInLimits
