import { sql } from '@payloadcms/db-postgres'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { randomUUID } from 'node:crypto'
import { getTransaction } from '../database/transaction.ts'
import { enqueueJob } from '../enqueue.ts'
import { type Message, findMessageProblem } from './message.ts'

/** A mail to be sent; `about` is its kind, such as the key of its template. */
export type MailDraft = Omit<Message, 'id' | 'html'> & { html?: string | null; about?: string }

type MailContext = { payload: Payload } & Partial<Pick<PayloadRequest, 'transactionID'>>

/**
 * Writes a mail to the outbox and queues it, in the transaction of the change that it reports: if
 * that is rolled back, there is no mail. Returns its ID. Throws a 400 for a mail that no server
 * could accept: two addresses, a line break in the subject.
 */
export async function writeMail(context: MailContext, draft: MailDraft): Promise<string> {
  const id = randomUUID()
  const problem = findMessageProblem({ ...draft, id, html: draft.html ?? null })
  if (problem) throw new APIError(`The e-mail cannot be sent: ${problem}`, 400, undefined, true)
  const given = await context.transactionID
  if (given !== undefined) await insertMail({ ...context, transactionID: given }, id, draft)
  else
    await runInOwnTransaction(context.payload, (transactionID) =>
      insertMail({ ...context, transactionID }, id, draft),
    )
  return id
}

async function insertMail(
  context: MailContext & { transactionID: number | string },
  id: string,
  draft: MailDraft,
): Promise<void> {
  const { to, subject, text, html = null, replyTo = null, about = null } = draft
  await getTransaction(context).db.execute(sql`
    insert into outgoing_mails (id, recipient, subject, text, html, reply_to, about)
    values (${id}, ${to}, ${subject}, ${text.replaceAll('\0', '')},
      ${html?.replaceAll('\0', '') ?? null}, ${replyTo}, ${about})`)
  await enqueueJob(context, 'send-mail', { mail: id })
}

/** Runs `work` in a separate transaction, and returns once the database has committed it. */
async function runInOwnTransaction(
  payload: Payload,
  work: (transactionID: number | string) => Promise<void>,
): Promise<void> {
  const transactionID = await payload.db.beginTransaction()
  if (transactionID === null) throw new Error('The database does not support transactions.')
  try {
    await work(transactionID)
    await payload.db.commitTransaction(transactionID)
  } catch (error) {
    await payload.db.rollbackTransaction(transactionID)
    throw error
  }
}
