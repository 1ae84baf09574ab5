import { APIError } from 'payload'
import { z } from 'zod'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { callers } from '../../src/api/callers.ts'
import { endpoint } from '../../src/api/endpoint.ts'
import { describeJson } from '../../src/api/openapi/operation.ts'
import { RUNS } from '../api-schemas.ts'
import { loadFailedRuns, loadRecentRuns } from '../overview.ts'

const DEFAULT_HOURS = 24
const MAX_HOURS = 168

const QUERY = z.object({
  hours: z
    .string()
    .regex(/^\d{1,3}$/)
    .refine((hours) => Number(hours) >= 1 && Number(hours) <= MAX_HOURS)
    .optional()
    .describe('1 to 168; defaults to 24.'),
  failed: z
    .enum(['true'])
    .optional()
    .describe('Only runs that failed permanently, regardless of age.'),
})

/**
 * GET /api/jobs/runs?hours=24: recent runs, including those of removed tasks. With failed=true,
 * only permanently failed runs of any age, because these are often not among the newest.
 */
export const listRuns = endpoint({
  method: 'get',
  path: '/jobs/runs',
  summary: 'List recent runs',
  access: callers.staff('jobs'),
  query: QUERY,
  inputErrors: { query: describeInvalidQuery },
  response: describeJson('The runs.', RUNS),
  refusals: [400, 401, 403],
  handler: async ({ req }, { query: { hours = DEFAULT_HOURS, failed } }) => {
    const { pool } = getPostgresAdapter(req.payload)
    const runs = failed ? await loadFailedRuns(pool) : await loadRecentRuns(pool, Number(hours))
    return { now: new Date().toISOString(), runs }
  },
})

/** Names the first invalid parameter, its value and the valid ones. */
function describeInvalidQuery(query: Record<string, unknown>, { issues }: z.ZodError): APIError {
  const name = String(issues[0]?.path[0])
  const shown = String(JSON.stringify(query[name])).slice(0, 40)
  const expected =
    name === 'hours'
      ? `use a whole number from 1 to ${MAX_HOURS}, as in /api/jobs/runs?hours=24.`
      : 'use failed=true or omit it, as in /api/jobs/runs?hours=24.'
  return new APIError(`${name} is ${shown}; ${expected}`, 400)
}
