import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Engine } from '../../jobs/engine/engine.ts'
import { permissions } from '../../src/access/permissions.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { openAuditLog } from '../support/audit-log.ts'
import {
  aTask,
  queueJob,
  buildRoom,
  findJobs,
  openBoss,
  waitForRun,
  loadRuns,
  waitUntil,
  startEngine,
} from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api
let admin: Api
const mended = new Set<unknown>()

const ONCE = { retries: { limit: 0, delay: 0 } }
const tasks = [
  aTask(
    'mend',
    (_ctx, { part }) =>
      mended.has(part)
        ? Promise.resolve({ part })
        : Promise.reject(new Error(`${String(part)} is broken`)),
    { ...ONCE, canRun: permissions.canManageLot },
  ),
  aTask('not-by-hand', () => Promise.reject(new Error('broken')), ONCE),
  aTask('of-admins', () => Promise.reject(new Error('broken')), {
    ...ONCE,
    canRun: permissions.isStaffAdmin,
  }),
  aTask('alone', () => Promise.reject(new Error('broken')), {
    ...ONCE,
    queue: 'idle',
    singletonKey: ({ key }) => String(key),
  }),
]

beforeAll(async () => {
  forecourt = await openForecourt({}, [buildRoom(...tasks)])
  engine = await startEngine(forecourt, { queues: ['test'] })
  manager = await forecourt.as('manager')
  admin = await forecourt.as('admin')
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})

/** A job that was given up, and its last run. */
async function givenUp(task: string, input: object = {}) {
  const job = await queueJob(forecourt, task, input)
  await waitUntil(
    async () => (await loadRuns(forecourt, job)).some(({ dead }) => dead),
    'giving up',
  )
  return { job, run: (await loadRuns(forecourt, job)).at(-1)?.id ?? '' }
}

/** A row of a run that was given up, which pg-boss knows nothing of. */
async function writtenDown(
  job: string,
  input: object,
  jobId: string | null = null,
): Promise<string> {
  const { rows } = await forecourt.sql(
    `insert into job_history (job_name, job_id, status, dead, input, started_at, completed_at)
     values ($1, $2, 'failure', true, $3, now(), now()) returning id`,
    [job, jobId, JSON.stringify(input)],
  )
  return (rows as { id: string }[])[0]?.id ?? ''
}

const requeue = (api: Api, run: string) => api.post(`/api/jobs/runs/${run}/requeue`)

describe('a job that was given up', () => {
  it('is queued again under its id, has one more try, and may succeed', async () => {
    const { job, run } = await givenUp('mend', { part: 'a wheel' })
    mended.add('a wheel')
    const done = waitForRun(engine, job)
    const { body, headers } = await requeue(manager, run).expect(202)
    expect(body).toEqual({ jobId: job, message: 'mend is queued again.' })
    expect(headers['cache-control']).toBe('no-store')
    expect((await done).completion).toBe('done')
    expect(await loadRuns(forecourt, job)).toMatchObject([
      { id: run, attempt: 1, status: 'failure', dead: false, error: 'Error: a wheel is broken' },
      { attempt: 2, status: 'success', dead: false, result: { part: 'a wheel' } },
    ])
  })

  it('that fails once more is given up once more', async () => {
    const { job, run } = await givenUp('mend', { part: 'a gearbox' })
    await requeue(manager, run).expect(202)
    await waitUntil(
      async () => (await loadRuns(forecourt, job))[1]?.dead === true,
      'giving up again',
    )
    expect((await loadRuns(forecourt, job)).map(({ attempt, dead }) => [attempt, dead])).toEqual([
      [1, false],
      [2, true],
    ])
  })

  it('leaves a line in the audit log, without what it was given', async () => {
    const { job, run } = await givenUp('mend', { part: 'a muffler' })
    await requeue(manager, run).expect(202)
    const { body } = await manager.get('/api/users/me')
    const lines = await openAuditLog(forecourt).activity('resource_id = $1', [run])
    expect(lines).toMatchObject([
      {
        action: 'requeue_job',
        resource_type: 'job-history',
        user_id: body.user.id,
        change: { fields: { dead: { from: true, to: false }, jobId: { from: job, to: job } } },
      },
    ])
    expect(JSON.stringify(lines)).not.toContain('muffler')
  })

  it('is queued once, however many ask at the same moment', async () => {
    const { job, run } = await givenUp('mend', { part: 'a clutch' })
    mended.add('a clutch')
    const answers = await Promise.all(Array.from({ length: 6 }, () => requeue(manager, run)))
    expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([
      202, 409, 409, 409, 409, 409,
    ])
    await waitUntil(
      async () => (await loadRuns(forecourt, job)).some(({ status }) => status === 'success'),
      'the second run',
    )
    expect(await loadRuns(forecourt, job)).toHaveLength(2)
    expect(
      await openAuditLog(forecourt).activity("resource_id = $1 and action = 'requeue_job'", [run]),
    ).toHaveLength(1)
  })

  it('is queued as a new job where the queue has forgotten it', async () => {
    const { job, run } = await givenUp('mend', { part: 'a bumper' })
    await openBoss(forecourt).deleteJob('mend', job)
    mended.add('a bumper')
    const { body } = await requeue(manager, run).expect(202)
    expect(body.jobId).not.toBe(job)
    await waitUntil(
      async () =>
        (await loadRuns(forecourt, body.jobId as string)).some(
          ({ status }) => status === 'success',
        ),
      'a run',
    )
    expect(await loadRuns(forecourt, body.jobId as string)).toMatchObject([
      { attempt: 1, result: { part: 'a bumper' } },
    ])
    expect(await loadRuns(forecourt, job)).toMatchObject([{ dead: false }])
  })

  it('is not cleared away while it waits, however long ago it failed', async () => {
    const boss = openBoss(forecourt)
    const id = randomUUID()
    const job = { id, data: { key: 'old' }, retryLimit: 0, deleteAfterSeconds: 86_400 }
    await boss.insert('alone', [job])
    await boss.fail('alone', id)
    await forecourt.sql(
      "update pgboss.job set completed_on = now() - interval '2 days' where id = $1",
      [id],
    )
    const run = await writtenDown('alone', { key: 'old' }, id)
    expect((await requeue(admin, run).expect(202)).body.jobId).toBe(id)
    await boss.supervise('alone')
    expect(await boss.findJobs('alone', { id })).toMatchObject([{ state: 'retry', retryLimit: 1 }])
  })

  it('is the same work that waits for its next try, where there is some, and that starts at once', async () => {
    const [run, waits] = [
      await writtenDown('alone', { key: 'twice' }),
      await queueJob(forecourt, 'alone', { key: 'twice' }),
    ]
    await openBoss(forecourt).update('alone', undefined, { id: waits, startAfter: 3_600 })
    expect((await requeue(admin, run).expect(202)).body.jobId).toBe(waits)
    const [job] = await findJobs(forecourt, 'alone', { id: waits })
    expect(job?.startAfter.getTime()).toBeLessThanOrEqual(Date.now())
  })
})

