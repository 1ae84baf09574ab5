import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from '@payloadcms/db-postgres'
import { claimJobs } from '../../jobs/engine/claim.ts'
import { reapRuns } from '../../jobs/engine/reap.ts'
import type { Engine } from '../../jobs/engine/engine.ts'
import { getPostgresAdapter, getTransaction } from '../../src/database/transaction.ts'
import { getService } from '../../src/services.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  aTask,
  buildRoom,
  findJobs,
  loadRuns,
  openBoss,
  queueJob,
  startEngine,
  waitUntil,
} from '../support/work.ts'

/** A gate that a run waits at until the spec opens it. */
class Gate {
  #open = () => {}
  readonly opened = new Promise<void>((resolve) => (this.#open = resolve))
  readonly open = () => this.#open()
}

let forecourt: TestForecourt
const gates: Gate[] = []
const refusals: string[] = []

const note = (attempt: number, tx: Parameters<typeof getTransaction>[0]) =>
  getTransaction(tx).db.execute(
    sql`insert into effects (job, attempt) values ('paused', ${attempt})`,
  )

const tasks = [
  aTask('count-me', async (ctx, { number }) => {
    await ctx.commit((tx) =>
      getTransaction(tx).db.execute(sql`insert into effects (job, attempt) values (${number}, 1)`),
    )
  }),
  aTask('pause', async (ctx) => {
    const gate = new Gate()
    gates.push(gate)
    await gate.opened
    await ctx
      .commit((tx) => note(ctx.attempt, tx))
      .catch((error: Error) => {
        refusals.push(error.name)
        throw error
      })
    return { by: ctx.attempt }
  }),
  aTask('deadly', () => new Promise(() => undefined), { retries: { limit: 0, delay: 0 } }),
  aTask('leave-nothing', async (ctx) => {
    await ctx.commit(async (tx) => {
      await note(0, tx)
      throw new Error('changed my mind')
    })
  }),
  aTask(
    'hand-back',
    ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut')))),
  ),
  aTask('last-words', async (ctx) => {
    await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve))
    await sleep(300)
    await ctx.commit((tx) => note(7, tx))
    throw new Error('cut')
  }),
]

beforeAll(async () => {
  forecourt = await openForecourt({}, [buildRoom(...tasks)])
  await forecourt.ownerSql(
    'create table effects (job text, attempt int); grant all on effects to public',
  )
})

afterAll(() => forecourt.close())

const effects = async (job: string) =>
  (await forecourt.sql('select attempt from effects where job = $1 order by attempt', [job]))
    .rows as { attempt: number }[]

const inHand = (job: string) => async () =>
  (await loadRuns(forecourt, job)).some(({ completed_at }) => completed_at === null)

async function withEngines(
  count: number,
  work: (engines: Engine[]) => Promise<void>,
): Promise<void> {
  const engines = await Promise.all(Array.from({ length: count }, () => startEngine(forecourt)))
  try {
    await work(engines)
  } finally {
    await Promise.all(engines.map((engine) => engine.stop(0)))
  }
}

/** As if the worker of an open run had sent no heartbeat for a minute. */
const silence = (job: string) =>
  forecourt.sql(
    `with open as (update job_history set lease_ends_at = now() - interval '1 minute'
       where job_id = $1 and completed_at is null returning job_id)
     update pgboss.job set heartbeat_on = now() - interval '1 minute' from open where id = job_id`,
    [job],
  )

/** Until the open run of a job is closed because its worker is silent, though it is alive. */
async function lapse(job: string): Promise<void> {
  const { pool } = getPostgresAdapter(forecourt.payload)
  const countClosed = async () =>
    (await loadRuns(forecourt, job)).filter(({ completed_at }) => completed_at !== null).length
  const before = await countClosed()
  await waitUntil(async () => {
    await silence(job)
    await reapRuns(pool, openBoss(forecourt))
    return (await countClosed()) > before
  }, 'the run lapsed')
}

