import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { JobsAnswer, RunsAnswer } from '../../jobs/api-types.ts'
import { defineTask } from '../../jobs/task.ts'
import { permissions } from '../../src/access/permissions.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aTask, queueJob, buildRoom } from '../support/work.ts'

const LANE = {
  queue: 'welcomes',
  description: 'Welcomes somebody.',
  expiry: 60,
  retries: { limit: 1, delay: 5 },
  concurrency: 1,
}

const welcome = defineTask({
  ...LANE,
  name: 'welcome',
  input: z.object({
    name: z.string().min(1).describe('Whom to welcome.'),
    times: z.number().int().min(1).default(1),
  }),
  canRun: permissions.canManageLot,
  run: () => Promise.resolve(),
})
const nightly = defineTask({
  ...LANE,
  name: 'nightly',
  input: z.object({}),
  schedule: { cron: '0 3 * * 0', timeZone: 'America/Los_Angeles' },
  canRun: permissions.isStaffAdmin,
  run: () => Promise.resolve(),
})

type Who = 'nobody' | 'owner' | 'garage admin' | 'viewer' | 'manager' | 'admin'

let forecourt: TestForecourt
let apis: Record<Who, Api>
beforeAll(async () => {
  forecourt = await openForecourt({}, [
    buildRoom(
      welcome,
      nightly,
      aTask('by-itself', () => Promise.resolve()),
    ),
  ])
  apis = {
    nobody: forecourt.anonymous,
    owner: (await forecourt.asOwner()).api,
    'garage admin': (await forecourt.asOwner('garage admin')).api,
    viewer: await forecourt.as('viewer'),
    manager: await forecourt.as('manager'),
    admin: await forecourt.as('admin'),
  }
})
afterAll(() => forecourt.close())

/**
 * Writes a run into the history by hand: begun so many minutes ago, and ended unless it has no
 * status.
 */
async function noteRun(
  job: string,
  minutesAgo: number,
  status: string | null,
  about: { ms?: number; dead?: boolean } = {},
) {
  const { rows } = await forecourt.sql(
    `insert into job_history (job_name, status, dead, duration_ms, attempt, worker, started_at,
      completed_at, lease_ends_at)
     values ($1, $2::varchar, $3, $4, 1, 'by hand', now() - make_interval(mins => $5), case
       when $2::varchar is not null then now() - make_interval(mins => $5) end,
       now() + interval '1 hour') returning id`,
    [job, status, about.dead ?? false, about.ms ?? null, minutesAgo],
  )
  return (rows as { id: string }[])[0]?.id
}

const listed = async (who: Who, name: string) => {
  const { body } = await apis[who].get('/api/jobs').expect(200)
  return (body as JobsAnswer).jobs.find((job) => job.name === name)
}

describe('a request about the jobs', () => {
  it.each(['/api/jobs', '/api/jobs/runs', '/api/jobs/live'])(
    '%s is for staff, and tells nobody else a thing',
    async (path) => {
      for (const [who, status] of [
        ['nobody', 401] as const,
        ['owner', 403] as const,
        ['garage admin', 403] as const,
      ]) {
        const answer = await apis[who].get(path).expect(status)
        const code = status === 401 ? 'unauthorized' : 'forbidden'
        expect(answer.body).toEqual({ errors: [{ message: expect.any(String), code, path: null }] })
        expect(answer.text).not.toMatch(/welcome|nightly|by-itself/)
      }
    },
  )

  it.each(['/api/jobs', '/api/jobs/runs'])(
    '%s answers every member of staff, and is kept by no cache',
    async (path) => {
      for (const who of ['viewer', 'manager', 'admin'] as const) {
        const { headers } = await apis[who].get(path).expect(200)
        expect(headers['cache-control']).toBe('no-store')
      }
    },
  )

  it('is nobody any more when they are deactivated', async () => {
    const api = await forecourt.as('admin')
    const { body } = await api.get('/api/users/me').expect(200)
    await api.get('/api/jobs').expect(200)
    await forecourt.sql('update users set is_active = false where id = $1', [body.user.id])
    const { status } = await api.get('/api/jobs')
    expect([401, 403]).toContain(status)
  })
})

