import { describe, expect, it } from '@jest/globals'
import { describeSearch } from '../../plugins/market/admin/describe-search.ts'
import { describeDifference, formatPercent } from '../../plugins/market/admin/format.ts'

const SEARCHED = {
  tier: 'same_trim',
  make: 'Honda',
  model: 'Accord',
  fromYear: 2021,
  toYear: 2021,
  fromMiles: 10_000,
  toMiles: 50_000,
  zip: '64055',
  radiusMiles: 120,
  listings: 9,
  complete: true,
  notes: [],
  leftOut: { own: 1, title: 3, old: 0 },
}

describe('what an analysis looked for, in words', () => {
  it('says car, years, miles and how far', () => {
    expect(describeSearch(SEARCHED)).toEqual({
      criteria: 'Honda Accord, 2021, 10,000 to 50,000 mi, within 120 mi of 64055',
      wider: 'Too few cars had the same drivetrain and engine, so the search included others.',
      leftOut: ['3 with a different title type (branded or clean)', '1 from our own lot'],
      notes: [],
      radius: 120,
    })
  })

  it('says that it looked further, and at any mileage where those are not known', () => {
    const wide = {
      ...SEARCHED,
      tier: 'all_trims_adjacent_years',
      fromYear: 2020,
      toYear: 2022,
      fromMiles: null,
      zip: null,
    }
    expect(describeSearch(wide)).toMatchObject({
      criteria: 'Honda Accord, 2020 to 2022, any mileage',
      wider: expect.stringContaining('adjacent years'),
    })
  })

  it('tells that the source has more, by its own notes where there are some', () => {
    expect(describeSearch({ ...SEARCHED, complete: false }).notes).toEqual([
      'The source has more cars than were analyzed.',
    ])
    expect(
      describeSearch({ ...SEARCHED, complete: false, notes: ['A page is missing.'] }).notes,
    ).toEqual(['A page is missing.'])
  })

  it.each([null, 'a search', [], {}, { make: 7, leftOut: 'none', notes: null }])(
    'makes nothing up of %j',
    (searched) => {
      expect(describeSearch(searched)).toEqual({
        criteria: null,
        wider: null,
        leftOut: [],
        notes: [],
        radius: null,
      })
    },
  )
})

describe('how far a price is from what is expected', () => {
  it.each([
    [122, '22.0% above', '122.0%'],
    [91.4, '8.6% below', '91.4%'],
    [100, 'exactly', '100.0%'],
  ])('of %d percent', (percent, apart, words) => {
    expect([describeDifference(percent), formatPercent(percent)]).toEqual([apart, words])
  })

  it('is not said where nothing is expected', () => {
    expect(formatPercent(null)).toBe('–')
  })
})
