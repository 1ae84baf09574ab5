import { z } from 'zod'
import { COST_KIND_NAMES, MAX_INTERVAL_MONTHS } from '../../domain/ownership-costs.ts'

/** The limits of the columns, as in collections/garage. */
const MILES = z.number().min(0).max(10_000_000)
const WHOLE_MILES = MILES.int()
const DAY = z.string()
const text = (length: number) => z.string().max(length)
const SUBTYPES = z.array(z.string().min(1).max(100)).max(50)

/** A fuel log to be stored, in the units of the columns. */
export const FUEL_ROW = z.strictObject({
  dateTime: z.string(),
  odometer: MILES.nullable(),
  tripDistance: MILES.nullable(),
  fuelUnits: z.number().min(0.001).max(9_999_999.999),
  costPerUnit: z.number().min(0).max(9_999_999.999),
  totalCost: z.number().min(0).max(99_999_999.99),
  isFullFill: z.boolean(),
  missedFill: z.boolean(),
  fuelType: text(50).nullable(),
  fuelGrade: text(50).nullable(),
  station: z.guid().nullable(),
  locationData: text(500).nullable(),
  notes: z.string().nullable(),
})

/** A maintenance log to be stored. */
export const SERVICE_ROW = z.strictObject({
  serviceDate: DAY,
  odometer: WHOLE_MILES.nullable(),
  category: text(50),
  subtypes: SUBTYPES.nullable(),
  cost: z.number().min(0).max(99_999_999.99).nullable(),
  shopName: text(200).nullable(),
  notes: z.string().nullable(),
})

/** A maintenance schedule to be stored, with what its owner entered. */
export const SCHEDULE_ROW = z.strictObject({
  category: text(50),
  subtypes: SUBTYPES.nullable(),
  intervalMonths: z.number().int().min(1).max(600).nullable(),
  intervalMiles: WHOLE_MILES.min(1).nullable(),
  anchor: z.enum(['service', 'fixed']),
  enteredServiceDate: DAY.nullable(),
  enteredServiceMileage: WHOLE_MILES.nullable(),
  enteredDueDate: DAY.nullable(),
  enteredDueMileage: WHOLE_MILES.nullable(),
  dueSoonDays: z.number().int().min(0).max(3_650).nullable(),
  dueSoonMiles: WHOLE_MILES.nullable(),
  emailNotifications: z.boolean(),
  notes: z.string().nullable(),
})

/** An ownership cost to be stored. */
export const COST_ROW = z.strictObject({
  kind: z.enum(COST_KIND_NAMES),
  title: text(200).nullable(),
  amount: z.number().min(0).max(99_999_999.99),
  intervalMonths: z.number().int().min(1).max(MAX_INTERVAL_MONTHS),
  startDate: DAY,
  endDate: DAY.nullable(),
  notes: z.string().nullable(),
})

export type FuelRow = z.output<typeof FUEL_ROW>
export type ServiceRow = z.output<typeof SERVICE_ROW>
export type ScheduleRow = z.output<typeof SCHEDULE_ROW>
export type CostRow = z.output<typeof COST_ROW>

/** A row to be stored, by its kind. */
export type ImportRow =
  | { kind: 'fuel'; values: FuelRow }
  | { kind: 'maintenance'; values: ServiceRow }
  | { kind: 'schedule'; values: ScheduleRow }
  | { kind: 'cost'; values: CostRow }

/** Describes what is wrong with the values of a row, one sentence for each field. */
export const describeRowProblems = ({ issues }: z.ZodError): string[] =>
  issues.map(({ path, message }) => `${path.join('.')} is not valid: ${message}.`)
