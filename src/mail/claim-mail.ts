import { sql } from '@payloadcms/db-postgres'
import { getTransaction } from '../database/transaction.ts'
import type { MailStatus } from './mail-status.ts'
import type { Delivery } from './deliver.ts'
import type { Message } from './message.ts'

type MailTransaction = Parameters<typeof getTransaction>[0]

/**
 * How many times a mail may be handed over without a response; the recipient gets it at most twice.
 */
const MAX_HAND_OVERS = 2

/** A claimed mail: the message to send, or the reason to skip it. */
export type ClaimedMail = { mail: Message } | { skipped: 'sent' | 'uncertain' | 'gone' }

type Row = {
  id: string
  recipient: string
  subject: string
  text: string
  html: string | null
  reply_to: string | null
}

/**
 * Counts an attempt before it is made: if the worker dies during it, the mail counts as handed
 * over. A sent mail is not sent again; a refused or failed one is, if someone queues it again.
 */
export async function claimMail(tx: MailTransaction, id: string): Promise<ClaimedMail> {
  const { db } = getTransaction(tx)
  const { rows } = await db.execute(sql`
    update outgoing_mails set attempts = attempts + 1, handed_over = handed_over + 1, status =
      'waiting', next_attempt_at = null
    where id = ${id} and status not in ('sent', 'uncertain') and handed_over < ${MAX_HAND_OVERS}
      returning *`)
  const [row] = rows as unknown as Row[]
  if (row)
    return {
      mail: {
        id,
        to: row.recipient,
        subject: row.subject,
        text: row.text,
        html: row.html,
        replyTo: row.reply_to,
      },
    }
  const left = await db.execute(sql`
    update outgoing_mails set status = case status when 'sent' then 'sent' else 'uncertain' end
      where id = ${id} returning status`)
  const [there] = left.rows as unknown as { status: 'sent' | 'uncertain' }[]
  return { skipped: there?.status ?? 'gone' }
}

/**
 * Records the result of an attempt. `next` is the time of the next attempt, or null for none.
 * Returns the mail's status.
 */
export async function recordAttempt(
  tx: MailTransaction,
  id: string,
  { outcome, detail }: Delivery,
  next: Date | null,
): Promise<MailStatus> {
  const known = outcome !== 'unknown'
  const { rows } = await getTransaction(tx).db.execute(sql`
    update outgoing_mails set answer = ${detail.replaceAll('\0', '')},
      handed_over = handed_over - ${known && outcome !== 'sent' ? 1 : 0},
      sent_at = case when ${outcome} = 'sent' then now() end,
      status = case
        when ${outcome} = 'sent' then 'sent'
        when ${outcome} = 'refused' then 'refused'
        when ${outcome} = 'unknown' and handed_over >= ${MAX_HAND_OVERS} then 'uncertain'
        when ${next?.toISOString() ?? null}::timestamptz is null then 'failed'
        else 'waiting' end,
      next_attempt_at = case when ${outcome} = 'later' or (${outcome} = 'unknown'
        and handed_over < ${MAX_HAND_OVERS})
        then ${next?.toISOString() ?? null}::timestamptz end
    where id = ${id} returning status`)
  const [row] = rows as unknown as { status: MailStatus }[]
  return row?.status ?? 'failed'
}
