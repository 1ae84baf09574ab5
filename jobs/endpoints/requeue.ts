import { APIError } from 'payload'
import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { uuidInput } from '../../src/domain/input-schemas.ts'
import { callers } from '../../src/api/callers.ts'
import { endpoint } from '../../src/api/endpoint.ts'
import { describeJson } from '../../src/api/openapi/operation.ts'
import { QUEUED } from '../api-schemas.ts'
import { requeueJob, lockRun } from '../requeue.ts'
import { getService } from '../../src/services.ts'

/**
 * POST /api/jobs/runs/:id/requeue: queues the job of a permanently failed run again. Allowed for
 * callers who may run the task manually, for managers if the task cannot be run manually, and
 * always for admins. The second of two concurrent requests gets a conflict.
 */
export const requeueRun = endpoint({
  method: 'post',
  path: '/jobs/runs/:id/requeue',
  summary: 'Queue the job of a failed run again',
  access: callers.staff('jobs'),
  params: z.object({ id: uuidInput() }),
  inputErrors: {
    params: () => new APIError('A run ID must be a UUID, as returned by GET /api/jobs/runs.', 400),
  },
  audit: { action: 'requeue_job', resourceType: 'job-history' },
  status: 202,
  response: describeJson('The job is queued.', QUEUED),
  refusals: [400, 401, 403, 404, 409],
  handler: ({ req, runAudited }, { params: { id } }) =>
    runAudited(async (client) => {
      const queue = getService(req.payload, 'jobs')
      const run = await lockRun(client, id)
      if (!run)
        throw new APIError(`There is no run ${id}. Old runs are removed after a few months.`, 404)
      const canRun = queue.tasks.get(run.name)?.canRun ?? permissions.canManageLot
      if (!canRun({ req }) && !permissions.isStaffAdmin({ req }))
        throw new APIError(`You are not allowed to queue ${run.name} again.`, 403)
      const queued = await requeueJob(client, queue, run)
      if ('problem' in queued) throw new APIError(queued.problem, 409)
      const { jobId } = queued
      return {
        value: { jobId, message: `${run.name} is queued again.` },
        resource: run.id,
        fields: {
          jobName: { from: run.name, to: run.name },
          dead: { from: true, to: false },
          jobId: { from: run.jobId, to: jobId },
        },
      }
    }),
})
