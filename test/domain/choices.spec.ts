import { describe, expect, it } from '@jest/globals'
import { findSpellings, formatChoices, sortNames } from '../../src/catalog/domain/choices.ts'

describe('names of a list', () => {
  it('are sorted ignoring case, and numbers by their value', () => {
    expect(sortNames(['Sport', 'EX-L', 'lx', '330i', '1500', 'EX'])).toEqual([
      '330i',
      '1500',
      'EX',
      'EX-L',
      'lx',
      'Sport',
    ])
  })

  it('are found in any case, all of those that differ only in case', () => {
    expect(findSpellings(['Honda', 'HONDA', 'Kia'], 'honda')).toEqual(['Honda', 'HONDA'])
    expect(findSpellings(['Citroën'], 'CITROËN')).toEqual(['Citroën'])
    expect(findSpellings(['Honda'], 'Hond')).toEqual([])
  })
})

describe('choices as the part of a key', () => {
  it('are the same in any case, and different for different choices', () => {
    expect(formatChoices({ year: 2021, make: 'HONDA' })).toBe('year=2021&make=honda')
    expect(formatChoices({ year: 2021, make: 'honda' })).toBe('year=2021&make=honda')
    expect(formatChoices({ year: 2021, make: 'a&model=b' })).not.toBe(
      formatChoices({ year: 2021, make: 'a', model: 'b' }),
    )
  })

  it('are “all” where nothing was chosen', () => {
    expect(formatChoices({})).toBe('all')
    expect(formatChoices({ year: 2021, make: undefined })).toBe('year=2021')
  })
})
