import { describe, expect, it } from '@jest/globals'
import { foldHeader, shortenHeader } from '../../src/garage/imports/domain/header-name.ts'

describe('the name of a column', () => {
  it.each([
    ['Odo (mi)', 'odo'],
    [' Fuel [liters] ', 'fuel'],
    ['Total Cost', 'total cost'],
    ['(', '('],
  ])('%j is compared as %j', (name, folded) => expect(foldHeader(name)).toBe(folded))

  it('is read up to 200 characters', () =>
    expect(shortenHeader('x'.repeat(300))).toBe('x'.repeat(200)))
})
