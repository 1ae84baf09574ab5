import { z } from 'zod'
import { DUE_STATUSES } from '../domain/due.ts'
import { DISTANCE_UNITS } from '../domain/units.ts'

/* The responses about what is due. Days are the owner's, distances are in `distanceUnit`. */

const DAY = z.iso.date().nullable()
const WHOLE = z.number().int().nullable()

const DAY_CONTEXT = {
  today: z.iso.date().describe('The day that it is in the time zone of the owner.'),
  timeZone: z.string(),
  distanceUnit: z.enum(DISTANCE_UNITS),
}

export const DUE_SCHEDULE = z
  .strictObject({
    id: z.uuid(),
    category: z.string(),
    subtypes: z.array(z.string()),
    status: z.enum(DUE_STATUSES).describe('`unknown`: nothing says when it is due; see `reason`.'),
    metric: z
      .enum(['date', 'distance'])
      .nullable()
      .describe('Which of the two makes it due; if both do, the one that comes first.'),
    lastServiceDate: DAY,
    lastServiceOdometer: WHOLE,
    dueDate: DAY,
    dueOdometer: WHOLE,
    daysLeft: WHOLE.describe('Negative once the due date is past; null without a due date.'),
    distanceLeft: WHOLE.describe('Negative once it is exceeded; null if it is not known.'),
    forecastDate: DAY.describe(
      'The expected due day, by the due date or by how far the vehicle is driven, whichever ' +
        'comes first.',
    ),
    reason: z.string().nullable().describe('Why the status is unknown.'),
  })
  .describe('How due a schedule is.')

export const DUE_VEHICLE = z
  .strictObject({
    id: z.uuid(),
    title: z.string(),
    odometer: WHOLE.describe('Null without a reading.'),
    odometerDate: DAY,
    distancePerDay: z
      .number()
      .nullable()
      .describe('From the readings of the last year; null if they are too few.'),
    silence: z
      .string()
      .nullable()
      .describe('Why nothing is due for this vehicle: it was sold or archived.'),
    schedules: z.array(DUE_SCHEDULE),
  })
  .describe('What is due for a vehicle, the most urgent first.')

export const VEHICLE_DUE = z.strictObject({ ...DAY_CONTEXT, vehicle: DUE_VEHICLE })

export const OWNER_DUE = z.strictObject({
  ...DAY_CONTEXT,
  counts: z
    .strictObject({
      overdue: z.number().int(),
      due_soon: z.number().int(),
      ok: z.number().int(),
      unknown: z.number().int(),
    })
    .describe('How many schedules have each status.'),
  vehicles: z.array(DUE_VEHICLE).describe('Without sold, archived and deleted vehicles.'),
})