describe('leases', () => {
  it('let every job be run by one of several engines', async () => {
    await withEngines(3, async () => {
      await Promise.all(
        Array.from({ length: 150 }, (_, number) =>
          queueJob(forecourt, 'count-me', { number: String(number) }),
        ),
      )
      const counted = async () =>
        Number(
          (await forecourt.sql("select count(*) from effects where job ~ '^[0-9]+$'")).rows[0]
            .count,
        )
      await waitUntil(async () => (await counted()) >= 150, 'every job was run')
      const { rows } = await forecourt.sql(
        "select count(distinct job)::int, count(*)::int as all from effects where job ~ '^[0-9]+$'",
      )
      expect(rows).toEqual([{ count: 150, all: 150 }])
    })
  })

  it('refuse what a worker writes that was taken for dead, and keep what the next one wrote', async () => {
    await withEngines(1, async () => {
      const job = await queueJob(forecourt, 'pause')
      await waitUntil(() => gates.length === 1, 'the first run began')
      await lapse(job)
      await waitUntil(() => gates.length === 2, 'the second run began')
      gates[1]?.open()
      await waitUntil(
        async () => (await loadRuns(forecourt, job)).some(({ status }) => status === 'success'),
        'the second run ended',
      )
      gates[0]?.open()
      await waitUntil(() => refusals.length === 1, 'the first worker woke')
      expect(refusals).toEqual(['LeaseLost'])
      expect(await effects('paused')).toEqual([{ attempt: 2 }])
      const rows = await loadRuns(forecourt, job)
      expect(rows.map(({ attempt, status, result }) => [attempt, status, result])).toEqual([
        [1, 'failure', null],
        [2, 'success', { by: 2 }],
      ])
      expect(rows[0]?.error).toMatch(
        /^Error: Worker .+ sent no heartbeat: it crashed or stopped responding\.$/,
      )
    })
  })

  it('pass to another worker when the first one is silent, at once and with the next attempt', async () => {
    const { pool } = getPostgresAdapter(forecourt.payload)
    const task = getService(forecourt.payload, 'jobs').getTask('count-me')
    const job = await queueJob(forecourt, 'count-me', { number: 'silent' })
    const [claimed] = await claimJobs(pool, openBoss(forecourt), task, 'elsewhere:1', 1)
    expect(claimed).toMatchObject({ jobId: job, attempt: 1 })
    await silence(job)
    await withEngines(1, () =>
      waitUntil(
        async () => (await loadRuns(forecourt, job)).some(({ status }) => status === 'success'),
        'another worker ran the job',
      ),
    )
    expect(await loadRuns(forecourt, job)).toMatchObject([
      { attempt: 1, status: 'failure', dead: false, worker: 'elsewhere:1' },
      { attempt: 2, status: 'success' },
    ])
  })

  it('end for a job that brings down one worker after the other: it is given up at the third', async () => {
    const job = await queueJob(forecourt, 'deadly')
    for (const attempt of [1, 2, 3])
      await withEngines(1, async () => {
        await waitUntil(inHand(job), `try ${attempt} began`)
        await lapse(job)
      })
    expect((await loadRuns(forecourt, job)).map(({ attempt, dead }) => [attempt, dead])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ])
  })

  it('leave nothing of a transaction that the task broke off', async () => {
    await withEngines(1, async () => {
      const job = await queueJob(forecourt, 'leave-nothing')
      await waitUntil(
        async () => (await loadRuns(forecourt, job)).some(({ dead }) => dead),
        'giving up',
      )
      expect((await loadRuns(forecourt, job))[0]?.error).toBe('Error: changed my mind')
    })
    expect((await effects('paused')).filter(({ attempt }) => attempt === 0)).toEqual([])
  })

  it('go back when a worker is stopped, and the try does not count', async () => {
    let job = ''
    await withEngines(1, async () => {
      job = await queueJob(forecourt, 'hand-back')
      await waitUntil(inHand(job), 'the run began')
    })
    expect(await loadRuns(forecourt, job)).toMatchObject([
      {
        status: 'failure',
        dead: false,
        error: 'Stopped: The worker was stopped and the job was returned to the queue.',
      },
    ])
    const [waiting] = await findJobs(forecourt, 'hand-back', { id: job })
    expect(waiting).toMatchObject({ state: 'retry', retryLimit: 3 })
    expect(waiting?.startAfter.getTime()).toBeLessThanOrEqual(Date.now())
  })

  it('hold while a task that is told to stop says how far it came', async () => {
    let job = ''
    await withEngines(1, async () => {
      job = await queueJob(forecourt, 'last-words')
      await waitUntil(inHand(job), 'the run began')
    })
    expect((await effects('paused')).filter(({ attempt }) => attempt === 7)).toHaveLength(1)
    expect(await loadRuns(forecourt, job)).toMatchObject([
      { error: 'Stopped: The worker was stopped and the job was returned to the queue.' },
    ])
  })
})
