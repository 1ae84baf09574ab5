import type { PayloadRequest } from 'payload'
import { findListedNames } from '../catalog/list-choices.ts'
import { getTransaction, type Transaction } from '../database/transaction.ts'
import { formatVehicleTitle } from '../domain/vehicle-title.ts'
import { writeMail } from '../mail/write-mail.ts'
import { createCustomerUrl } from './customer-link.ts'
import { buildCustomerMail, type SubmissionEvent } from './domain/customer-mails.ts'
import { loadSubmission, type Submission } from './store/submissions.ts'

export type { SubmissionEvent }

/**
 * Queues the mail about an event to the customer of a submission, in the transaction of the
 * request. Does nothing if the customer left no address. Change the row first: the mail has its
 * question and its reason.
 */
export async function notifyCustomer(
  req: PayloadRequest,
  submissionId: string,
  event: SubmissionEvent,
): Promise<void> {
  const { db } = getTransaction(req)
  const submission = await loadSubmission(db, submissionId)
  if (!submission?.customerEmail) return
  const { customerEmail: to } = submission
  const mail = buildCustomerMail(event, {
    ...(await nameCustomer(db, submission, event)),
    reference: submission.reference,
    url: await createCustomerUrl(req, submission),
    question: submission.question,
    reason: submission.rejectionReason,
  })
  await writeMail(req, { to, ...mail })
}

/** The events that happen before any member of staff has seen what the customer wrote. */
const UNSEEN: readonly SubmissionEvent[] = ['received', 'withdrawn']

/**
 * How a mail names the customer and the car. Anybody can send an offer with the address of somebody
 * else, so that a mail of an event that nobody has seen is in words of ours and of the catalog
 * alone: it would otherwise carry any text to any address in our name.
 */
async function nameCustomer(
  db: Transaction['db'],
  { year, make, model, customerName }: Submission,
  event: SubmissionEvent,
): Promise<{ name: string | null; car: string }> {
  if (!UNSEEN.includes(event))
    return { name: customerName, car: formatVehicleTitle({ year, make, model }) }
  const listed = await findListedNames(db, { year, make, model })
  const car = formatVehicleTitle({ year, make: listed.make ?? 'car', model: listed.model })
  return { name: null, car }
}
