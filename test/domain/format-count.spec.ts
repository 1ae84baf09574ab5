import { describe, expect, it } from '@jest/globals'
import { formatCount } from '../../src/domain/format-count.ts'

describe('a number with the noun it counts', () => {
  it.each([
    [0, '0 cars'],
    [1, '1 car'],
    [2000, '2,000 cars'],
  ])('is %d → %s', (count, text) => {
    expect(formatCount(count, 'car')).toBe(text)
  })

  it('takes a plural that is not formed with s', () => {
    expect([formatCount(1, 'entry', 'entries'), formatCount(2, 'entry', 'entries')]).toEqual([
      '1 entry',
      '2 entries',
    ])
  })
})
