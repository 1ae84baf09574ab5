import MailComposer from 'nodemailer/lib/mail-composer'
import {
  getAsciiDomain,
  findHeaderTextProblem,
  findMailAddressProblem,
  type MailSender,
} from '../domain/mail-address.ts'

/** One mail to one recipient. Its ID is the UUID of its row, the same for every attempt. */
export type Message = {
  id: string
  to: string
  subject: string
  text: string
  html: string | null
  replyTo?: string | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Why a mail cannot be sent by any server; null if it can. */
export function findMessageProblem({ id, to, subject, replyTo }: Message): string | null {
  if (!UUID.test(id))
    return (
      `e-mail ID ${JSON.stringify(id.slice(0, 80))} is not a UUID. Use the ID of the ` +
      'e-mail’s row in the outbox.'
    )
  return (
    findMailAddressProblem(to) ??
    findHeaderTextProblem(subject) ??
    (replyTo ? findMailAddressProblem(replyTo) : null)
  )
}

/**
 * The Message-ID of a mail, the same for every attempt, so that mail programs can recognize
 * duplicates.
 */
export function formatMessageId(id: string, from: MailSender): string {
  return `<${id}@${getAsciiDomain(from.address)}>`
}

/**
 * A mail as MIME with CRLF line ends: text, and HTML as its alternative. The message must have no
 * problem. Addresses are passed as values, so they are never parsed as a list. Its Date is that of
 * the attempt, and it is marked as generated automatically (RFC 3834).
 */
export function buildMime(message: Message, from: MailSender): Promise<Buffer> {
  const composer = new MailComposer({
    from,
    to: { name: '', address: message.to },
    ...(message.replyTo ? { replyTo: { name: '', address: message.replyTo } } : {}),
    subject: message.subject,
    text: message.text,
    ...(message.html === null ? {} : { html: message.html }),
    messageId: formatMessageId(message.id, from),
    headers: { 'Auto-Submitted': 'auto-generated' },
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
