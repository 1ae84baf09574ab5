import { z } from 'zod'
import { FUEL_TYPE_NAMES } from '../domain/fuel-types.ts'
import { DISTANCE_UNITS, ECONOMY_UNITS, LIQUID_UNITS, type OwnerUnits } from '../domain/units.ts'

/* The responses about fuel and costs. All figures are in the owner's units. */

/** A number, or in words why there is none. */
export const FIGURE = z
  .union([
    z.strictObject({ value: z.number(), reason: z.null() }),
    z.strictObject({ value: z.null(), reason: z.string() }),
  ])
  .describe(
    'A figure. If it cannot be given, the value is null and the reason is a sentence that can be ' +
      'shown to the owner. Amounts of money are in `units.currency`.',
  )

/** The units of all figures of a response. */
export const UNITS = z
  .strictObject({
    distance: z.enum(DISTANCE_UNITS).describe('Of every distance: miles or kilometers.'),
    volume: z.enum(LIQUID_UNITS).describe('Of liquid fuel. Others have the `unit` beside them.'),
    economy: z.enum(ECONOMY_UNITS).describe('Of liquid fuel. Others have the `unit` beside them.'),
    currency: z.string().describe('Of every cost and price: an ISO 4217 code such as USD.'),
    timeZone: z.string().describe('Of days, months and years: an IANA name.'),
  })
  .describe('The units of the figures: those of the owner of the vehicle.')

/** Names the units of a response. */
export const describeUnits = ({
  distance,
  volume,
  economy,
  currency,
  timeZone,
}: OwnerUnits): z.output<typeof UNITS> => ({ distance, volume, economy, currency, timeZone })

const day = z.iso.date()
/** A type of fuel; null for a row without one, or with one that is not in the list. */
export const FUEL_TYPE = z.enum(FUEL_TYPE_NAMES).nullable()

const FILL_FIGURE = z
  .strictObject({ value: z.number(), fuelLog: z.uuid(), day })
  .nullable()
  .describe('The economy of one fill and its day. Null if no fill measures economy.')

const ECONOMY = z.strictObject({
  unit: z.string().describe('Such as mpg, l_per_100km, mi_per_kwh or kwh_per_100km.'),
  average: FIGURE.describe('The sum of distances by the sum of fuel.'),
  best: FILL_FIGURE,
  worst: FILL_FIGURE,
  last: FILL_FIGURE,
  measuredFuelLogs: z.number().int().describe('How many fills measure economy.'),
  reason: z.string().nullable().describe('Why there is no economy; null if there is.'),
})

const COSTS = {
  fuelLogs: z.number().int(),
  maintenanceLogs: z.number().int(),
  fuelCost: z.number(),
  maintenanceCost: z.number().describe('Of the maintenance logs with a cost.'),
  ownershipCost: z
    .number()
    .describe('Insurance, taxes and the like, spread over their days up to today.'),
  cost: z.number().describe('Fuel, maintenance and ownership.'),
}

const PERIOD = z.strictObject({
  period: z.string().describe('YYYY-MM or YYYY, in the time zone of the owner.'),
  ...COSTS,
  distance: z.number().describe('Counted on the day of the later of two readings.'),
  economy: FIGURE,
})

const FUEL = z.strictObject({
  fuelType: FUEL_TYPE.describe('Null for fills without a type, or with one that is not listed.'),
  tank: z
    .string()
    .nullable()
    .describe('Where it goes. Null if the vehicle has several and the fill does not say which.'),
  sharesTankWith: z
    .array(z.enum(FUEL_TYPE_NAMES))
    .describe('Types in the same tank. Their economy is measured together.'),
  unit: z
    .string()
    .describe('The unit of the amount and of the average price: gal_us, gal_uk, l, kwh, kg, gge.'),
  fuelLogs: z.number().int(),
  amount: z.number(),
  cost: z.number(),
  averagePrice: FIGURE.describe('The sum of costs by the sum of amounts.'),
  economy: ECONOMY,
})

