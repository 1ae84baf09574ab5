import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { postgresOf } from '../../src/database/transaction.ts'
import type { RunsAnswer } from '../api-types.ts'
import { json, refusals, stated } from '../../src/openapi/operation.ts'
import { RUNS } from '../api-schemas.ts'
import { runsGivenUp, runsOfHours } from '../overview.ts'
import { NO_STORE } from '../../src/access/for-staff.ts'
import { forStaff } from './for-staff.ts'

const USUAL_HOURS = 24
const MOST_HOURS = 168

/**
 * GET /api/jobs/runs?hours=24: what ran lately, of tasks that there are no more too. With dead=true, what was given up alone, however
 * long ago: where much runs, that is not among the newest.
 */
export const listRuns: Endpoint = stated(
  {
    summary: 'What ran in the last hours',
    askers: ['staff'],
    query: z.object({
      hours: z
        .string()
        .regex(/^\d{1,3}$/)
        .optional()
        .describe('1 to 168; 24 where nobody says.'),
      dead: z.enum(['true']).optional().describe('What was given up alone, however long ago.'),
    }),
    answers: { 200: json('The runs.', RUNS), ...refusals(400, 401, 403) },
  },
  {
    path: '/jobs/runs',
    method: 'get',
    handler: forStaff(async (req) => {
      const hours = hoursOf(req.query['hours'])
      const { pool } = postgresOf(req.payload)
      const runs = isOfDead(req.query['dead']) ? await runsGivenUp(pool) : await runsOfHours(pool, hours)
      const answer: RunsAnswer = { now: new Date().toISOString(), runs }
      return Response.json(answer, { headers: NO_STORE })
    }),
  },
)

function isOfDead(said: unknown): boolean {
  if (said === undefined || said === 'true') return said === 'true'
  const shown = String(JSON.stringify(said)).slice(0, 40)
  throw new APIError(`dead is ${shown}; say dead=true or leave it out, such as /api/jobs/runs?hours=24.`, 400)
}

function hoursOf(said: unknown): number {
  if (said === undefined) return USUAL_HOURS
  const hours = typeof said === 'string' && /^\d{1,3}$/.test(said) ? Number(said) : 0
  if (hours >= 1 && hours <= MOST_HOURS) return hours
  const shown = String(JSON.stringify(said)).slice(0, 40)
  throw new APIError(`hours is ${shown}; say a whole number from 1 to ${MOST_HOURS}, such as /api/jobs/runs?hours=24.`, 400)
}
