import { describe, expect, it } from '@jest/globals'
import {
  SUBMISSION_STATUSES,
  type SubmissionStatus,
  canStep,
  isOpenStatus,
  listStepsTo,
} from '../../src/submissions/domain/status.ts'

const ALL = Object.keys(SUBMISSION_STATUSES) as SubmissionStatus[]

describe('the status of a submission', () => {
  it.each([
    ['pending', ['in_review', 'info_wanted', 'approved', 'rejected', 'withdrawn']],
    ['in_review', ['info_wanted', 'approved', 'rejected', 'withdrawn']],
    ['info_wanted', ['in_review', 'approved', 'rejected', 'withdrawn']],
    ['approved', []],
    ['rejected', []],
    ['withdrawn', []],
  ] as const)('changes from %s to %j and to nothing else', (from, to) => {
    expect(ALL.filter((status) => canStep(from, status))).toEqual(to)
  })

  it('is approved from every open status and from no other', () => {
    expect(listStepsTo('approved')).toEqual(ALL.filter(isOpenStatus))
  })

  it('is open until it is decided or withdrawn', () => {
    expect(ALL.filter(isOpenStatus)).toEqual(['pending', 'in_review', 'info_wanted'])
    expect([undefined, null, '', 'open'].some(isOpenStatus)).toBe(false)
  })
})
