import { describe, expect, it } from '@jest/globals'
import { listReviewActions } from '../../src/review/domain/review-actions.ts'
import type { SubmissionStatus } from '../../src/submissions/domain/status.ts'

const CASES: [SubmissionStatus, string[]][] = [
  ['pending', ['start', 'ask', 'approve', 'reject', 'assign']],
  ['in_review', ['ask', 'approve', 'reject', 'assign']],
  ['info_wanted', ['start', 'approve', 'reject', 'assign']],
  ['approved', []],
  ['rejected', []],
  ['withdrawn', []],
]

describe('what a manager can do with a submission', () => {
  it.each(CASES)('is, while it is %s: %j', (status, actions) => {
    expect(listReviewActions(status)).toEqual(actions)
  })
})
