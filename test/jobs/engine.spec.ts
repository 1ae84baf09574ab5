import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { GiveUp, RetryLater } from '../../jobs/outcomes.ts'
import { enqueueJob } from '../../src/enqueue.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  aTask,
  queueJob,
  buildRoom,
  findJobs,
  runJob,
  waitForRun,
  loadRuns,
  waitUntil,
  startEngine,
} from '../support/work.ts'
import { getService } from '../../src/services.ts'

let forecourt: TestForecourt
let engine: Engine
const seen: string[] = []

const tasks = [
  aTask('greet', async (_ctx, { name }) => ({ said: `Hello ${String(name)}\0` })),
  aTask('stumble', async ({ attempt }) => {
    if (attempt < 3) throw new Error('not yet', { cause: new Error('the ground is wet') })
    return { attempt }
  }),
  aTask('never-works', () => Promise.reject(new Error('broken'))),
  aTask('later', ({ attempt }) =>
    attempt === 1 ? Promise.reject(new RetryLater('busy', { delay: 3600 })) : Promise.resolve({}),
  ),
  aTask('hopeless', () => Promise.reject(new GiveUp('no such thing')), {
    retries: { limit: 9, delay: 0 },
  }),
  aTask('endless', () => new Promise(() => undefined), {
    expiry: 1,
    retries: { limit: 0, delay: 0 },
  }),
  aTask('one-alone', async () => void seen.push('one-alone'), {
    singletonKey: ({ key }) => String(key),
    queue: 'idle',
  }),
  aTask('greedy', async () => void seen.push('greedy'), { queue: 'crowded' }),
  aTask('modest', async () => void seen.push('modest'), { queue: 'crowded' }),
  aTask('steps', async (ctx) => {
    await ctx.progress(1, 4)
    await ctx.progress(4, 4)
    return {}
  }),
]

beforeAll(async () => {
  forecourt = await openForecourt({}, [buildRoom(...tasks)])
  engine = await startEngine(forecourt, { queues: ['test'] })
})

afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})

const run = async (task: string, input: object = {}) => {
  const ended = await runJob(engine, forecourt, task, input)
  return { job: ended.run.jobId, ended }
}

describe('a run', () => {
  it('leaves a row with its result, its attempt, its worker and how long it took', async () => {
    const { job } = await run('greet', { name: 'Ann' })
    const [row, ...more] = await loadRuns(forecourt, job)
    expect(more).toEqual([])
    expect(row).toMatchObject({
      status: 'success',
      attempt: 1,
      result: { said: 'Hello Ann\uFFFD' },
      worker: engine.worker,
      dead: false,
    })
    expect(row?.duration_ms).toBeGreaterThanOrEqual(0)
    expect(row?.completed_at).toBeInstanceOf(Date)
  })

  it('that fails is tried again, and each try says why it failed and what that came from', async () => {
    const job = await queueJob(forecourt, 'stumble')
    await waitUntil(
      async () => (await loadRuns(forecourt, job)).some(({ status }) => status === 'success'),
      'the third try',
    )
    const rows = await loadRuns(forecourt, job)
    expect(rows.map(({ status, attempt }) => [attempt, status])).toEqual([
      [1, 'failure'],
      [2, 'failure'],
      [3, 'success'],
    ])
    expect(rows[0]?.error).toBe('Error: not yet\nCaused by: Error: the ground is wet')
    expect(rows[0]?.next_attempt_at).toBeInstanceOf(Date)
  })

  it('that fails at its last try is given up', async () => {
    const job = await queueJob(forecourt, 'never-works')
    await waitUntil(
      async () => (await loadRuns(forecourt, job)).some(({ dead }) => dead),
      'giving up',
    )
    expect((await loadRuns(forecourt, job)).map(({ attempt, dead }) => [attempt, dead])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ])
  })

  it('that says when to try again is tried no sooner', async () => {
    const { job } = await run('later')
    const [row] = await loadRuns(forecourt, job)
    const wait =
      ((row?.next_attempt_at?.getTime() ?? 0) - (row?.completed_at?.getTime() ?? 0)) / 1000
    expect(Math.round(wait)).toBe(3600)
    expect(row).toMatchObject({ status: 'failure', dead: false, error: 'RetryLater: busy' })
  })

  it('that says never is given up at once, whatever tries are left', async () => {
    const { job, ended } = await run('hopeless')
    expect(ended.completion).toBe('failed')
    expect(await loadRuns(forecourt, job)).toMatchObject([
      { status: 'failure', dead: true, error: 'GiveUp: no such thing' },
    ])
  })

  it('is ended at its expiry', async () => {
    const { job } = await run('endless')
    expect(await loadRuns(forecourt, job)).toMatchObject([
      { status: 'failure', dead: true, error: 'Expired: It exceeded its time limit of 1 s.' },
    ])
  })

  it('tells how far it is', async () => {
    const { job } = await run('steps')
    const { rows } = await forecourt.sql(
      'select progress_done, progress_total from job_history where job_id = $1',
      [job],
    )
    expect(rows).toEqual([{ progress_done: 4, progress_total: 4 }])
  })
})

describe('queueing', () => {
  it('is part of the transaction it is asked in', async () => {
    const { payload } = forecourt
    const transactionID = (await payload.db.beginTransaction()) ?? ''
    const job = await enqueueJob({ payload, transactionID }, 'greet', { name: 'nobody' })
    await payload.db.rollbackTransaction(transactionID)
    expect(await findJobs(forecourt, 'greet', { id: job })).toEqual([])
  })

  it('is done once the transaction is', async () => {
    const { payload } = forecourt
    const transactionID = (await payload.db.beginTransaction()) ?? ''
    const job = await enqueueJob({ payload, transactionID }, 'greet', { name: 'Bob' })
    const done = waitForRun(engine, job)
    await payload.db.commitTransaction(transactionID)
    expect((await done).completion).toBe('done')
  })

  it('takes no second job with the key of one that waits', async () => {
    const jobs = await Promise.all(
      Array.from({ length: 5 }, () => queueJob(forecourt, 'one-alone', { key: 'a' })),
    )
    const other = await queueJob(forecourt, 'one-alone', { key: 'b' })
    expect(new Set(jobs).size).toBe(1)
    expect(other).not.toBe(jobs[0])
  })

  it('refuses an input that the task does not take, and a task that there is none of', async () => {
    await expect(queueJob(forecourt, 'prune-sessions', ['no object'])).rejects.toThrow(
      'The task prune-sessions does not accept this input.',
    )
    await expect(queueJob(forecourt, 'nothing')).rejects.toThrow('There is no task "nothing".')
  })

  it('leaves jobs of other lanes to other workers', async () => {
    await run('greet')
    expect(seen).toEqual([])
    expect(getService(forecourt.payload, 'jobs').getTask('one-alone').queue).toBe('idle')
  })
})

describe('a worker with room for one run', () => {
  it('goes from task to task: one with many jobs keeps no other waiting', async () => {
    for (const turn of [1, 2, 3, 4, 5, 6]) await queueJob(forecourt, 'greedy', { turn })
    const modest = await queueJob(forecourt, 'modest')
    const small = await startEngine(forecourt, { queues: ['crowded'], concurrency: 1 })
    await waitForRun(small, modest)
    await small.stop()
    expect(seen.indexOf('modest')).toBe(1)
  })
})