describe('a run', () => {
  it('that was not given up is not queued again', async () => {
    mended.add('a door')
    const job = await queueJob(forecourt, 'mend', { part: 'a door' })
    await waitUntil(
      async () => (await loadRuns(forecourt, job)).some(({ status }) => status === 'success'),
      'the run',
    )
    const [run] = await loadRuns(forecourt, job)
    const { body } = await requeue(admin, run?.id ?? '').expect(409)
    expect(body).toEqual({
      errors: [
        {
          message: expect.stringContaining('did not fail permanently'),
          code: 'conflict',
          path: null,
        },
      ],
    })
  })

  it('that there is none of is none, and what is no id is a mistake', async () => {
    await requeue(admin, randomUUID()).expect(404)
    const { body } = await requeue(admin, 'nothing').expect(400)
    expect(body.errors[0].message).toContain('UUID')
  })

  it('of a task that there is no more stays given up', async () => {
    const run = await writtenDown('long-forgotten', {})
    const { body } = await requeue(admin, run).expect(409)
    expect(body.errors[0].message).toBe('The task "long-forgotten" no longer exists.')
    const { rows } = await forecourt.sql('select dead from job_history where id = $1', [run])
    expect(rows).toEqual([{ dead: true }])
  })

  it('whose input the task does not take any more stays given up', async () => {
    const run = await writtenDown('prune-sessions', ['no object'])
    const { body } = await requeue(admin, run).expect(409)
    expect(body.errors[0].message).toMatch(/does not accept this input.*before the task changed\.$/)
  })

  it('whose work waits already under its key is not queued beside it', async () => {
    const waits = await queueJob(forecourt, 'alone', { key: 'busy' })
    const run = await writtenDown('alone', { key: 'busy' })
    const { body } = await requeue(admin, run).expect(409)
    expect(body.errors[0].message).toBe(
      `The same work is already queued or running as job ${waits}.`,
    )
  })
})

describe('who queues again', () => {
  it.each([
    ['mend', { viewer: 403, manager: 202 }],
    ['not-by-hand', { viewer: 403, manager: 202 }],
    ['of-admins', { viewer: 403, manager: 403, admin: 202 }],
    ['alone', { admin: 202 }],
  ] as const)(
    'is whom the task %s lets, else who manages the lot, and admins',
    async (task, expected) => {
      const run = await writtenDown(task, { part: 'nothing', key: randomUUID() })
      for (const [who, status] of Object.entries(expected))
        await requeue(await forecourt.as(who as 'admin'), run).expect(status)
    },
  )

  it('is nobody outside the staff', async () => {
    const run = await writtenDown('mend', {})
    await requeue(forecourt.anonymous, run).expect(401)
    await requeue((await forecourt.asOwner()).api, run).expect(403)
    await requeue((await forecourt.asOwner('garage admin')).api, run).expect(403)
    const { rows } = await forecourt.sql('select dead from job_history where id = $1', [run])
    expect(rows).toEqual([{ dead: true }])
  })
})
