import type { Message } from './message.ts'

/**
 * What became of one try, in words for the log: the server's own where it answered.
 * - `sent`: the other side has taken it.
 * - `later`: it was certainly not taken, and another try may do: nobody there, a 4xx, or something
 *   that is ours to mend, as a wrong password.
 * - `refused`: it was certainly not taken and never will be.
 * - `unknown`: it was handed over whole and no answer came. It may have been taken; a further try
 *   may make two of it.
 * `unreachable` says that nobody was there, or did not let us in, so that any other mail would meet
 * the same.
 */
export type Delivery = {
  outcome: 'sent' | 'later' | 'refused' | 'unknown'
  detail: string
  unreachable?: true
}

/**
 * Tries once to bring a mail on its way. Resolves for whatever becomes of the mail, also when the
 * signal ends the try.
 */
export type Deliver = (message: Message, signal: AbortSignal) => Promise<Delivery>
