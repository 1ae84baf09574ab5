import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { isUuid } from '../../src/fields/uuid.ts'
import { json, refusals, stated } from '../../src/openapi/operation.ts'
import { QUEUED } from '../api-schemas.ts'
import { jobsOf } from '../queue.ts'
import { requeue, takeRun } from '../requeue.ts'
import { doInTrail } from './deed.ts'
import { forStaff } from './for-staff.ts'

/**
 * POST /api/jobs/runs/:id/requeue: queues the job of a run that was given up again. Who may run the task by hand may, or manage the lot
 * where nobody runs it by hand; admins always. Of two who ask at once, the second hears that it is done.
 */
export const requeueRun: Endpoint = stated(
  {
    summary: 'Queues the job of a run that was given up again',
    askers: ['staff'],
    params: z.object({ id: z.uuid() }),
    answers: { 202: json('It is queued.', QUEUED), ...refusals(400, 401, 403, 404, 409) },
  },
  {
    path: '/jobs/runs/:id/requeue',
    method: 'post',
    handler: forStaff((req) => {
      const id = req.routeParams?.['id']
      if (!isUuid(id)) throw new APIError('A run is named by its id, a UUID such as GET /api/jobs/runs answers.', 400)
      const queue = jobsOf(req.payload)
      return doInTrail(req, async (client) => {
        const run = await takeRun(client, id)
        if (!run) throw new APIError(`There is no run ${id}. Runs are forgotten after some months.`, 404)
        const mayRun = queue.tasks.get(run.name)?.mayRun ?? permissions.canManageLot
        if (!mayRun({ req }) && !permissions.isStaffAdmin({ req }))
          throw new APIError(`You may not queue ${run.name} again.`, 403)
        const queued = await requeue(client, queue, run)
        if ('problem' in queued) throw new APIError(queued.problem, 409)
        const { jobId } = queued
        const fields = {
          jobName: { from: run.name, to: run.name },
          dead: { from: true, to: false },
          jobId: { from: run.jobId, to: jobId },
        }
        return { jobId, message: `${run.name} is queued again.`, action: 'requeue_job', run: run.id, fields }
      })
    }),
  },
)
