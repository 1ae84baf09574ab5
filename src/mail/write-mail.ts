import { sql } from '@payloadcms/db-postgres'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { randomUUID } from 'node:crypto'
import { transactionOf } from '../database/transaction.ts'
import { enqueue } from '../enqueue.ts'
import { type Message, messageProblem } from './message.ts'

/** A mail as whoever wants it sent writes it; `about` says its kind, such as the key of its template. */
export type Draft = Omit<Message, 'id' | 'html'> & { html?: string | null; about?: string }

type Asking = { payload: Payload } & Partial<Pick<PayloadRequest, 'transactionID'>>

/**
 * Writes a mail into the outbox and queues it to be sent, in the transaction of the change that it tells of: rolled back, there never was
 * a mail. Answers its id. Throws a 400 for what no server could take: two addresses, a line break in the subject.
 */
export async function writeMail(asking: Asking, draft: Draft): Promise<string> {
  const id = randomUUID()
  const problem = messageProblem({ ...draft, id, html: draft.html ?? null })
  if (problem) throw new APIError(`The mail can not be sent: ${problem}`, 400, undefined, true)
  const given = await asking.transactionID
  if (given !== undefined) await write({ ...asking, transactionID: given }, id, draft)
  else await onItsOwn(asking.payload, (transactionID) => write({ ...asking, transactionID }, id, draft))
  return id
}

async function write(asking: Asking & { transactionID: number | string }, id: string, draft: Draft): Promise<void> {
  const { to, subject, text, html = null, replyTo = null, about = null } = draft
  await transactionOf(asking).db.execute(sql`
    insert into outgoing_mails (id, recipient, subject, text, html, reply_to, about)
    values (${id}, ${to}, ${subject}, ${text.replaceAll('\0', '')}, ${html?.replaceAll('\0', '') ?? null}, ${replyTo}, ${about})`)
  await enqueue(asking, 'send-mail', { mail: id })
}

/** Does `work` in a transaction of its own, and returns when the database confirmed it. */
async function onItsOwn(payload: Payload, work: (transactionID: number | string) => Promise<void>): Promise<void> {
  const transactionID = await payload.db.beginTransaction()
  if (transactionID === null) throw new Error('The database takes no transactions.')
  try {
    await work(transactionID)
    await payload.db.commitTransaction(transactionID)
  } catch (error) {
    await payload.db.rollbackTransaction(transactionID)
    throw error
  }
}
