import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { integerInput, uuidInput } from '../../../src/domain/input-schemas.ts'
import { findCompetitor } from '../store/competitors.ts'
import { listSales } from '../store/sales.ts'
import { createPoolSql } from '../store/sql.ts'
import { SALES } from './api-schemas.ts'

const SALES_QUERY = z.object({
  months: integerInput(1, 36).default(12).describe('The number of months, including this one.'),
  bucket: integerInput(500, 100_000).default(5_000).describe('The width of a price bucket.'),
  competitor: uuidInput().optional().describe('Only the sales of this competitor.'),
})

/**
 * GET /api/competitors/sales?months=12&bucket=5000: the cars that competitors sold by month and
 * price bucket, oldest month first.
 */
export const listCompetitorSales = endpoint({
  method: 'get',
  path: '/sales',
  summary: 'Count the cars that competitors sold by month and price bucket, oldest month first',
  access: callers.staff('competitors'),
  query: SALES_QUERY,
  response: describeJson('The months.', SALES),
  refusals: [400, 401, 403, 404],
  handler: async ({ req }, { query: { months, bucket, competitor = null } }) => {
    if (competitor !== null && !(await findCompetitor(req, competitor)))
      throw new APIError('Not Found', 404)
    const query = { competitor, months, bucket, now: new Date() }
    return SALES.parse({ months: await listSales(createPoolSql(req), query) })
  },
})
