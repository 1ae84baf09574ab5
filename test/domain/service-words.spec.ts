import { describe, expect, it } from '@jest/globals'
import { findServiceWords } from '../../src/garage/imports/domain/service-words.ts'
import { measureProcessorMs } from '../support/processor-time.ts'

const CATALOG = [
  { category: 'Routine maintenance', name: 'Oil change', isActive: true },
  { category: 'Routine maintenance', name: 'Tire rotation', isActive: true },
  { category: 'Repair', name: 'Brakes', isActive: true },
  { category: 'Retired', name: 'Old', isActive: false },
]
const NONE = new Map<string, string | null>()

describe('the words of a service', () => {
  it.each([
    [{ title: 'Oil Change' }, 'Routine maintenance', ['Oil change'], []],
    [
      { title: 'Tire rotation, oil change' },
      'Routine maintenance',
      ['Tire rotation', 'Oil change'],
      [],
    ],
    [{ title: 'Oil change, wash' }, 'Routine maintenance', ['Oil change'], ['wash']],
    [{ category: 'Repair', title: 'Brakes' }, 'Repair', ['Brakes'], []],
    [{ category: 'Repair', title: 'Left mirror' }, 'Repair', null, ['Left mirror']],
    [{ category: 'Service', title: 'Checkup' }, 'Routine maintenance', null, ['Checkup']],
    [{ category: 'oil_change' }, 'Routine maintenance', ['Oil change'], []],
  ])('of %j are found in the catalog', (words, category, subtypes, rest) =>
    expect(findServiceWords(CATALOG, words, NONE)).toEqual({ category, subtypes, rest }),
  )

  it('are not a list if there are more of them than a row can have', async () => {
    const title = 'Brakes,'.repeat(50_000)
    const ms = await measureProcessorMs(async () =>
      expect(findServiceWords(CATALOG, { title }, NONE)).toEqual({ unknown: title }),
    )
    expect(ms).toBeLessThan(1_500)
  })

  it('are not guessed, but chosen by a person, who can skip them', () => {
    const parking = { category: 'Parking', title: 'Airport' }
    expect(findServiceWords(CATALOG, parking, NONE)).toEqual({ unknown: 'Parking' })
    expect(findServiceWords(CATALOG, { title: 'Old' }, NONE)).toEqual({ unknown: 'Old' })
    expect(findServiceWords(CATALOG, {}, NONE)).toEqual({ unknown: '' })
    expect(findServiceWords(CATALOG, parking, new Map([['parking', null]]))).toEqual({
      skipped: 'Parking',
    })
    expect(findServiceWords(CATALOG, parking, new Map([['parking', 'repair']]))).toEqual({
      category: 'Repair',
      subtypes: null,
      rest: ['Parking', 'Airport'],
    })
    expect(findServiceWords(CATALOG, {}, new Map([['', 'Repair']]))).toEqual({
      category: 'Repair',
      subtypes: null,
      rest: [],
    })
  })
})
