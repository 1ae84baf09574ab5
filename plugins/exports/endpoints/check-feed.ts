import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { integerInput } from '../../../src/domain/input-schemas.ts'
import { checkFeedCars } from '../runs/check-feed.ts'
import { CODE, createFeedError, FEED, FEED_CHECK } from './api-schemas.ts'

const MAX_PAGE = 1_000
const MAX_LIMIT = 100
const DEFAULT_LIMIT = 20

/**
 * GET /api/exports/:feed/check: what keeps cars out of a feed, with the reason and the fix of each;
 * problems of the feed itself come first.
 */
export const checkFeedEndpoint = endpoint({
  method: 'get',
  path: '/exports/:feed/check',
  summary: 'Check which cars a feed leaves out, and why',
  access: callers.staff('the checks of feeds'),
  params: z.object({ feed: FEED }),
  inputErrors: { params: createFeedError },
  query: z.object({
    page: integerInput(1, MAX_PAGE).default(1),
    limit: integerInput(1, MAX_LIMIT).default(DEFAULT_LIMIT).describe('Cars on a page.'),
    code: CODE.optional().describe('Only cars with this problem.'),
  }),
  response: describeJson('The check.', FEED_CHECK),
  refusals: [400, 401, 403, 404],
  handler: ({ req }, { params: { feed }, query: { page, limit, code } }) =>
    checkFeedCars({ payload: req.payload }, feed, { now: new Date(), page, limit, code }),
})
