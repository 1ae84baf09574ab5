import { z } from 'zod'
import type { Deliver, Delivery } from '../../src/mail/deliver.ts'
import { recordAttempt, claimMail } from '../../src/mail/claim-mail.ts'
import { GiveUp, RetryLater } from '../outcomes.ts'
import { defineTask, type TaskContext } from '../task.ts'

const FIRST_WAIT_SECONDS = 15
const MAX_WAIT_SECONDS = 3_600

/** Called with the outcome of each try. */
export type OnMail = (outcome: Delivery['outcome']) => void

/**
 * Sends one mail. Idempotent: a sent mail is not sent again, and each try counts as possibly
 * delivered until the server reports otherwise. After two such tries, the mail is not sent a third
 * time.
 */
export const sendMail = (deliver: Deliver, onMail: OnMail = () => undefined) =>
  defineTask({
    name: 'send-mail',
    queue: 'mail',
    description: 'Sends an e-mail from the outbox.',
    input: z.object({ mail: z.uuid() }),
    expiry: 300,
    /*
     * computeBackoff determines how long a mail waits for its mail server. These values apply to
     * our own errors, which are resolved soon, even at the fortieth try.
     */
    retries: { limit: 60, delay: FIRST_WAIT_SECONDS },
    concurrency: 2,
    run: async (ctx, { mail: id }) => {
      const claimed = await ctx.commit((tx) => claimMail(tx, id))
      if (!('mail' in claimed)) return skipSending(claimed.skipped)
      const delivery = await deliver(claimed.mail, ctx.signal)
      const delay = computeBackoff(ctx.attempt)
      const next = ctx.isLastAttempt ? null : new Date(ctx.now().getTime() + delay * 1000)
      const status = await ctx.commit((tx) => recordAttempt(tx, id, delivery, next))
      onMail(delivery.outcome)
      if (status === 'sent') return { answer: delivery.detail }
      if (status === 'waiting') throw new RetryLater(delivery.detail, { delay })
      throw new GiveUp(delivery.detail)
    },
  })

function skipSending(why: 'sent' | 'uncertain' | 'gone'): { answer: string } {
  if (why === 'sent') return { answer: 'It was already sent.' }
  if (why === 'gone') throw new GiveUp('The e-mail is no longer in the outbox.')
  throw new GiveUp(
    'The mail server did not respond to either attempt. The e-mail may have arrived ' +
      'and will not be sent again.',
  )
}

/**
 * Returns the delay in seconds. It doubles with each try, up to an hour, with random jitter, so
 * that a thousand mails are not retried at the same time.
 */
function computeBackoff(attempt: TaskContext['attempt']): number {
  const wait = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(attempt - 1, 10))
  return Math.round(wait * (0.8 + Math.random() * 0.4))
}
