import { APIError, type EmailAdapter, type SendEmailOptions } from 'payload'
import type { MailSender } from '../domain/mail-address.ts'
import { writeMail } from './write-mail.ts'

/** Payload's own way to send a mail: into the outbox, like every other one. */
export const outboxEmail =
  (from: MailSender): EmailAdapter =>
  ({ payload }) => ({
    name: 'outbox',
    defaultFromAddress: from.address,
    defaultFromName: from.name,
    sendEmail: ({ to, subject, text, html }) =>
      writeMail({ payload }, { to: oneAddress(to), subject: subject ?? '', text: words(text) ?? '', html: words(html) }),
  })

/** Bare text, or an object with the address: never a list. */
function oneAddress(to: SendEmailOptions['to']): string {
  if (typeof to === 'string') return to
  if (to && !Array.isArray(to) && to.address) return to.address
  throw new APIError('A mail goes to one address.', 400, undefined, true)
}

const words = (said: unknown): string | null => (typeof said === 'string' ? said : null)
