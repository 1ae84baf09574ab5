import { SUBMISSION_STATUSES, type SubmissionStatus } from '../../submissions/domain/status.ts'

/** The last change of the status of a submission. `by` is the name of a staff member. */
export type LastStep = {
  status: SubmissionStatus
  by: string | null
  at: string | null
}

/** What somebody did to reach a status, in a sentence: `Ann Lee approved this submission`. */
const VERBS: Readonly<Record<SubmissionStatus, string>> = {
  pending: 'sent',
  in_review: 'started the review of',
  info_wanted: 'asked the customer for more information about',
  approved: 'approved',
  rejected: 'rejected',
  withdrawn: 'withdrew',
}

const formatMoment = (instant: string): string =>
  new Date(instant).toLocaleString('en-US', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  })

/** Who changed a submission last, how, and when: for somebody who came second. */
export function describeLastStep({ status, by, at }: LastStep): string {
  const who = by ?? (status === 'withdrawn' || status === 'pending' ? 'The customer' : 'Someone')
  const when = at === null ? '' : ` on ${formatMoment(at)} UTC`
  return (
    `${who} ${VERBS[status]} this submission${when}. ` +
    `It is now “${SUBMISSION_STATUSES[status]}”; reload it to see what can be done.`
  )
}
