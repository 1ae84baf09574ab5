import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { isUuid } from '../../src/fields/uuid.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../src/api/openapi/operation.ts'
import { QUEUED } from '../api-schemas.ts'
import { requeueJob, lockRun } from '../requeue.ts'
import { runAudited } from './audited-action.ts'
import { requireJobStaff } from './require-job-staff.ts'
import { getService } from '../../src/services.ts'

/**
 * POST /api/jobs/runs/:id/requeue: queues the job of a permanently failed run again. Allowed for
 * callers who may run the task manually, for managers if the task cannot be run manually, and
 * always for admins. The second of two concurrent requests gets a conflict.
 */
export const requeueRun: Endpoint = documentEndpoint(
  {
    summary: 'Queue the job of a failed run again',
    audience: ['staff'],
    params: z.object({ id: z.uuid() }),
    responses: {
      202: describeJson('The job is queued.', QUEUED),
      ...describeRefusals(400, 401, 403, 404, 409),
    },
  },
  {
    path: '/jobs/runs/:id/requeue',
    method: 'post',
    handler: requireJobStaff((req) => {
      const id = req.routeParams?.['id']
      if (!isUuid(id))
        throw new APIError('A run ID must be a UUID, as returned by GET /api/jobs/runs.', 400)
      const queue = getService(req.payload, 'jobs')
      return runAudited(req, async (client) => {
        const run = await lockRun(client, id)
        if (!run)
          throw new APIError(`There is no run ${id}. Old runs are removed after a few months.`, 404)
        const canRun = queue.tasks.get(run.name)?.canRun ?? permissions.canManageLot
        if (!canRun({ req }) && !permissions.isStaffAdmin({ req }))
          throw new APIError(`You are not allowed to queue ${run.name} again.`, 403)
        const queued = await requeueJob(client, queue, run)
        if ('problem' in queued) throw new APIError(queued.problem, 409)
        const { jobId } = queued
        const fields = {
          jobName: { from: run.name, to: run.name },
          dead: { from: true, to: false },
          jobId: { from: run.jobId, to: jobId },
        }
        return {
          jobId,
          message: `${run.name} is queued again.`,
          action: 'requeue_job',
          run: run.id,
          fields,
        }
      })
    }),
  },
)
