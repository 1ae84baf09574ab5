import { describe, expect, it } from '@jest/globals'
import { describeReadingConflict } from '../../src/garage/domain/odometer-message.ts'
import { type Reading, spanDay, spanInstant } from '../../src/garage/domain/odometer.ts'

const before: Reading = {
  source: 'fuel',
  id: '1',
  miles: 31_000.4,
  ...spanInstant(new Date('2026-03-01T10:00:00Z')),
}
const after: Reading = { source: 'maintenance', id: '2', miles: 31_500, ...spanDay('2026-04-01') }
const own: Reading = { ...before, source: 'owner', miles: 30_500 }
const reading = { miles: 30_000, day: '2026-03-10' }

describe('a reading that does not fit', () => {
  it.each([
    [
      { before, after },
      'does not fit between 31000.4 miles in the fuel log from 2026-03-01 and 31500 miles in the ' +
        'maintenance log from 2026-04-01',
    ],
    [
      { before: own, after: null },
      'does not fit after 30500 miles entered on the vehicle on 2026-03-01',
    ],
    [
      { before: null, after },
      'does not fit before 31500 miles in the maintenance log from 2026-04-01',
    ],
    [{ before: null, after: null }, 'is more than vehicles drive'],
  ])('names its neighbors and the way out (%#)', (conflict, words) =>
    expect(describeReadingConflict(reading, conflict, 'mi')).toBe(
      `30000 miles on 2026-03-10 ${words}. Correct the wrong reading, or keep this one ` +
        'by checking “This reading is correct as entered” (in the API, confirmOdometer: true)',
    ),
  )

  it('is described in the unit that it was entered in', () => {
    expect(describeReadingConflict(reading, { before: own, after: null }, 'km')).toContain(
      '48280.3 km on 2026-03-10 does not fit after 49085 km entered on the vehicle',
    )
  })
})
