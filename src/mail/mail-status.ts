/**
 * The status of an e-mail, with labels. `uncertain`: it was handed over twice without a response
 * from the server; it is not sent a third time.
 */
export const MAIL_STATUSES = {
  waiting: 'Waiting',
  sent: 'Sent',
  refused: 'Refused by the server',
  uncertain: 'Possibly sent (no response after two attempts)',
  failed: 'Failed',
} as const
export type MailStatus = keyof typeof MAIL_STATUSES
