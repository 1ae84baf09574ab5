import { z } from 'zod'
import { DUE_STATUSES } from '../domain/due.ts'
import { DISTANCE_UNITS } from '../domain/units.ts'

/* The responses about what is due. Days are the owner's, distances are in `distanceUnit`. */

const DAY = z.iso.date().nullable()
const WHOLE = z.number().int().nullable()

const DAY_CONTEXT = {
  today: z.iso.date().describe('The day that it is in the time zone of the owner.'),
  timeZone: z.string().describe('Of the owner, an IANA name.'),
  distanceUnit: z.enum(DISTANCE_UNITS).describe('Of every distance and odometer.'),
}

export const DUE_SCHEDULE = z
  .strictObject({
    id: z.uuid(),
    category: z.string(),
    subtypes: z.array(z.string()).describe('Empty: any maintenance of the category.'),
    status: z.enum(DUE_STATUSES).describe('`unknown`: nothing says when it is due; see `reason`.'),
    metric: z
      .enum(['date', 'distance'])
      .nullable()
      .describe(
        'Which of the two decides the status; if both do, the one that comes first. Null while ' +
          'the status is unknown.',
      ),
    lastServiceDate: DAY.describe('Null without a service.'),
    lastServiceOdometer: WHOLE.describe('Null if it is not known.'),
    dueDate: DAY.describe('Null if no day is known.'),
    dueOdometer: WHOLE.describe('Null if no reading is known.'),
    daysLeft: WHOLE.describe('Negative once the due date is past; null without a due date.'),
    distanceLeft: WHOLE.describe('Negative once it is exceeded; null if it is not known.'),
    forecastDate: DAY.describe(
      'The expected due day, by the due date or by how far the vehicle is driven, whichever ' +
        'comes first. Null if neither is known.',
    ),
    reason: z.string().nullable().describe('Why the status is unknown; else null.'),
  })
  .describe('How due a schedule is.')

export const DUE_VEHICLE = z
  .strictObject({
    id: z.uuid(),
    title: z.string(),
    odometer: WHOLE.describe('Null without a reading.'),
    odometerDate: DAY.describe('The day of the reading; null without one.'),
    distancePerDay: z
      .number()
      .nullable()
      .describe('From the readings of the last year; null if they are too few.'),
    silence: z
      .string()
      .nullable()
      .describe('Why nothing is due for this vehicle: it was sold or archived. Else null.'),
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
