import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { installQueues } from '../../jobs/install.ts'
import { getService } from '../../src/services.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  aTask,
  buildRoom,
  findJobs,
  loadRuns,
  openBoss,
  startEngine,
  waitForRun,
} from '../support/work.ts'

const FIXTURE = new URL('../fixtures/pg-boss/10.4.2.sql', import.meta.url)

const TASK = 'carry-over'
const [WAITING, DELAYED, RETRIED, RUNNING, FAILED, DONE, FORGOTTEN] = Array.from(
  { length: 7 },
  () => randomUUID(),
) as [string, string, string, string, string, string, string]

let forecourt: TestForecourt
/** When each job of the old tables was due. */
let dueBefore: ReadonlyMap<string, Date>

beforeAll(async () => {
  forecourt = await openForecourt({}, [
    buildRoom(
      aTask(TASK, async (_ctx, { part }) => ({ part }), {
        singletonKey: ({ part }) => String(part),
      }),
    ),
  ])
})
afterAll(() => forecourt.close())

const install = () => installQueues(forecourt.payload, forecourt.ownerUrl)

async function findJob(id: string, name = TASK) {
  const [job] = await findJobs(forecourt, name, { id })
  return job
}

/** Gives the database the tables of pg-boss 10.4.2, with a job in each state. */
async function installOldQueues(): Promise<void> {
  const { ownerSql } = forecourt
  await ownerSql('drop schema pgboss cascade')
  await ownerSql(await readFile(FIXTURE, 'utf8'))
  await ownerSql(`select pgboss.create_queue('${TASK}', '{"policy":"standard"}'),
    pgboss.create_queue('forgotten', '{"policy":"standard"}')`)
  await ownerSql(
    `insert into pgboss.job (id, name, state, data, singleton_key, priority, retry_limit,
       retry_count, retry_delay, retry_backoff, start_after, started_on, completed_on, expire_in)
     select id::uuid, name, state::pgboss.job_state, jsonb_build_object('part', part), part,
       priority, 5, tries, 7, true, now() + due::interval, started, completed, '20 minutes'
     from (values
       ('${WAITING}', '${TASK}', 'created', 'a door', 3, 0, '-1 minute', null, null),
       ('${DELAYED}', '${TASK}', 'created', 'a wheel', 0, 0, '5 hours', null, null),
       ('${RETRIED}', '${TASK}', 'retry', 'a lamp', 0, 2, '1 hour', now(), null),
       ('${RUNNING}', '${TASK}', 'active', 'a seat', 0, 1, '-1 hour', now(), null),
       ('${FAILED}', '${TASK}', 'failed', 'a horn', 0, 5, '-1 day', now(), now()),
       ('${DONE}', '${TASK}', 'completed', 'a key', 0, 0, '-1 day', now(), now()),
       ('${FORGOTTEN}', 'forgotten', 'created', 'a map', 0, 0, '-1 day', null, null)
     ) as jobs (id, name, state, part, priority, tries, due, started, completed)`,
  )
  await ownerSql(
    `insert into job_history (job_name, job_id, attempt, started_at, lease_ends_at, commits)
     values ('${TASK}', '${RUNNING}', 2, now(), now(), 0)`,
  )
}

async function loadDue(): Promise<Map<string, Date>> {
  const { rows } = await forecourt.ownerSql('select id, start_after from pgboss.job')
  return new Map(rows.map(({ id, start_after: due }) => [String(id), due as Date]))
}

describe('the queues of pg-boss 10', () => {
  beforeAll(async () => {
    await installOldQueues()
    dueBefore = await loadDue()
    await Promise.all([install(), install(), install()])
  })

  it('leave nothing behind but the new tables, which the application may use', async () => {
    const { rows } = await forecourt.sql(
      "select nspname from pg_namespace where nspname like 'pgboss%'",
    )
    expect(rows).toEqual([{ nspname: 'pgboss' }])
    expect(await openBoss(forecourt).schemaVersion()).toBeGreaterThan(24)
  })

  it('keep a waiting job with its key, its priority and how it is retried', async () => {
    expect(await findJob(WAITING)).toMatchObject({
      state: 'created',
      data: { part: 'a door' },
      singletonKey: 'a door',
      priority: 3,
      retryLimit: 5,
      retryDelay: 7,
      retryBackoff: true,
      expireInSeconds: 1200,
    })
    const again = await getService(forecourt.payload, 'jobs').enqueue(forecourt, TASK, {
      part: 'a door',
    })
    expect(again).toBe(WAITING)
  })

  it('keep when a delayed job is due, and how many tries are left to one that failed before', async () => {
    const [delayed, retried] = [await findJob(DELAYED), await findJob(RETRIED)]
    expect([delayed?.startAfter, delayed?.retryLimit]).toEqual([dueBefore.get(DELAYED), 5])
    expect([retried?.startAfter, retried?.retryLimit]).toEqual([dueBefore.get(RETRIED), 2])
  })

  it('keep a job whose run was interrupted, and close that run without counting it', async () => {
    expect(await findJob(RUNNING)).toMatchObject({ state: 'created', retryLimit: 4 })
    expect(await loadRuns(forecourt, RUNNING)).toMatchObject([
      {
        status: 'failure',
        dead: false,
        error: 'Stopped: Forecourt was upgraded and the job was returned to the queue.',
      },
    ])
  })

  it('keep a job that failed permanently, which can be queued again under its id', async () => {
    expect(await findJob(FAILED)).toMatchObject({ state: 'failed', singletonKey: 'a horn' })
    await openBoss(forecourt).retry(TASK, FAILED)
    expect(await findJob(FAILED)).toMatchObject({ state: 'retry', retryLimit: 1 })
  })

  it('keep the jobs of a task that there is no more, and none that were done', async () => {
    expect(await findJob(FORGOTTEN, 'forgotten')).toMatchObject({ state: 'created' })
    expect(await findJob(DONE)).toBeUndefined()
  })

  it('hand over jobs that run', async () => {
    const engine = await startEngine(forecourt, { queues: ['test'] })
    await waitForRun(engine, WAITING)
    await engine.stop()
    expect(await loadRuns(forecourt, WAITING)).toMatchObject([
      { status: 'success', attempt: 1, result: { part: 'a door' } },
    ])
  })
})

describe('an upgrade of the queues that was interrupted', () => {
  it('is finished by the next start', async () => {
    await installOldQueues()
    await forecourt.ownerSql('alter schema pgboss rename to pgboss_10')
    await install()
    expect(await findJob(WAITING)).toMatchObject({ state: 'created', singletonKey: 'a door' })
    const { rows } = await forecourt.sql(
      "select nspname from pg_namespace where nspname like 'pgboss%'",
    )
    expect(rows).toEqual([{ nspname: 'pgboss' }])
  })

  it('is finished where the new tables are there already, but not the jobs', async () => {
    await installOldQueues()
    await forecourt.ownerSql('alter schema pgboss rename to pgboss_11')
    await install()
    await forecourt.ownerSql('alter schema pgboss_11 rename to pgboss_10')
    await install()
    expect(await findJob(DELAYED)).toMatchObject({ state: 'created', singletonKey: 'a wheel' })
  })
})
