import type { Message } from './message.ts'

/**
 * The result of one attempt, with a detail for the log: the server's own response if there is one.
 * - `sent`: the server accepted it.
 * - `later`: it was certainly not accepted, but another attempt may succeed: the server is
 * unreachable, answered with a 4xx, or our configuration is wrong, such as the password.
 * - `refused`: it was certainly not accepted and never will be.
 * - `unknown`: it was handed over completely without a response. It may have been accepted; another
 * attempt may deliver it twice.
 * `unreachable` means that the server did not respond or rejected the sign-in, so that any other
 * mail would fail in the same way.
 */
export type Delivery = {
  outcome: 'sent' | 'later' | 'refused' | 'unknown'
  detail: string
  unreachable?: true
}

/** Tries once to deliver a mail. Resolves with the result, also if the signal stops the attempt. */
export type Deliver = (message: Message, signal: AbortSignal) => Promise<Delivery>
