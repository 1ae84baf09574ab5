import { addDays } from '../../garage/domain/days.ts'
import type {
  DemoCost,
  DemoDocument,
  DemoFill,
  DemoSchedule,
  DemoService,
  DemoVehicle,
} from './demo-owner.ts'

/** An owner of rows: days count back from `today`, and distances are in the owner's units. */
export type OwnerContext = {
  userId: string
  isMetric: boolean
  today: string
}

/** The same for the rows of one vehicle. */
export type VehicleContext = OwnerContext & { vehicle: string }

/** Every demo fuel log is of this time of its day, which is in the past. */
const TIME = 'T16:00:00.000Z'

const getDay = ({ today }: OwnerContext, daysAgo: number): string => addDays(today, -daysAgo)
const getUnit = ({ isMetric }: OwnerContext) => (isMetric ? ('km' as const) : ('mi' as const))
const identify = ({ userId, vehicle }: VehicleContext) => ({ userId, vehicle })

/** The row of a vehicle. Its odometer follows from its logs. */
export const buildVehicle = (owner: OwnerContext, { facts, purchase }: DemoVehicle) => ({
  userId: owner.userId,
  ...facts,
  purchaseDate: getDay(owner, purchase.daysAgo),
  purchasePrice: purchase.price,
  purchaseOdometer: purchase.odometer,
  distanceUnit: getUnit(owner),
})

/** The row of a purchase of fuel. */
export function buildFuelLog(
  context: VehicleContext,
  { type, grade, place }: DemoVehicle['fuel'],
  [daysAgo, odometer, fuelUnits, costPerUnit, special]: DemoFill,
) {
  const liquidUnit = context.isMetric ? ('l' as const) : ('gal_us' as const)
  return {
    ...identify(context),
    dateTime: `${getDay(context, daysAgo)}${TIME}`,
    odometer,
    fuelUnits,
    costPerUnit,
    isFullFill: special !== 'partial',
    missedFill: special === 'missed',
    fuelType: type,
    fuelGrade: grade,
    locationData: place,
    distanceUnit: getUnit(context),
    volumeUnit: type === 'electricity' ? ('kwh' as const) : liquidUnit,
  }
}

/** The row of a maintenance job. */
export const buildService = (
  context: VehicleContext,
  { daysAgo, odometer, category, subtypes, cost, shop }: DemoService,
) => ({
  ...identify(context),
  category,
  subtypes,
  serviceDate: getDay(context, daysAgo),
  odometer,
  cost,
  shopName: shop,
  distanceUnit: getUnit(context),
})

/** The row of recurring maintenance. */
export const buildSchedule = (
  context: VehicleContext,
  { category, subtypes, months, distance }: DemoSchedule,
) => ({
  ...identify(context),
  category,
  subtypes,
  intervalMonths: months,
  ...(distance !== undefined && { intervalMiles: distance }),
  distanceUnit: getUnit(context),
})

/** The row of a document, without its file. */
export const buildDocument = (
  context: VehicleContext,
  { title, type, issuedDaysAgo, daysLeft, details }: DemoDocument,
) => ({
  ...identify(context),
  title,
  documentType: type,
  issuedDate: getDay(context, issuedDaysAgo),
  expirationDate: getDay(context, -daysLeft),
  details,
})

/** The row of a cost of owning. */
export const buildCost = (
  context: VehicleContext,
  { kind, title, amount, months, sinceDaysAgo }: DemoCost,
) => ({
  ...identify(context),
  kind,
  title,
  amount,
  intervalMonths: months,
  startDate: getDay(context, sinceDaysAgo),
})
