import { describe, expect, it } from '@jest/globals'
import {
  createNoCarsFailure,
  findIncompleteReason,
} from '../../plugins/scraping/domain/completeness.ts'

const walk = { listings: 40, dropped: 0, held: 0, nameless: 0, announced: 40, cut: false }

describe('a walk over a site', () => {
  it(
    'saw everything when it found as many cars as the site says, known ones that could not be ' +
      'read included',
    () => {
      expect(findIncompleteReason(walk)).toBeNull()
      expect(findIncompleteReason({ ...walk, listings: 39, dropped: 1, held: 1 })).toBeNull()
      expect(findIncompleteReason({ ...walk, dropped: 3, nameless: 3 })).toBeNull()
      expect(findIncompleteReason({ ...walk, announced: null, dropped: 2, held: 1 })).toBeNull()
    },
  )

  it('did not when cars are missing, or when it was ended before the last page', () => {
    expect(findIncompleteReason({ ...walk, listings: 38, dropped: 1, held: 1 })).toBe(
      'The site reports 40 cars, but only 39 could be found. 1 listing could not be read. No cars ' +
        'are marked as sold.',
    )
    expect(
      findIncompleteReason({ ...walk, listings: 85, dropped: 85, nameless: 8, announced: 170 }),
    ).toBe(
      'The site reports 170 cars, but only 85 could be found. 85 listings could not be read. No ' +
        'cars are marked as sold.',
    )
    expect(findIncompleteReason({ ...walk, cut: true })).toMatch(/repeat or never end/)
    expect(findIncompleteReason({ ...walk, cut: 'The button still brought more cars.' })).toBe(
      'The button still brought more cars. 40 cars were read. No cars are marked as sold.',
    )
  })

  it('did not when the site announces no total and a listing may be any car', () => {
    expect(findIncompleteReason({ ...walk, announced: null, dropped: 2, nameless: 1 })).toBe(
      '1 listing could not be read or matched to a car. No cars are marked as sold.',
    )
  })
})

describe('a run that found no car', () => {
  it('saw an empty lot, or listings of which none could be read', () => {
    expect(createNoCarsFailure([])).toMatchObject({
      type: 'no_vehicles',
      message: 'No cars were found on their pages. No cars are marked as sold.',
    })
    expect(createNoCarsFailure([{ what: 'a card', why: 'It is empty.' }])).toMatchObject({
      type: 'parse',
      message: expect.stringMatching(/It is empty/),
    })
  })
})
