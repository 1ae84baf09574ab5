import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import type { RunsAnswer } from '../api-types.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../src/api/openapi/operation.ts'
import { RUNS } from '../api-schemas.ts'
import { loadFailedRuns, loadRecentRuns } from '../overview.ts'
import { NO_STORE } from '../../src/access/staff-check.ts'
import { requireJobStaff } from './require-job-staff.ts'

const DEFAULT_HOURS = 24
const MAX_HOURS = 168

/**
 * GET /api/jobs/runs?hours=24: recent runs, including those of removed tasks. With failed=true,
 * only permanently failed runs of any age, because these are often not among the newest.
 */
export const listRuns: Endpoint = documentEndpoint(
  {
    summary: 'List recent runs',
    audience: ['staff'],
    query: z.object({
      hours: z
        .string()
        .regex(/^\d{1,3}$/)
        .optional()
        .describe('1 to 168; defaults to 24.'),
      failed: z
        .enum(['true'])
        .optional()
        .describe('Only runs that failed permanently, regardless of age.'),
    }),
    responses: { 200: describeJson('The runs.', RUNS), ...describeRefusals(400, 401, 403) },
  },
  {
    path: '/jobs/runs',
    method: 'get',
    handler: requireJobStaff(async (req) => {
      const hours = parseHours(req.query['hours'])
      const { pool } = getPostgresAdapter(req.payload)
      const runs = parseFailedOnly(req.query['failed'])
        ? await loadFailedRuns(pool)
        : await loadRecentRuns(pool, hours)
      const answer: RunsAnswer = { now: new Date().toISOString(), runs }
      return Response.json(answer, { headers: NO_STORE })
    }),
  },
)

function parseFailedOnly(value: unknown): boolean {
  if (value === undefined || value === 'true') return value === 'true'
  const shown = String(JSON.stringify(value)).slice(0, 40)
  throw new APIError(
    `failed is ${shown}; use failed=true or omit it, such as /api/jobs/runs?hours=24.`,
    400,
  )
}

function parseHours(value: unknown): number {
  if (value === undefined) return DEFAULT_HOURS
  const hours = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : 0
  if (hours >= 1 && hours <= MAX_HOURS) return hours
  const shown = String(JSON.stringify(value)).slice(0, 40)
  throw new APIError(
    `hours is ${shown}; use a whole number from 1 to ${MAX_HOURS}, such as ` +
      '/api/jobs/runs?hours=24.',
    400,
  )
}
