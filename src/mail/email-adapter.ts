import { APIError, type EmailAdapter, type SendEmailOptions } from 'payload'
import type { MailSender } from '../domain/mail-address.ts'
import { writeMail } from './write-mail.ts'

/** Payload's adapter for mails: it writes them to the outbox, like every other mail. */
export const createOutboxAdapter =
  (from: MailSender): EmailAdapter =>
  ({ payload }) => ({
    name: 'outbox',
    defaultFromAddress: from.address,
    defaultFromName: from.name,
    sendEmail: async ({ to, subject, text, html, ...more }) => {
      refuseUnsupportedFields(more)
      return writeMail(
        { payload },
        {
          to: getSingleAddress(to),
          subject: subject ?? '',
          text: requireString(text) ?? '',
          html: requireString(html),
        },
      )
    },
  })

/**
 * The outbox does not support copies and attachments: such a mail is refused rather than sent
 * without them.
 */
function refuseUnsupportedFields(more: Partial<SendEmailOptions>): void {
  const left = (['cc', 'bcc', 'attachments', 'replyTo'] as const).find(
    (name) => more[name] !== undefined,
  )
  if (left)
    throw new APIError(
      `An e-mail cannot have ${left}: it is text for a single recipient. Leave ${left} out.`,
      400,
      undefined,
      true,
    )
}

/** The recipient as text, or as an object with the address: never a list. */
function getSingleAddress(to: SendEmailOptions['to']): string {
  if (typeof to === 'string') return to
  if (to && !Array.isArray(to) && to.address) return to.address
  throw new APIError('An e-mail must have exactly one recipient.', 400, undefined, true)
}

function requireString(value: unknown): string | null {
  if (value === undefined || value === null || typeof value === 'string') return value ?? null
  throw new APIError('The e-mail body must be a string.', 400, undefined, true)
}
