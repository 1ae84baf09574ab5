import type { PayloadRequest } from 'payload'
import { findMailAddressProblem } from '../domain/mail-address.ts'
import { loadDealership } from '../lot/store/dealership.ts'
import { writeMail } from '../mail/write-mail.ts'
import { buildAdf } from './build-adf.ts'
import { buildLeadSubject, type Prospect } from './domain/prospect.ts'

/**
 * Queues a mail with a lead as ADF to the dealership's address for leads, in the transaction of the
 * request. Does nothing if it has none. An answer goes to the customer.
 */
export async function sendLead(
  req: PayloadRequest,
  prospect: Omit<Prospect, 'vendor'>,
): Promise<void> {
  const { leadsEmail, name: vendor } = await loadDealership(req)
  if (!leadsEmail) return
  const { email } = prospect.customer
  const canReply = email !== null && findMailAddressProblem(email) === null
  await writeMail(req, {
    to: leadsEmail,
    subject: buildLeadSubject(prospect),
    text: buildAdf({ ...prospect, vendor }),
    replyTo: canReply ? email : null,
    about: 'lead',
  })
}
