import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import type { JobAnswer, JsonSchema } from '../api-types.ts'
import { callers } from '../../src/api/callers.ts'
import { endpoint } from '../../src/api/endpoint.ts'
import { describeJson } from '../../src/api/openapi/operation.ts'
import { JOBS } from '../api-schemas.ts'
import { type JobStatus, loadJobStatuses } from '../overview.ts'
import { describeSchedule } from '../schedule/describe-schedule.ts'
import type { Task } from '../task.ts'
import { getService } from '../../src/services.ts'

/** GET /api/jobs: all tasks with their status. */
export const listJobs = endpoint({
  method: 'get',
  path: '/jobs',
  summary: 'List all tasks with their status',
  access: callers.staff('jobs'),
  response: describeJson('The tasks.', JOBS),
  refusals: [401, 403],
  handler: async ({ req }) => {
    const { tasks } = getService(req.payload, 'jobs')
    const statuses = await loadJobStatuses(getPostgresAdapter(req.payload).pool, [...tasks.keys()])
    const jobs = [...tasks.values()].flatMap((task) => {
      const status = statuses.get(task.name)
      return status ? [buildJobAnswer(req, task, status)] : []
    })
    return { now: new Date().toISOString(), jobs }
  },
})

function buildJobAnswer(
  req: PayloadRequest,
  task: Task,
  { nextRunAt, success, failure, medianMs, ...status }: JobStatus,
): JobAnswer {
  const { name, queue, description, schedule, canRun } = task
  const ended = success + failure
  return {
    name,
    queue,
    description,
    ...status,
    schedule: schedule
      ? {
          ...schedule,
          words: describeSchedule(schedule.cron, schedule.timeZone),
          nextRunAt: nextRunAt?.toISOString() ?? null,
        }
      : null,
    week: { success, failure, failureRate: ended === 0 ? null : failure / ended, medianMs },
    canRun: canRun?.({ req }) ?? false,
    input: buildInputSchema(task),
  }
}

/** The schema from which the input form is built; null if the task takes no input. */
function buildInputSchema({ input }: Task): JsonSchema | null {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  return Object.keys(schema.properties ?? {}).length > 0 ? schema : null
}
