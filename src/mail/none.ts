import { APIError, type EmailAdapter } from 'payload'

/** There is no mail yet: nothing is sent, and nothing pretends to be. */
export const noMail: EmailAdapter = () => ({
  name: 'none',
  defaultFromAddress: 'nobody@forecourt.example',
  defaultFromName: 'Forecourt',
  sendEmail: () => Promise.reject(new APIError('Forecourt sends no mail yet.', 501, undefined, true)),
})