describe('the list of jobs', () => {
  it('says what a task takes, when it runs automatically, and whether the caller may run it', async () => {
    const next = '2027-01-03T11:00:00.000Z'
    await forecourt.sql('delete from job_schedules where name = $1', ['nightly'])
    await forecourt.sql(
      "insert into job_schedules values ('nightly', '0 3 * * 0', 'America/Los_Angeles', $1)",
      [next],
    )
    expect(await listed('manager', 'welcome')).toMatchObject({
      queue: 'welcomes',
      description: 'Welcomes somebody.',
      schedule: null,
      canRun: true,
      input: {
        type: 'object',
        properties: {
          name: { type: 'string', description: 'Whom to welcome.' },
          times: { minimum: 1, default: 1 },
        },
        required: ['name'],
      },
    })
    expect(await listed('manager', 'nightly')).toMatchObject({
      schedule: {
        words: 'every Sunday at 3:00 AM (Los Angeles time)',
        nextRunAt: next,
        cron: '0 3 * * 0',
      },
      canRun: false,
      input: null,
    })
    expect(await listed('admin', 'nightly')).toMatchObject({ canRun: true })
    expect(await listed('admin', 'by-itself')).toMatchObject({ canRun: false, input: null })
    expect(await listed('viewer', 'welcome')).toMatchObject({ canRun: false })
  })

  it('counts what waits, what runs, what was given up, and the last seven days', async () => {
    await queueJob(forecourt, 'by-itself')
    await queueJob(forecourt, 'by-itself')
    for (const ms of [100, 200, 900]) await noteRun('by-itself', 60, 'success', { ms })
    await noteRun('by-itself', 50, 'failure', { ms: 5_000 })
    await noteRun('by-itself', 11 * 24 * 60, 'failure', { ms: 1, dead: true })
    await noteRun('by-itself', 11 * 24 * 60, 'success', { ms: 1 })
    const last = await noteRun('by-itself', 1, null)
    expect(await listed('viewer', 'by-itself')).toMatchObject({
      waiting: 2,
      running: 1,
      failedPermanently: 1,
      week: { success: 3, failure: 1, failureRate: 0.25, medianMs: 200 },
      lastRun: {
        id: last,
        job: 'by-itself',
        status: null,
        completedAt: null,
        worker: 'by hand',
        attempt: 1,
        failedPermanently: false,
      },
    })
  })

  it('has no rate and no median of a task that never ran', async () => {
    expect(await listed('viewer', 'prune-history')).toMatchObject({
      waiting: 0,
      running: 0,
      failedPermanently: 0,
      lastRun: null,
      week: { success: 0, failure: 0, failureRate: null, medianMs: null },
    })
  })

  it('leaves out what is no task any more, whose runs are still told of', async () => {
    const id = await noteRun('long-forgotten', 10, 'success', { ms: 7 })
    const { body } = await apis.viewer.get('/api/jobs/runs').expect(200)
    expect(await listed('viewer', 'long-forgotten')).toBeUndefined()
    expect((body as RunsAnswer).runs).toContainEqual(
      expect.objectContaining({ id, job: 'long-forgotten', durationMs: 7 }),
    )
  })
})

describe('the runs of the last hours', () => {
  it('come newest first, with those that are still under way whenever they began', async () => {
    const ids = [
      await noteRun('timeline', 90, 'success'),
      await noteRun('timeline', 5, 'success'),
      await noteRun('timeline', 600, null),
    ]
    const reported = async (query: string) => {
      const { body } = await apis.viewer.get(`/api/jobs/runs${query}`).expect(200)
      return (body as RunsAnswer).runs
        .filter(({ job }) => job === 'timeline')
        .map(({ id }) => ids.indexOf(id))
    }
    expect(await reported('?hours=1')).toEqual([1, 2])
    expect(await reported('?hours=2')).toEqual([1, 0, 2])
    expect(await reported('')).toEqual([1, 0, 2])
  })

  it('refuse two hours', async () => {
    const { body } = await apis.viewer.get('/api/jobs/runs?hours=24&hours=25').expect(400)
    expect(body.errors[0].message).toBe("'hours' must be a single value.")
  })

  it.each(['0', '169', '-1', '1.5', 'x', '', '9999999999999'])(
    'refuse hours=%s with a sentence',
    async (hours) => {
      const { body } = await apis.viewer.get(`/api/jobs/runs?hours=${hours}`).expect(400)
      expect(body.errors[0].message).toContain('use a whole number from 1 to 168')
      expect(body.errors[0].message.length).toBeLessThan(150)
    },
  )
})

describe('the runs that were given up', () => {
  it('are all told of, however many ran since', async () => {
    const old = await noteRun('crowded', 9 * 24 * 60, 'failure', { dead: true })
    const newer = await noteRun('crowded', 60, 'failure', { dead: true })
    await forecourt.sql(
      `insert into job_history (job_name, status, started_at, completed_at) select 'crowd',
        ` + `'success', now(), now() from generate_series(1, 1000)`,
    )
    const { body } = await apis.viewer.get('/api/jobs/runs?failed=true').expect(200)
    const { runs } = body as RunsAnswer
    expect(runs.filter(({ job }) => job === 'crowded').map(({ id }) => id)).toEqual([newer, old])
    expect(runs.every(({ failedPermanently }) => failedPermanently)).toBe(true)
    const crowd = await apis.viewer.get('/api/jobs/runs').expect(200)
    expect((crowd.body as RunsAnswer).runs).toHaveLength(1_000)
  })

  it.each(['false', '', '1'])('refuse failed=%s with a sentence', async (failed) => {
    const { body } = await apis.viewer.get(`/api/jobs/runs?failed=${failed}`).expect(400)
    expect(body.errors[0].message).toContain('use failed=true or omit it')
  })
})
