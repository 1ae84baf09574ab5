import { describe, expect, it } from '@jest/globals'
import { describeLastStep } from '../../src/review/domain/step.ts'

describe('what somebody reads who came second', () => {
  it('is who was first, what they did and when', () => {
    const at = '2026-11-30T18:05:00.000Z'
    const words = describeLastStep({ status: 'rejected', by: 'Ann Lee', at })
    expect(words.replaceAll('\u202f', ' ')).toBe(
      'Ann Lee rejected this submission on Nov 30, 2026, 6:05 PM UTC. ' +
        'It is now “Rejected”; reload it to see what can be done.',
    )
  })

  it('says that it was the customer who withdrew it', () => {
    const words = describeLastStep({ status: 'withdrawn', by: null, at: null })
    expect(words).toMatch(/^The customer withdrew this submission\. /)
  })

  it('does not guess who approved it', () => {
    const words = describeLastStep({ status: 'approved', by: null, at: null })
    expect(words).toMatch(/^Someone approved this submission\. /)
  })
})
