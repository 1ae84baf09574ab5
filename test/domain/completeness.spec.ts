import { describe, expect, it } from '@jest/globals'
import { incompleteReason } from '../../plugins/scraping/domain/completeness.ts'

const walk = { listings: 40, dropped: 0, announced: 40, cut: false }

describe('a walk over a site', () => {
  it('saw everything when it found as many cars as the site says, those that could not be read included', () => {
    expect(incompleteReason(walk)).toBeNull()
    expect(incompleteReason({ ...walk, listings: 39, dropped: 1 })).toBeNull()
    expect(incompleteReason({ ...walk, announced: null })).toBeNull()
  })

  it('did not when cars are missing, or when it was ended before the last page', () => {
    expect(incompleteReason({ ...walk, listings: 38, dropped: 1 })).toMatch(/says that it has 40 cars, and 39 were found/)
    expect(incompleteReason({ ...walk, cut: true })).toMatch(/come to no end, or come again/)
    expect(incompleteReason({ ...walk, cut: 'The button still brought more cars.' })).toBe(
      'The button still brought more cars. 40 cars were read, and nothing is taken for sold.',
    )
  })
})
