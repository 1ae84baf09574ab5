import { z } from 'zod'
import { DISTANCE_UNITS } from '../domain/units.ts'
import { DUE_SCHEDULE, OWNER_DUE } from './due-schemas.ts'

const OF_VEHICLE = {
  vehicle: z.uuid(),
  vehicleTitle: z.string(),
}

const SPEND = z.strictObject({
  period: z
    .string()
    .describe('YYYY-MM, YYYY, or two days with a slash between, in the time zone of the owner.'),
  fuel: z.number(),
  maintenance: z.number(),
  ownership: z.number().describe('Insurance, taxes and the like, by the day.'),
  total: z.number(),
})

/** GET /api/me/summary, and for admins GET /api/user-profiles/:id/summary */
export const OWNER_SUMMARY = z.strictObject({
  today: z.iso.date().describe('The day that it is in the time zone of the owner.'),
  timeZone: z.string().describe('Of the owner, an IANA name.'),
  currency: z.string().describe('Of every amount: an ISO 4217 code such as USD.'),
  distanceUnit: z.enum(DISTANCE_UNITS).describe('Of every distance and odometer.'),
  vehicles: z
    .strictObject({
      inUse: z.number().int(),
      archived: z.number().int(),
      sold: z.number().int(),
    })
    .describe('How many vehicles are in use, archived and sold.'),
  vehicleList: z
    .array(
      z.strictObject({
        id: z.uuid(),
        title: z.string(),
        licensePlate: z.string().nullable(),
        odometer: z.number().int().nullable().describe('Null without a reading.'),
        image: z.string().nullable().describe('The address of the photo; null without one.'),
        state: z.enum(['in_use', 'archived', 'sold']),
      }),
    )
    .describe('The vehicles, those in use first, at most 50.'),
  due: z.strictObject({
    counts: OWNER_DUE.shape.counts,
    next: z
      .array(z.strictObject({ ...OF_VEHICLE, ...DUE_SCHEDULE.shape }))
      .describe('What is overdue or due soon, the most urgent first, at most 10.'),
  }),
  expiring: z
    .array(
      z.strictObject({
        ...OF_VEHICLE,
        id: z.uuid(),
        title: z.string(),
        documentType: z.string(),
        expirationDate: z.iso.date(),
        status: z.enum(['expired', 'expires_soon']),
        daysLeft: z.number().int().describe('Negative once it has expired.'),
      }),
    )
    .describe(
      'Documents of vehicles in use that have expired or expire soon, at most 10. Of each type ' +
        'of a vehicle, only the one that is valid longest counts.',
    ),
  spend: z.strictObject({
    month: SPEND.describe('Since the first day of this month.'),
    year: SPEND.describe('Since the first day of this year.'),
    last30Days: SPEND.describe('Of the last 30 days, today among them.'),
  }),
  storage: z
    .strictObject({
      bytes: z.number().int().describe('Of rows and files.'),
      limitBytes: z
        .number()
        .int()
        .nullable()
        .describe('The limit of the tier or of the server, the lower one; null without a limit.'),
    })
    .describe('How much is stored.'),
  lastEntries: z
    .array(
      z.strictObject({
        ...OF_VEHICLE,
        kind: z.enum(['fuel', 'maintenance']),
        id: z.uuid(),
        day: z.iso.date(),
        category: z.string().nullable().describe('A fuel type, or a category of maintenance.'),
        cost: z.number().nullable(),
      }),
    )
    .describe('The latest fuel and maintenance logs of all vehicles, at most 10.'),
})
