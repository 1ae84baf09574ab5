import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { callers } from '../../src/api/callers.ts'
import { endpoint } from '../../src/api/endpoint.ts'
import { describeJson } from '../../src/api/openapi/operation.ts'
import { QUEUED } from '../api-schemas.ts'
import { wrapClient } from '../boss.ts'
import { type Task, WrongInput } from '../task.ts'
import { getService } from '../../src/services.ts'

const BODY = z.strictObject({ input: z.record(z.string(), z.unknown()).default({}) })

/**
 * POST /api/jobs/:task/run { input }: queues a job of a task that the caller may run manually. An
 * empty body means no input. An equivalent job that waits for its next attempt starts immediately.
 */
export const runNow = endpoint({
  method: 'post',
  path: '/jobs/:task/run',
  summary: 'Run a task manually',
  access: callers.staff('jobs'),
  params: z.object({ task: z.string() }),
  body: BODY,
  inputErrors: {
    body: () =>
      new APIError(
        'The body must be a JSON object that contains only the input, such as { "input": {} }.',
        400,
      ),
  },
  audit: { action: 'run_job', resourceType: 'job-history' },
  status: 202,
  response: describeJson('The job is queued.', QUEUED),
  refusals: [400, 401, 403, 404],
  load: ({ req }, { task }) => ({ task: getRunnableTask(req, task) }),
  handler: ({ req, task, runAudited }, { body }) => {
    const { name } = task
    const input = validateInput(task, body.input)
    return runAudited(async (client) => {
      const queue = getService(req.payload, 'jobs')
      const jobId = await queue.enqueueOn(wrapClient(client), name, input, { now: true })
      return {
        value: { jobId, message: `${name} is queued.` },
        fields: { jobName: { from: null, to: name }, jobId: { from: null, to: jobId } },
      }
    })
  },
})

/** Finds a task that the caller may run manually. Throws 404 or 403. */
function getRunnableTask(req: PayloadRequest, name: string): Task {
  const { tasks } = getService(req.payload, 'jobs')
  const task = tasks.get(name)
  if (!task)
    throw new APIError(
      `There is no task "${name.slice(0, 100)}". The tasks are ${[...tasks.keys()].join(', ')}.`,
      404,
    )
  if (task.canRun?.({ req })) return task
  throw new APIError(`You are not allowed to run the task ${task.name} manually.`, 403)
}

/** Validates the input of a task. Throws 400 if the task does not accept it. */
function validateInput(task: Task, input: object): object {
  try {
    return task.accept(input).data
  } catch (error) {
    if (error instanceof WrongInput) throw new APIError(error.message, 400)
    throw error
  }
}
