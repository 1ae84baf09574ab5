import { canStep, isOpenStatus, type SubmissionStatus } from '../../submissions/domain/status.ts'

/** What a manager can do with a submission. */
export const REVIEW_ACTIONS = ['start', 'ask', 'approve', 'reject', 'assign'] as const

export type ReviewAction = (typeof REVIEW_ACTIONS)[number]

/** The status that each action leads to; null if it does not change the status. */
const TARGETS: Readonly<Record<ReviewAction, SubmissionStatus | null>> = {
  start: 'in_review',
  ask: 'info_wanted',
  approve: 'approved',
  reject: 'rejected',
  assign: null,
}

/** What a manager can do with a submission now; nothing once it is decided. */
export const listReviewActions = (status: SubmissionStatus): ReviewAction[] =>
  REVIEW_ACTIONS.filter((action) => {
    const target = TARGETS[action]
    return target === null ? isOpenStatus(status) : canStep(status, target)
  })
