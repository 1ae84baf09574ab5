import { z } from 'zod'
import { DISTANCE_UNITS } from '../domain/area.ts'

/* The responses about stations. */

const UNIT = z.enum(DISTANCE_UNITS)

const NEARBY_STATION = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  address: z.string().nullable(),
  latitude: z.number(),
  longitude: z.number(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  has93Octane: z.boolean().nullable().describe('According to owners’ reports; null if unknown.'),
  photo: z.string().nullable().describe('The path of its photo; null if there is none.'),
  source: z
    .enum(['google', 'forecourt'])
    .describe('Whether Google Places or a person added the station.'),
  confirmedAt: z.iso
    .datetime()
    .nullable()
    .describe('When Google last returned the station; null without a place ID.'),
  distance: z.number().describe('Along a great circle, in the unit.'),
  unit: UNIT,
})

/** GET /api/stations/nearby */
export const NEARBY_ANSWER = z.strictObject({
  docs: z.array(NEARBY_STATION).describe('Nearest first.'),
  totalDocs: z.number().int().describe('How many stored stations there are in the radius.'),
  limit: z.number().int(),
  radius: z.number(),
  unit: UNIT,
  googlePlaces: z
    .enum(['searched', 'notNeeded', 'notConfigured', 'unavailable', 'limited'])
    .describe('Whether Google Places was searched for this response, or why not.'),
  mayBeIncomplete: z.boolean().describe('Whether stations may be missing or outdated.'),
  note: z.string().nullable().describe('What may be missing, and why.'),
})

/** What GET /api/stations/nearby returns. */
export type NearbyAnswer = z.output<typeof NEARBY_ANSWER>

const REPORT = z.strictObject({
  id: z.uuid(),
  has93Octane: z.boolean().nullable(),
  reportedAt: z.iso.datetime(),
  status: z
    .enum(['counted', 'replaced', 'unanswered', 'outdated'])
    .describe('Only counted reports have a weight.'),
  weight: z.number().describe('0 to 1; half of it after 180 days.'),
  reporter: z.string().nullable().describe('The owner’s subject, for admins only.'),
})

const REMOVED_REPORT = z.strictObject({
  id: z.uuid(),
  has93Octane: z.boolean().nullable(),
  removedAt: z.iso.datetime(),
  removalReason: z.string().nullable(),
})

/** GET /api/stations/:id/reports */
export const REPORTS_ANSWER = z.strictObject({
  station: z.strictObject({ id: z.uuid(), name: z.string() }),
  verdict: z.strictObject({
    conclusion: z.enum(['sold', 'not_sold', 'disputed', 'unknown']),
    has93Octane: z.boolean().nullable(),
    reason: z.string(),
    yes: z.number().describe('The weight of the reports that say yes.'),
    no: z.number().describe('The weight of the reports that say no.'),
  }),
  reports: z.array(REPORT).describe('Active reports, newest first.'),
  removed: z.array(REMOVED_REPORT).nullable().describe('Removed reports, for admins only.'),
})

/** What GET /api/stations/:id/reports returns. */
export type ReportsAnswer = z.output<typeof REPORTS_ANSWER>
