import { describe, expect, it } from '@jest/globals'
import { giveFigure, withholdFigure } from '../../src/garage/domain/figure.ts'

describe('a figure', () => {
  it('has a value or a reason, never both', () => {
    expect(giveFigure(0)).toEqual({ value: 0, reason: null })
    expect(withholdFigure('There are no fuel logs.')).toEqual({
      value: null,
      reason: 'There are no fuel logs.',
    })
  })
})
