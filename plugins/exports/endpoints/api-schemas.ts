import { APIError } from 'payload'
import { z } from 'zod'
import { FEED_NAMES, type FeedName } from '../domain/feed-names.ts'
import { PROBLEMS, type ProblemCode } from '../domain/feed-problem.ts'

/** The name of a feed in a path. */
export const FEED = z.enum(FEED_NAMES as [FeedName, ...FeedName[]])

/** The error for a path that names no feed. */
export function createFeedError({ feed }: Record<string, unknown>): APIError {
  const shown = String(feed).slice(0, 40)
  return new APIError(`There is no feed "${shown}"; the feeds are ${FEED_NAMES.join(', ')}.`, 404)
}

/** The kind of a problem. */
export const CODE = z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]])

const cars = z.number().int().min(0)
const LIGHT = z.enum(['green', 'yellow', 'red']).describe('Red if something is left out.')
const PROBLEM = z.strictObject({
  code: CODE,
  severity: z.enum(['refused', 'warning']),
  reason: z.string(),
  fix: z.string(),
})

/** GET /api/exports/:feed/check */
export const FEED_CHECK = z.strictObject({
  feed: FEED,
  label: z.string(),
  enabled: z.boolean(),
  light: LIGHT,
  problems: z.array(PROBLEM).describe('What the receiver misses in the whole file.'),
  listed: cars,
  leftOut: cars,
  warned: cars.describe('Listed cars that the receiver may object to.'),
  byCode: z.array(z.strictObject({ code: CODE, cars })),
  docs: z
    .array(
      z.strictObject({
        id: z.uuid(),
        title: z.string(),
        vin: z.string(),
        stockNumber: z.string().nullable(),
        status: z.string(),
        listed: z.boolean(),
        problems: z.array(PROBLEM),
      }),
    )
    .describe('Cars with problems; those that are left out come first.'),
  page: z.number().int(),
  totalDocs: cars,
  totalPages: z.number().int(),
})

/** The answer about one feed. */
export type FeedCheck = z.output<typeof FEED_CHECK>

/** What one feed says about a car instead. */
export const OVERRIDE = z.strictObject({
  excluded: z.boolean(),
  title: z.string().nullable(),
  price: z.number().nullable(),
})

/** GET /api/inventory/:id/feeds */
export const CAR_FEEDS = z.strictObject({
  docs: z.array(
    z.strictObject({
      feed: FEED,
      label: z.string(),
      enabled: z.boolean(),
      listed: z.boolean(),
      light: LIGHT,
      problems: z.array(PROBLEM),
      title: z.string().describe('As the feed lists it.'),
      price: z.number().describe('As the feed lists it.'),
      override: OVERRIDE,
    }),
  ),
})

/** The answer about one car. */
export type CarFeeds = z.output<typeof CAR_FEEDS>
