import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../src/api/openapi/operation.ts'
import { QUEUED } from '../api-schemas.ts'
import { wrapClient } from '../boss.ts'
import { type JobQueue } from '../queue.ts'
import { type Task, WrongInput } from '../task.ts'
import { runAudited } from './audited-action.ts'
import { requireJobStaff } from './require-job-staff.ts'
import { getService } from '../../src/services.ts'

const BODY = z.strictObject({ input: z.record(z.string(), z.unknown()).default({}) })

/**
 * POST /api/jobs/:task/run { input }: queues a job of a task that the caller may run manually. An
 * empty body means no input. An equivalent job that waits for its next attempt starts immediately.
 */
export const runNow: Endpoint = documentEndpoint(
  {
    summary: 'Run a task manually',
    audience: ['staff'],
    params: z.object({ task: z.string() }),
    body: BODY,
    responses: {
      202: describeJson('The job is queued.', QUEUED),
      ...describeRefusals(400, 401, 403, 404),
    },
  },
  {
    path: '/jobs/:task/run',
    method: 'post',
    handler: requireJobStaff(async (req) => {
      const queue = getService(req.payload, 'jobs')
      const task = getTask(queue, String(req.routeParams?.['task']))
      const { name } = task
      if (!task.canRun?.({ req }))
        throw new APIError(`You are not allowed to run the task ${name} manually.`, 403)
      const input = validateInput(task, await readInput(req))
      return runAudited(req, async (client) => {
        const jobId = await queue.enqueueOn(wrapClient(client), name, input, { now: true })
        const fields = { jobName: { from: null, to: name }, jobId: { from: null, to: jobId } }
        return { jobId, message: `${name} is queued.`, action: 'run_job', fields }
      })
    }),
  },
)

function getTask({ tasks }: JobQueue, name: string): Task {
  const task = tasks.get(name)
  if (task) return task
  throw new APIError(
    `There is no task "${name.slice(0, 100)}". The tasks are ${[...tasks.keys()].join(', ')}.`,
    404,
  )
}

async function readInput(req: PayloadRequest): Promise<object> {
  const text = (await req.text?.())?.trim() ?? ''
  if (text === '') return {}
  const body = BODY.safeParse(parseJson(text))
  if (body.success) return body.data.input
  throw new APIError(
    'The body must be a JSON object that contains only the input, such as { "input": {} }.',
    400,
  )
}

/** Parses JSON; returns undefined if the text is not valid JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
