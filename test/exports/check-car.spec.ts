import { describe, expect, it } from '@jest/globals'
import { checkCar } from '../../plugins/exports/domain/check-car.ts'
import type { FeedCar } from '../../plugins/exports/domain/feed-car.ts'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import type { MappingRule } from '../../plugins/exports/domain/mapping.ts'
import { feeds } from '../../plugins/exports/feeds/index.ts'
import { aFeedCar, aFeedContext, photo } from '../support/feeds.ts'

const check = (about: Partial<FeedCar>, feed: FeedName, mapping: readonly MappingRule[] = []) =>
  checkCar(aFeedCar(about), feeds[feed], { ...aFeedContext(), mapping }).map(
    ({ code, severity }) => `${code} ${severity}`,
  )

describe('a car without problems', () => {
  it.each(Object.keys(feeds) as FeedName[])('is listed by %s', (feed) => {
    expect(check({}, feed)).toEqual([])
  })
})

describe('a problem of a car', () => {
  it.each<[string, Partial<FeedCar>, FeedName, string[]]>([
    ['a salvage title', { titleStatus: 'Salvage' }, 'google', ['branded_title refused']],
    ['a rebuilt title', { titleStatus: 'rebuilt' }, 'facebook', ['branded_title refused']],
    ['a salvage title', { titleStatus: 'Salvage' }, 'cargurus', ['branded_title refused']],
    ['a salvage title', { titleStatus: 'Salvage' }, 'jekyll', []],
    ['no price', { price: 0 }, 'jekyll', ['no_price refused']],
    ['a price of $499.99', { price: 49_999 }, 'google', ['implausible_price refused']],
    ['a price of $500', { price: 50_000 }, 'google', []],
    ['a price of $12,500,000', { price: 1_250_000_000 }, 'jekyll', ['implausible_price warning']],
    ['no photo', { photos: [] }, 'carsforsale', ['no_photo refused']],
    ['no photo', { photos: [] }, 'jekyll', ['no_photo warning']],
    ['one photo', { photos: [photo(1)] }, 'facebook', ['few_photos refused']],
    ['one photo', { photos: [photo(1)] }, 'google', []],
    ['500 miles', { mileage: 500 }, 'facebook', ['few_miles refused']],
    ['501 miles', { mileage: 501 }, 'facebook', []],
    ['12 miles and being new', { mileage: 12, condition: 'New' }, 'facebook', []],
    ['500,001 miles', { mileage: 500_001 }, 'google', ['implausible_miles refused']],
    ['no VIN', { vin: '' }, 'jekyll', ['no_vin refused']],
    ['a wrong check digit', { vin: '1HGCM82643A004352' }, 'google', ['wrong_vin refused']],
    ['a chassis number', { vin: 'BNR32012345', year: 1991 }, 'autotrader', ['wrong_vin refused']],
    ['a VIN of Europe', { vin: 'WVWZZZ3CZEE140287', year: 2014 }, 'google', ['wrong_vin warning']],
    ['another year than its VIN', { year: 2010 }, 'google', ['vin_year refused']],
    ['the VIN of another car', { isDuplicate: true }, 'google', ['duplicate_vin refused']],
    ['no color', { exteriorColor: null }, 'facebook', ['missing_value refused']],
    ['no color', { exteriorColor: null }, 'google', []],
    ['no page', { url: null }, 'google', ['missing_value refused']],
    ['being switched off', { isExcluded: true, price: 0 }, 'google', ['excluded refused']],
    ['being pending', { status: 'pending' }, 'google', ['status refused']],
    ['being pending', { status: 'pending' }, 'jekyll', []],
    ['being on hold', { status: 'hold' }, 'jekyll', ['status refused']],
  ])('such as %s %j in %s is found', (_, about, feed, problems) => {
    expect(check(about, feed)).toEqual(problems)
  })

  it('of a sold car is that it is sold, except for 30 days at Facebook', () => {
    const sold = (day: string) => ({ status: 'sold', soldAt: new Date(day) }) as const
    expect(check(sold('2026-11-29'), 'google')).toEqual(['status refused'])
    expect(check(sold('2026-11-01'), 'facebook')).toEqual([])
    expect(check(sold('2026-10-30'), 'facebook')).toEqual(['status refused'])
  })

  it('is a rule of the feed that leaves it out', () => {
    const rule = { field: 'make', value: 'honda' } as const
    expect(check({}, 'google', [{ kind: 'leaveOutIf', ...rule }])).toEqual(['condition refused'])
    expect(check({}, 'google', [{ kind: 'onlyIf', ...rule }])).toEqual([])
  })

  it('has a reason and a fix in whole sentences', () => {
    const car = aFeedCar({
      titleStatus: 'Salvage',
      price: 100,
      photos: [],
      mileage: 600_000,
      vin: '1HGCM82643A004352',
      exteriorColor: null,
      isDuplicate: true,
    })
    const problems = checkCar(car, feeds.facebook, { ...aFeedContext(), mapping: [] })
    expect(problems.length).toBeGreaterThan(6)
    for (const { reason, fix } of problems)
      expect([reason, fix]).toEqual([expect.stringMatching(/^[A-Z].*\.$/), expect.stringMatching(/^[A-Z].*\.$/)]) // prettier-ignore
  })

  it('of the feed itself is none of its cars: without a template, no car has a page', () => {
    const context = aFeedContext()
    const dealership = { ...context.dealership, carUrlTemplate: null }
    const car = aFeedCar({ url: null })
    expect(checkCar(car, feeds.google, { ...context, dealership, mapping: [] })).toEqual([])
  })
})
