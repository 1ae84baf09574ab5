import { SUBMISSION_STATUSES, type SubmissionStatus } from '../../submissions/domain/status.ts'

/** Whether a value is the status of a submission. */
export const isStatus = (value: unknown): value is SubmissionStatus =>
  typeof value === 'string' && Object.hasOwn(SUBMISSION_STATUSES, value)
