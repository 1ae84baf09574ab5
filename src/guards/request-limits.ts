import { APIError, type Payload, type PayloadRequest } from 'payload'
import { countersOf, type Limit } from './counters.ts'

const HOUR = 3_600
const TEN_MINUTES = 600

/** What may be asked for so often, and what is said to whoever asked more often. By address: the first three; by account: the others. */
const LIMITS = {
  'sign-in:leave': { most: 100, seconds: TEN_MINUTES, words: 'Too many sign-ins were begun from your address.' },
  'sign-in:return': { most: 100, seconds: TEN_MINUTES, words: 'Too many sign-ins came back to your address.' },
  'signed-in': { most: 600, seconds: TEN_MINUTES, words: 'Your address asked too often who is signed in, or to sign out.' },
  'agree-to-terms': { most: 20, seconds: HOUR, words: 'You agreed to the terms too often; once is enough.' },
  'verify-address': { most: 60, seconds: TEN_MINUTES, words: 'Whether your address is verified was asked too often.' },
  'resend-verification': {
    most: 5,
    seconds: HOUR,
    words: 'The mail was sent again too often. Look among your unwanted mail, too.',
  },
  'change-email': { most: 10, seconds: HOUR, words: 'Another address for mails was named too often.' },
  'ask-deletion': { most: 10, seconds: HOUR, words: 'The deletion of the account was asked for too often; once is enough.' },
  export: { most: 10, seconds: HOUR, words: 'Your data was exported too often; each export holds everything.' },
} satisfies Record<string, Limit & { words: string }>

/** What is counted. */
export type Limited = keyof typeof LIMITS

/** Too many of a kind: what to say, and how many seconds until there may be another. */
export type TooMany = { words: string; seconds: number }

/** Counts one request of `who`, an address or an account; null while there may be more. */
export async function countRequest(payload: Payload, kind: Limited, who: string): Promise<TooMany | null> {
  const { words, ...limit } = LIMITS[kind]
  const seconds = await countersOf(payload).spend(payload, `request:${kind}`, limit, who)
  return seconds === null ? null : { words, seconds }
}

/** The refusal of one too many, which says in words and in `Retry-After` when there may be another. */
export function tooMany(req: PayloadRequest, { words, seconds }: TooMany): APIError {
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('retry-after', String(seconds))
  return new APIError(comeBack(words, seconds), 429, { retryAfter: seconds }, true)
}

/** What happened, and when to come back. */
export const comeBack = (words: string, seconds: number) => `${words} Try again in ${Math.ceil(seconds / 60)} min.`
