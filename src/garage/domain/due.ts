import { findVehicleStatus, type VehicleLife } from './vehicle-status.ts'
import { addDays, addMonths, countDays, limitDay } from './days.ts'

/** The states of a schedule, the most urgent one first. */
export const DUE_STATUSES = ['overdue', 'due_soon', 'ok', 'unknown'] as const
/** What makes a schedule due. */
export const DUE_METRICS = ['date', 'miles'] as const

export type DueStatus = (typeof DUE_STATUSES)[number]
export type DueMetric = (typeof DUE_METRICS)[number]

/** How many days or miles ahead something counts as due soon. */
export type Thresholds = { days: number; miles: number }

/** Thresholds that may be missing: those of a vehicle or a schedule. */
export type OwnThresholds = { days: number | null; miles: number | null }

/** When a schedule is due next, and how often; null for what is missing. */
export type DuePlan = {
  dueDate: string | null
  dueMiles: number | null
  intervalMonths: number | null
  intervalMiles: number | null
}

/**
 * The state of a vehicle: its odometer, the day of that reading, and how far it is driven a day,
 * null if unknown; and the day that it is for the owner.
 */
export type DueContext = {
  odometer: number | null
  odometerDate: string | null
  milesPerDay: number | null
  today: string
}

/**
 * How due a schedule is: the metric that makes it so (of two, the one that comes first), the days
 * and miles that are left (negative once it is overdue), and the expected due day, by the due date
 * or by how far the vehicle is driven, whichever comes first. `reason` explains the status
 * `unknown`.
 */
export type Due = {
  status: DueStatus
  metric: DueMetric | null
  daysLeft: number | null
  milesLeft: number | null
  forecastDate: string | null
  reason: string | null
}

/** One metric of a schedule: its state, and the day on which it is or was due, if known. */
type Half = {
  metric: DueMetric
  status: DueStatus
  day: string | null
}

/** Without an own threshold, maintenance is due soon for at least this share of its interval. */
const SHARE_OF_INTERVAL = 0.1

/** A century: what is farther away is not a forecast. */
const MAX_FORECAST_DAYS = 36_525

const NO_DUE =
  'Nothing says when it is due. Enter an interval and the last service, or the next due date or ' +
  'mileage.'
const NO_ODOMETER =
  'It is due by mileage, but the vehicle has no odometer reading. Enter one, or add a log with one.'

/**
 * Computes how due a schedule is, by date or by miles, whichever comes first. On its due day, and
 * at its due mileage, it is not overdue yet. A metric with something missing is ignored.
 */
export function computeDue(plan: DuePlan, thresholds: Thresholds, context: DueContext): Due {
  const { odometer, today } = context
  const { dueDate, dueMiles } = plan
  const daysLeft = dueDate === null ? null : countDays(today, dueDate)
  const milesLeft = dueMiles === null || odometer === null ? null : dueMiles - odometer
  const byDate = buildHalf('date', daysLeft, thresholds.days, dueDate)
  const byMiles = buildHalf('miles', milesLeft, thresholds.miles, forecastDay(milesLeft, context))
  const halves = [byDate, byMiles].filter((half) => half !== null)
  const [first] = halves.toSorted(compareHalves)
  if (!first)
    return {
      status: 'unknown',
      metric: null,
      daysLeft,
      milesLeft,
      forecastDate: null,
      reason: dueMiles === null ? NO_DUE : NO_ODOMETER,
    }
  return {
    status: first.status,
    metric: first.metric,
    daysLeft,
    milesLeft,
    forecastDate: halves.flatMap(({ day }) => day ?? []).toSorted()[0] ?? null,
    reason: null,
  }
}

function buildHalf(
  metric: DueMetric,
  left: number | null,
  threshold: number,
  day: string | null,
): Half | null {
  if (left === null) return null
  const status = left < 0 ? 'overdue' : left <= threshold ? 'due_soon' : 'ok'
  return { metric, status, day }
}

/** The more urgent metric first; of two with the same status, the one that is due first. */
function compareHalves(one: Half, other: Half): number {
  if (one.status !== other.status) return rankStatus(one.status) - rankStatus(other.status)
  if (one.day === null || other.day === null || one.day === other.day) return 0
  return one.day < other.day ? -1 : 1
}

const rankStatus = (status: DueStatus): number => DUE_STATUSES.indexOf(status)

/**
 * The day on which the miles that are left will be driven, at the usual miles per day since the
 * last reading.
 */
function forecastDay(
  milesLeft: number | null,
  { milesPerDay, odometerDate, today }: DueContext,
): string | null {
  if (milesLeft === null || milesPerDay === null || milesPerDay <= 0) return null
  const days = Math.floor(milesLeft / milesPerDay)
  if (Math.abs(days) > MAX_FORECAST_DAYS) return null
  return limitDay(addDays(odometerDate ?? today, days))
}

/**
 * The thresholds of a schedule: its own, else those of its vehicle, else the defaults, of which the
 * miles are at least a tenth of the interval. None is longer than the interval.
 */
export function resolveThresholds(
  { dueDate, intervalMonths, intervalMiles }: DuePlan,
  own: { defaults: Thresholds; vehicle: OwnThresholds; schedule: OwnThresholds },
): Thresholds {
  const share = Math.ceil((intervalMiles ?? 0) * SHARE_OF_INTERVAL)
  const days = own.schedule.days ?? own.vehicle.days ?? own.defaults.days
  const miles = own.schedule.miles ?? own.vehicle.miles ?? Math.max(own.defaults.miles, share)
  const intervalDays =
    dueDate === null || intervalMonths === null
      ? Infinity
      : countDays(addMonths(dueDate, -intervalMonths), dueDate)
  return { days: Math.min(days, intervalDays), miles: Math.min(miles, intervalMiles ?? Infinity) }
}

/** Sorts what is due: the most urgent status first, then the earliest expected day. */
export function compareDue(
  one: Pick<Due, 'status' | 'forecastDate'>,
  other: Pick<Due, 'status' | 'forecastDate'>,
): number {
  const [oneDay, otherDay] = [one.forecastDate ?? '9999', other.forecastDate ?? '9999']
  const byDay = oneDay < otherDay ? -1 : oneDay > otherDay ? 1 : 0
  return rankStatus(one.status) - rankStatus(other.status) || byDay
}

/**
 * Why nothing is due for a vehicle that its owner no longer drives; null for a vehicle in use. A
 * vehicle is in use until the day of its sale.
 */
export function findSilence(life: VehicleLife, today: string): string | null {
  const status = findVehicleStatus(life, today)
  if (status === 'sold') return `The vehicle was sold on ${life.soldDate}, so nothing is due.`
  return status === 'active' ? null : 'The vehicle is archived, so nothing is due.'
}
