import type { z } from 'zod'
import {
  compareDue,
  computeDue,
  findSilence,
  resolveThresholds,
  type Thresholds,
} from './domain/due.ts'
import { fromMiles, fromWholeMiles, type OwnerUnits } from './domain/units.ts'
import type { DUE_SCHEDULE, DUE_VEHICLE } from './endpoints/due-schemas.ts'
import type { DueSchedule, DueVehicle } from './store/due.ts'

/** What a report is computed with: the owner's units and day, and the thresholds by default. */
export type DueReportOptions = {
  units: OwnerUnits
  today: string
  defaults: Thresholds
}

type ScheduleReport = z.input<typeof DUE_SCHEDULE>
type VehicleReport = z.input<typeof DUE_VEHICLE>

/**
 * What is due for a vehicle, the most urgent schedule first, in the owner's units. Nothing is due
 * for a sold or archived vehicle.
 */
export function reportVehicle(vehicle: DueVehicle, options: DueReportOptions): VehicleReport {
  const { units } = options
  const silence = findSilence(vehicle, options.today)
  const schedules = silence === null ? vehicle.schedules : []
  return {
    id: vehicle.id,
    title: vehicle.title,
    odometer: toWholeDistance(vehicle.odometer, units),
    odometerDate: vehicle.odometerDate,
    distancePerDay:
      vehicle.milesPerDay === null
        ? null
        : Math.round(fromMiles(vehicle.milesPerDay, units.distance) * 10) / 10,
    silence,
    schedules: schedules
      .map((schedule) => reportSchedule(schedule, vehicle, options))
      .toSorted(compareDue),
  }
}

function reportSchedule(
  schedule: DueSchedule,
  vehicle: DueVehicle,
  { units, today, defaults }: DueReportOptions,
): ScheduleReport {
  const { plan } = schedule
  const own = { defaults, vehicle: vehicle.thresholds, schedule: schedule.thresholds }
  const { odometer, odometerDate, milesPerDay } = vehicle
  const context = { odometer, odometerDate, milesPerDay, today }
  const { milesLeft: _, metric, ...due } = computeDue(plan, resolveThresholds(plan, own), context)
  const dueOdometer = toWholeDistance(plan.dueMiles, units)
  return {
    id: schedule.id,
    category: schedule.category,
    subtypes: schedule.subtypes,
    lastServiceDate: schedule.lastServiceDate,
    lastServiceOdometer: toWholeDistance(schedule.lastServiceMiles, units),
    dueDate: plan.dueDate,
    dueOdometer,
    ...due,
    metric: metric === 'miles' ? 'distance' : metric,
    distanceLeft: subtract(dueOdometer, toWholeDistance(odometer, units)),
  }
}

const toWholeDistance = (miles: number | null, { distance }: OwnerUnits): number | null =>
  miles === null ? null : fromWholeMiles(miles, distance)

/** The difference of two distances as they are shown, so that it fits them in kilometers, too. */
const subtract = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one - other
