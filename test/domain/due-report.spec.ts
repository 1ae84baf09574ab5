import { describe, expect, it } from '@jest/globals'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'
import { reportVehicle } from '../../src/garage/due-report.ts'
import type { DueVehicle } from '../../src/garage/store/due.ts'

const NONE = { days: null, miles: null }
const options = (unitSystem: string) => ({
  units: resolveOwnerUnits({ unitSystem }),
  today: '2026-06-15',
  defaults: { days: 30, miles: 500 },
})

const aVehicle = (odometer: number | null, dueMiles: number): DueVehicle => ({
  id: 'vehicle',
  title: 'Blue Civic',
  isActive: true,
  soldDate: null,
  odometer,
  odometerDate: null,
  milesPerDay: null,
  thresholds: NONE,
  schedules: [
    {
      id: 'schedule',
      category: 'Repair',
      subtypes: [],
      lastServiceDate: null,
      lastServiceMiles: null,
      plan: { dueDate: null, dueMiles, intervalMonths: null, intervalMiles: null },
      thresholds: NONE,
    },
  ],
})

describe('what is due for a vehicle', () => {
  it.each(['metric', 'imperial'])('has a distance left that fits the two readings, %s', (units) => {
    for (let odometer = 9_000; odometer < 9_700; odometer++) {
      const report = reportVehicle(aVehicle(odometer, 9_321), options(units))
      const [schedule] = report.schedules
      const { dueOdometer, distanceLeft, status } = schedule ?? {}
      expect(distanceLeft).toBe((dueOdometer ?? 0) - (report.odometer ?? 0))
      expect([odometer, (distanceLeft ?? 0) < 0]).toEqual([odometer, odometer > 9_321])
      expect(status === 'overdue').toBe(odometer > 9_321)
    }
  })

  it('has no distance left without a reading', () => {
    const [schedule] = reportVehicle(aVehicle(null, 9_321), options('metric')).schedules
    expect(schedule).toMatchObject({ distanceLeft: null, dueOdometer: 15_000, status: 'unknown' })
  })

  it('is not silent before the day on which the vehicle is sold', () => {
    const report = (soldDate: string) =>
      reportVehicle({ ...aVehicle(9_400, 9_321), soldDate }, options('imperial'))
    expect(report('2026-06-16')).toMatchObject({ silence: null, schedules: [{ id: 'schedule' }] })
    expect(report('2026-06-15').schedules).toEqual([])
    expect(report('2026-06-15').silence).toContain('was sold on 2026-06-15')
  })
})
