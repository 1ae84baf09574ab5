import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { postgresOf } from '../../src/database/transaction.ts'
import type { JobAnswer, JobsAnswer, JsonSchema } from '../api-types.ts'
import { json, refusals, stated } from '../../src/openapi/operation.ts'
import { JOBS } from '../api-schemas.ts'
import { type Standing, standingsOf } from '../overview.ts'
import { jobsOf } from '../queue.ts'
import { scheduleWords } from '../schedule/schedule-words.ts'
import type { Task } from '../task.ts'
import { NO_STORE } from '../../src/access/for-staff.ts'
import { forStaff } from './for-staff.ts'

/** GET /api/jobs: every task of this Forecourt, and how it stands. */
export const listJobs: Endpoint = stated(
  {
    summary: 'Every task, and how it stands',
    askers: ['staff'],
    answers: { 200: json('The tasks.', JOBS), ...refusals(401, 403) },
  },
  {
    path: '/jobs',
    method: 'get',
    handler: forStaff(async (req) => {
      const { tasks } = jobsOf(req.payload)
      const standings = await standingsOf(postgresOf(req.payload).pool, [...tasks.keys()])
      const jobs = [...tasks.values()].flatMap((task) => {
        const standing = standings.get(task.name)
        return standing ? [jobAnswer(req, task, standing)] : []
      })
      const answer: JobsAnswer = { now: new Date().toISOString(), jobs }
      return Response.json(answer, { headers: NO_STORE })
    }),
  },
)

function jobAnswer(req: PayloadRequest, task: Task, { nextRunAt, success, failure, medianMs, ...standing }: Standing): JobAnswer {
  const { name, queue, does, schedule, mayRun } = task
  const ended = success + failure
  return {
    ...{ name, queue, does, ...standing },
    schedule: schedule
      ? { ...schedule, words: scheduleWords(schedule.cron, schedule.timeZone), nextRunAt: nextRunAt?.toISOString() ?? null }
      : null,
    week: { success, failure, failureRate: ended === 0 ? null : failure / ended, medianMs },
    mayRun: mayRun?.({ req }) ?? false,
    input: inputSchema(task),
  }
}

/** What a form for the input is drawn from; null when there is nothing to fill in. */
function inputSchema({ input }: Task): JsonSchema | null {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  return Object.keys(schema.properties ?? {}).length > 0 ? schema : null
}