/** GET /api/vehicles/:id/stats */
export const VEHICLE_STATS = z.strictObject({
  vehicle: z.uuid(),
  units: UNITS,
  totals: z.strictObject({
    ...COSTS,
    distance: FIGURE.describe('Driven since the first reading.'),
    distanceSince: day
      .nullable()
      .describe('The day of the first reading; null without a distance or a reading.'),
    purchasePrice: FIGURE,
    salePrice: FIGURE,
    depreciation: FIGURE.describe('The purchase price minus the sale price.'),
  }),
  averages: z.strictObject({
    fuelLogCost: FIGURE,
    maintenanceLogCost: FIGURE,
    distancePerFuelLog: FIGURE,
  }),
  economy: ECONOMY.describe(
    'The economy of the vehicle if it has one tank; else see each of `fuels`. Exhaust fluid does ' +
      'not count.',
  ),
  fuels: z.array(FUEL),
  costPerDistance: z
    .strictObject({
      fuel: FIGURE,
      running: FIGURE.describe('Fuel and maintenance.'),
      withOwnership: FIGURE.describe('Fuel, maintenance and the costs of ownership.'),
      withPurchase: FIGURE.describe('Fuel, maintenance and the purchase price.'),
      withDepreciation: FIGURE.describe('Fuel, maintenance and depreciation.'),
    })
    .describe('Costs per mile or kilometer since the first reading.'),
  byCategory: z.array(
    z.strictObject({
      kind: z.enum(['fuel', 'maintenance', 'ownership']),
      category: z
        .string()
        .describe('`fuel`, a category of maintenance, or a kind of ownership cost.'),
      logs: z.number().int().describe('How many rows it has.'),
      cost: z.number(),
    }),
  ),
  byMonth: z.array(PERIOD).describe('Oldest first, without months in which nothing happened.'),
  byYear: z.array(PERIOD).describe('Oldest first, without years in which nothing happened.'),
  odometer: z
    .array(z.strictObject({ day, odometer: z.number() }))
    .describe('The last entered reading of each day, oldest first.'),
})

const FILL = z.strictObject({
  id: z.uuid(),
  dateTime: z.iso.datetime(),
  odometer: z.number().nullable().describe('Null if it was not entered.'),
  tripDistance: z.number().nullable().describe('Null if it was not entered.'),
  station: z.uuid().nullable().describe('Where the fuel was bought.'),
  fuelType: z.string().nullable().describe('As stored: old rows may have any text.'),
  fuelGrade: z.string().nullable(),
  unit: z.string().describe('The unit of the amount: gal_us, gal_uk, l, kwh, kg or gge.'),
  amount: z.number().describe('`fuelUnits` of the log, in `unit`.'),
  pricePerUnit: z.number().describe('`costPerUnit` of the log, per `unit`.'),
  totalCost: z.number(),
  isFullFill: z.boolean(),
  missedFill: z.boolean(),
  economy: FIGURE.describe(
    'What this fill measured since the previous full one; null with a reason for a partial or ' +
      'first fill and after a missed one.',
  ),
  economyUnit: z.string().describe('Such as mpg, l_per_100km, mi_per_kwh or kwh_per_100km.'),
  distance: z
    .number()
    .nullable()
    .describe('The distance that the economy stands for; null if there is none.'),
})

/** GET /api/vehicles/:id/fuel-logs */
export const VEHICLE_FILLS = z.strictObject({
  vehicle: z.uuid(),
  units: UNITS,
  docs: z.array(FILL).describe('Newest first.'),
  totalDocs: z.number().int().describe('All fuel logs of the vehicle.'),
  page: z.number().int(),
  limit: z.number().int(),
  totalPages: z.number().int(),
})

/** GET /api/fuel-types */
export const FUEL_TYPE_LIST = z.strictObject({
  fuelTypes: z.array(
    z.strictObject({
      value: z.enum(FUEL_TYPE_NAMES),
      label: z.string(),
      measure: z
        .enum(['gallon', 'kwh', 'kg', 'gge'])
        .describe('How amounts are stored: US gallons, kWh, kg, gasoline gallon equivalents.'),
      grades: z.array(z.string()).describe('Empty: `fuelGrade` must be null.'),
    }),
  ),
})
