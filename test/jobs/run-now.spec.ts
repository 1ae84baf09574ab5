import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { z } from 'zod'
import { defineTask } from '../../jobs/task.ts'
import { permissions } from '../../src/access/permissions.ts'
import { type Api, openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { ORIGIN } from '../support/settings.ts'
import { openAuditLog } from '../support/audit-log.ts'
import { aTask, buildRoom, findJobs, openBoss } from '../support/work.ts'

const nothing = () => Promise.resolve()

const welcome = defineTask({
  name: 'welcome',
  queue: 'welcomes',
  description: 'Welcomes somebody.',
  expiry: 60,
  concurrency: 1,
  retries: { limit: 1, delay: 5 },
  input: z.object({ name: z.string().min(1), times: z.number().int().min(1).default(1) }),
  canRun: permissions.canManageLot,
  run: nothing,
})
const nightly = aTask('nightly', nothing, {
  schedule: { cron: '0 3 * * 0', timeZone: 'America/Los_Angeles' },
  canRun: permissions.isStaffAdmin,
})

type Who = 'nobody' | 'owner' | 'garage admin' | 'viewer' | 'manager' | 'admin'

let forecourt: TestForecourt
let apis: Record<Who, Api>
beforeAll(async () => {
  forecourt = await openForecourt({}, [buildRoom(welcome, nightly, aTask('by-itself', nothing))])
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

const waiting = async (name: string) =>
  (await findJobs(forecourt, name, { queued: true })).map(({ data }) => data)

describe('running a task by hand', () => {
  const run = (who: Who, task: string, body: object = { input: { name: 'Ann' } }) =>
    apis[who].post(`/api/jobs/${task}/run`).send(body)

  it.each([
    [
      'welcome',
      { nobody: 401, owner: 403, 'garage admin': 403, viewer: 403, manager: 202, admin: 202 },
    ],
    [
      'nightly',
      { nobody: 401, owner: 403, 'garage admin': 403, viewer: 403, manager: 403, admin: 202 },
    ],
    [
      'by-itself',
      { nobody: 401, owner: 403, 'garage admin': 403, viewer: 403, manager: 403, admin: 403 },
    ],
    [
      'nothing',
      { nobody: 401, owner: 403, 'garage admin': 403, viewer: 404, manager: 404, admin: 404 },
    ],
  ])('is for those whom the task %s lets', async (task, expected) => {
    const before = (await waiting(task)).length
    for (const [who, status] of Object.entries(expected)) await run(who as Who, task).expect(status)
    const queued = Object.values(expected).filter((status) => status === 202).length
    expect((await waiting(task)).length - before).toBe(queued)
  })

  it('takes no body at all for no input', async () => {
    await apis.admin.post('/api/jobs/nightly/run').expect(202)
    await apis.admin.post('/api/jobs/welcome/run').expect(400)
  })

  it('queues the job and tells the audit log who did it, without what it was given', async () => {
    const { body } = await run('admin', 'welcome', { input: { name: 'Zebulon' } }).expect(202)
    expect(body).toEqual({ jobId: expect.any(String), message: 'welcome is queued.' })
    expect(await findJobs(forecourt, 'welcome', { id: body.jobId })).toMatchObject([
      { data: { name: 'Zebulon' }, state: 'created' },
    ])
    const me = await apis.admin.get('/api/users/me')
    const lines = await openAuditLog(forecourt).activity(
      "changes -> 'fields' -> 'jobId' ->> 'to' = $1",
      [body.jobId],
    )
    expect(lines).toMatchObject([
      {
        action: 'run_job',
        resource_type: 'job-history',
        user_id: me.body.user.id,
        change: { fields: { jobName: { from: null, to: 'welcome' } } },
      },
    ])
    expect(JSON.stringify(lines)).not.toContain('Zebulon')
  })

  it('names the tasks that there are', async () => {
    const { body } = await run('admin', 'nothing').expect(404)
    expect(body.errors[0].message).toMatch(/^There is no task "nothing"\. The tasks are .*welcome/)
  })

  it('says what is wrong with an input, and queues nothing', async () => {
    const before = await waiting('welcome')
    const { body } = await run('admin', 'welcome', { input: { name: '', times: 0 } }).expect(400)
    expect(body.errors[0].message).toMatch(
      /^The task welcome does not accept this input\. name: .*times: /,
    )
    for (const wrong of [
      [],
      { name: 'Ann' },
      { input: 'Ann' },
      { input: null },
      { input: ['Ann'] },
    ])
      await run('admin', 'welcome', wrong).expect(400)
    for (const text of ['null', '"x"', '{', '{"input": {"name": "Ann"}']) {
      const answer = await apis.admin
        .post('/api/jobs/welcome/run')
        .set('Content-Type', 'application/json')
        .send(text)
      expect([answer.status, answer.body.errors[0].message]).toEqual([
        400,
        expect.stringContaining('JSON object'),
      ])
    }
    expect(await waiting('welcome')).toEqual(before)
  })

  it('takes characters that a database has no place for, and queues something in their place', async () => {
    const { body } = await run('admin', 'welcome', { input: { name: 'A\0nn\uD800' } }).expect(202)
    const [job] = await findJobs(forecourt, 'welcome', { id: body.jobId })
    expect(job?.data).toEqual({ name: 'A\uFFFDnn\uFFFD' })
  })

  it('answers the job that waits already where a task is one alone', async () => {
    const [first, second] = [await run('admin', 'nightly', {}), await run('admin', 'nightly', {})]
    expect(second.body.jobId).toBe(first.body.jobId)
  })

  it('lets a job that failed and waits for its next try start at once', async () => {
    const { body } = await run('admin', 'nightly', {}).expect(202)
    const boss = openBoss(forecourt)
    await boss.fail('nightly', body.jobId)
    await boss.update('nightly', undefined, { id: body.jobId, startAfter: 3_600 })
    expect((await run('admin', 'nightly', {}).expect(202)).body.jobId).toBe(body.jobId)
    const [job] = await findJobs(forecourt, 'nightly', { id: body.jobId })
    expect(job?.state).toBe('retry')
    expect(job?.startAfter.getTime()).toBeLessThanOrEqual(Date.now())
  })

  it.each([
    ['of a stranger', { Origin: 'https://evil.example' }, 403],
    ['that is not said, from another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['that is not said', {}, 401],
  ])('does not go by a cookie that comes with an origin %s', async (_what, headers, status) => {
    const { email, password } = await saveUser(forecourt.payload, 'admin')
    const login = await supertest(forecourt.app)
      .post('/api/users/login')
      .send({ email, password })
      .expect(200)
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
    const ask = (result: Record<string, string>) =>
      supertest(forecourt.app)
        .post('/api/jobs/welcome/run')
        .set('Cookie', cookie)
        .set(result)
        .send({ input: { name: 'Ann' } })
    const before = (await waiting('welcome')).length
    await ask(headers).expect(status)
    expect((await waiting('welcome')).length).toBe(before)
    await ask({ Origin: ORIGIN }).expect(202)
    expect((await waiting('welcome')).length).toBe(before + 1)
  })

  it('queues nothing when the audit log cannot be written', async () => {
    const before = (await waiting('welcome')).length
    await forecourt.ownerSql('alter table activity_logs rename to activity_logs_away')
    await run('manager', 'welcome').expect(500)
    await forecourt.ownerSql('alter table activity_logs_away rename to activity_logs')
    expect((await waiting('welcome')).length).toBe(before)
  })
})
