import { NotFound, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { lineInput, uuidInput } from '../../../src/domain/input-schemas.ts'
import { centsToAmount } from '../../../src/domain/money.ts'
import { findLight } from '../domain/feed-problem.ts'
import { checkCars } from '../runs/check-feed.ts'
import { saveOverride } from '../runs/save-override.ts'
import type { FeedOverride } from '../store/feed-cars.ts'
import { CAR_FEEDS, type CarFeeds, FEED } from './api-schemas.ts'

const MAX_TITLE = 150

/** GET /api/inventory/:id/feeds: a car in all feeds, with what keeps it out of each. */
export const getCarFeeds = endpoint({
  method: 'get',
  path: '/:id/feeds',
  summary: 'Check a car in all feeds',
  access: callers.staff('the checks of feeds'),
  params: z.object({ id: uuidInput() }),
  response: describeJson('The feeds.', CAR_FEEDS),
  refusals: [400, 401, 403, 404],
  handler: ({ req }, { params: { id } }) => loadAnswer(req, id),
})

/** PUT /api/inventory/:id/feeds/:feed: whether one feed lists a car, with which title and price. */
export const setCarFeed = endpoint({
  method: 'put',
  path: '/:id/feeds/:feed',
  summary: 'Switch a car off for a feed, or list it with another title or price',
  access: callers.managers('the feeds of cars'),
  params: z.object({ id: uuidInput(), feed: FEED }),
  body: z.strictObject({
    excluded: z.boolean(),
    title: lineInput().pipe(z.string().max(MAX_TITLE)).nullable(),
    price: z.number().min(0.01).max(99_999_999.99).multipleOf(0.01).nullable(),
  }),
  bodyExample: '{"excluded":false,"title":"One owner","price":19999}',
  response: describeJson('The feeds.', CAR_FEEDS),
  refusals: [400, 401, 403, 404],
  handler: async ({ req }, { params: { id, feed }, body }) => {
    await loadAnswer(req, id)
    await saveOverride(req, { car: id, feed, ...body })
    return loadAnswer(req, id)
  },
})

async function loadAnswer(req: PayloadRequest, id: string): Promise<CarFeeds> {
  const feeds = (await checkCars(req, [id], { now: new Date() })).get(id)
  if (!feeds) throw new NotFound(req.t)
  const docs = feeds.map(({ car, override, problems, ...about }) => ({
    ...about,
    light: findLight(problems),
    problems,
    title: car.title,
    price: centsToAmount(car.price),
    override: describeOverride(override),
  }))
  return { docs }
}

const describeOverride = (override: FeedOverride | undefined) => ({
  excluded: override?.excluded ?? false,
  title: override?.title ?? null,
  price: typeof override?.price === 'number' ? centsToAmount(override.price) : null,
})
