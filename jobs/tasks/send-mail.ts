import { z } from 'zod'
import type { Deliver, Delivery } from '../../src/mail/deliver.ts'
import { recordAttempt, claimMail } from '../../src/mail/claim-mail.ts'
import { GiveUp, RetryLater } from '../outcomes.ts'
import { defineTask, type TaskContext } from '../task.ts'

const FIRST_WAIT_SECONDS = 15
const MAX_WAIT_SECONDS = 3_600

/** Hears what became of each try. */
export type OnMail = (outcome: Delivery['outcome']) => void

/**
 * Sends one mail. It may run twice: a mail that was sent is not sent again, and each try counts as
 * one that may have arrived until the server said otherwise. A third time after two of those it is
 * not sent.
 */
export const sendMail = (deliver: Deliver, onMail: OnMail = () => undefined) =>
  defineTask({
    name: 'send-mail',
    queue: 'mail',
    description: 'Sends a mail from the outbox.',
    input: z.object({ mail: z.uuid() }),
    expiry: 300,
    /*
     * How long a mail waits for its server says waitFor; an accident of ours is over soon, also at
     * the fortieth try.
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
  if (why === 'gone') throw new GiveUp('The mail is no longer in the outbox.')
  throw new GiveUp(
    'The mail server never responded to two attempts. The mail may have arrived and is not ' +
      'sent again.',
  )
}

/**
 * Doubles from try to try, up to an hour, with a share of chance, so that a thousand mails do not
 * come back at one moment.
 */
function computeBackoff(attempt: TaskContext['attempt']): number {
  const wait = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(attempt - 1, 10))
  return Math.round(wait * (0.8 + Math.random() * 0.4))
}
