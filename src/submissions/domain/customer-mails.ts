import { escapeHtml } from '../../domain/escape-html.ts'

/** What happened to a submission, as its customer is told. */
export type SubmissionEvent =
  'received' | 'in_review' | 'info_wanted' | 'approved' | 'rejected' | 'withdrawn'

/** What a mail about a submission tells. `car` is its year, make and model. */
export type MailFacts = {
  name: string | null
  car: string
  reference: string
  url: string
  question: string | null
  reason: string | null
}

/** A mail to a customer: its subject, its text and HTML, and its kind for the outbox. */
export type CustomerMail = {
  subject: string
  text: string
  html: string
  about: string
}

/** The sentences of an event: a subject, paragraphs, and the words of the customer or staff. */
type Wording = {
  subject: string
  before: string
  quote: string | null
  after: string
}

const WORDINGS: Readonly<Record<SubmissionEvent, (facts: MailFacts) => Wording>> = {
  received: ({ car }) => ({
    subject: 'We received your offer',
    before: `Thank you for offering us your ${car}. We will look at it and write to you.`,
    quote: null,
    after: 'With this link you can add photos, see where your offer stands, or withdraw it:',
  }),
  in_review: ({ car }) => ({
    subject: 'We are looking at your offer',
    before: `We are looking at your ${car} now.`,
    quote: null,
    after: 'See where your offer stands, or withdraw it:',
  }),
  info_wanted: ({ car, question }) => ({
    subject: 'We have a question about your car',
    before: `We have a question about your ${car}:`,
    quote: question,
    after: 'Please answer it and add photos here:',
  }),
  approved: ({ car }) => ({
    subject: 'We want to buy your car',
    before: `Good news: we want to buy your ${car}. We will contact you about the next steps.`,
    quote: null,
    after: 'Your offer at a glance:',
  }),
  rejected: ({ car, reason }) => ({
    subject: 'We cannot buy your car',
    before: `Thank you for offering us your ${car}. Unfortunately we cannot buy it.`,
    quote: reason,
    after: 'Your offer at a glance:',
  }),
  withdrawn: ({ car }) => ({
    subject: 'You withdrew your offer',
    before: `You withdrew your offer of your ${car}. We will not look at it any further.`,
    quote: null,
    after: 'Your offer at a glance:',
  }),
}

/** The mail about an event. Text of people is one line of the subject, and escaped in HTML. */
export function buildCustomerMail(event: SubmissionEvent, facts: MailFacts): CustomerMail {
  const wording = WORDINGS[event](facts)
  return {
    subject: `${wording.subject} (${facts.reference})`,
    text: renderText(wording, facts),
    html: renderHtml(wording, facts),
    about: `submission_${event}`,
  }
}

const greet = ({ name }: MailFacts): string => (name ? `Hello ${toOneLine(name)},` : 'Hello,')

/** Names and cars may contain line breaks, which would look like lines of ours. */
const toOneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()

const describeSecrecy = ({ reference }: MailFacts): string =>
  `Your reference is ${reference}. The link is only for you: do not forward it.`

function renderText({ before, quote, after }: Wording, facts: MailFacts): string {
  const quoted = quote === null ? [] : [quote.replaceAll(/^/gm, '> ')]
  const parts = [greet(facts), before, ...quoted, `${after}\n${facts.url}`, describeSecrecy(facts)]
  return `${parts.join('\n\n')}\n`
}

function renderHtml({ subject, before, quote, after }: Wording, facts: MailFacts): string {
  const url = escapeHtml(facts.url)
  const parts = [
    `<p>${escapeHtml(greet(facts))}</p>`,
    `<p>${escapeHtml(before)}</p>`,
    ...(quote === null
      ? []
      : [`<blockquote>${escapeHtml(quote).replaceAll('\n', '<br>')}</blockquote>`]),
    `<p>${escapeHtml(after)}<br><a href="${url}">${url}</a></p>`,
    `<p>${escapeHtml(describeSecrecy(facts))}</p>`,
  ]
  return (
    `<!doctype html>\n<html lang="en">\n<head><title>${escapeHtml(subject)}</title></head>\n` +
    `<body>\n${parts.join('\n')}\n</body>\n</html>\n`
  )
}
