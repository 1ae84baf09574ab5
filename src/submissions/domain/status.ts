/** The status of a submission, by the label that staff see. */
export const SUBMISSION_STATUSES = {
  pending: 'Received',
  in_review: 'In review',
  info_wanted: 'More information wanted',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
} as const

export type SubmissionStatus = keyof typeof SUBMISSION_STATUSES

/** The statuses of a submission that is not decided yet: its VIN has no second one. */
export const OPEN_STATUSES = [
  'pending',
  'in_review',
  'info_wanted',
] as const satisfies readonly SubmissionStatus[]

/** Whether a value is the status of a submission that is not decided yet. */
export const isOpenStatus = (status: unknown): boolean =>
  OPEN_STATUSES.some((open) => open === status)

/**
 * The statuses that each status can change to. Staff review, ask, approve and reject; an answer of
 * the customer returns a submission to review; the customer withdraws it.
 */
const STEPS: Readonly<Record<SubmissionStatus, readonly SubmissionStatus[]>> = {
  pending: ['in_review', 'info_wanted', 'approved', 'rejected', 'withdrawn'],
  in_review: ['info_wanted', 'approved', 'rejected', 'withdrawn'],
  info_wanted: ['in_review', 'approved', 'rejected', 'withdrawn'],
  approved: [],
  rejected: [],
  withdrawn: [],
}

/** Whether a submission may change from one status to another. */
export const canStep = (from: SubmissionStatus, to: SubmissionStatus): boolean =>
  STEPS[from].includes(to)

/** The statuses from which a submission may change to another, for a conditional update. */
export const listStepsTo = (to: SubmissionStatus): SubmissionStatus[] =>
  (Object.keys(STEPS) as SubmissionStatus[]).filter((from) => canStep(from, to))
