import { describe, expect, it } from '@jest/globals'
import {
  buildAddress,
  buildDescription,
  buildTitle,
  buildTitledDescription,
  findCarState,
  findCylinders,
  formatDay,
  formatPrice,
} from '../../plugins/exports/domain/car-facts.ts'
import { aFeedCar, aFeedContext } from '../support/feeds.ts'

describe('the facts of a car in a feed', () => {
  it('are its title, its price with the currency, and its day on the lot', () => {
    const car = aFeedCar({ trim: null })
    expect(buildTitle(car)).toBe('2003 Honda Accord')
    expect(formatPrice(1_049_900, aFeedContext())).toBe('10499.00 USD')
    expect(formatDay(car.listedAt, aFeedContext({ timeZone: 'UTC' }))).toBe('2026-11-01')
    expect(formatDay(car.listedAt, aFeedContext())).toBe('2026-10-31')
    expect(formatDay(null, aFeedContext())).toBeNull()
  })

  it.each([
    ['Certified Pre-Owned', 'certified'],
    ['New', 'new'],
    ['Like new', 'used'],
    [null, 'used'],
  ])('tell from the condition %j that it is %s', (condition, state) => {
    expect(findCarState({ condition })).toBe(state)
  })

  it.each([
    ['3.5L V6', 6],
    ['2.0L I4 Turbo', 4],
    ['4-cyl diesel', 4],
    ['Flat-6', 6],
    ['Electric motor', null],
    [null, null],
  ])('tell from the engine %j that it has %j cylinders', (engine, cylinders) => {
    expect(findCylinders(engine)).toBe(cylinders)
  })

  it('lead its description with what speaks for it', () => {
    const words = { highlight: 'One owner', description: 'Well kept.' }
    expect(buildDescription(words)).toBe('One owner\n\nWell kept.')
    expect(buildDescription({ highlight: null, description: null })).toBeNull()
    expect(buildTitledDescription({ ...words, enteredTitle: 'Our best' })).toBe(
      'Our best\n\nOne owner\n\nWell kept.',
    )
  })

  it('have the address of the dealership on one line, as far as it is known', () => {
    const { dealership } = aFeedContext()
    expect(buildAddress(dealership)).toBe('1 Main St, Boston, MA 02134')
    expect(buildAddress({ ...dealership, street: null, state: null })).toBe('Boston, 02134')
  })
})
