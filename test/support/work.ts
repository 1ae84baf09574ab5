import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plugin } from 'payload'
import { z } from 'zod'
import { type EndedRun, Engine, type EngineOptions } from '../../jobs/engine/engine.ts'
import { createBoss, wrapClient } from '../../jobs/boss.ts'
import { withTasks } from '../../jobs/index.ts'
import { defineTask, type Task, type TaskContext, type TaskSpec } from '../../jobs/task.ts'
import type { FindJobsOptions, JobWithMetadata, PgBoss } from 'pg-boss'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import type { TestForecourt } from './forecourt.ts'
import { getService } from '../../src/services.ts'

/** A room that has these tasks and nothing else. */
export const buildRoom =
  (...tasks: Task[]): Plugin =>
  (config) =>
    withTasks(config, tasks)

type About = Partial<Omit<TaskSpec<z.ZodType>, 'run' | 'input' | 'singletonKey'>>

const ANY = z.record(z.string(), z.unknown())

/** A task of a spec; the test says only what it is about. It takes any object. */
export function aTask(
  name: string,
  run: (
    ctx: TaskContext,
    input: Record<string, unknown>,
  ) => Promise<Record<string, unknown> | void>,
  about: About & { singletonKey?: (input: Record<string, unknown>) => string } = {},
): Task {
  const usual = {
    queue: 'test',
    description: 'A test looks at it.',
    expiry: 60,
    retries: { limit: 2, delay: 0 },
    concurrency: 2,
  }
  return defineTask({ name, input: ANY, ...usual, ...about, run })
}

/** An engine on the database of a test. Stop it before the database is closed. */
export async function startEngine(
  forecourt: TestForecourt,
  about: Partial<EngineOptions> = {},
): Promise<Engine> {
  const engine = new Engine({
    payload: forecourt.payload,
    watch: forecourt.watch,
    concurrency: 4,
    ...about,
  })
  await engine.start()
  return engine
}

/** Queues a job outside any transaction; answers its id. */
export const queueJob = ({ payload }: TestForecourt, task: string, input: object = {}) =>
  getService(payload, 'jobs').enqueue({ payload }, task, input)

/** A pg-boss on the database of a test, which nobody started. */
export const openBoss = ({ payload }: Pick<TestForecourt, 'payload'>): PgBoss =>
  createBoss(wrapClient(getPostgresAdapter(payload).pool))

/** The jobs of a task that pg-boss has, the oldest one first; none of a task without a queue. */
export async function findJobs(
  forecourt: Pick<TestForecourt, 'payload'>,
  task: string,
  about: FindJobsOptions = {},
): Promise<JobWithMetadata[]> {
  const boss = openBoss(forecourt)
  return (await boss.getQueue(task)) ? boss.findJobs<object>(task, about) : []
}

/**
 * Queues a job outside any transaction, and waits until the engine has ended a run of it. It
 * listens before it queues, because the run may end before the caller knows the id of the job.
 */
export const runJob = (
  engine: Engine,
  forecourt: TestForecourt,
  task: string,
  input: object = {},
): Promise<EndedRun> => waitForRun(engine, queueJob(forecourt, task, input))

/**
 * Waits until the engine has ended a run of this job. Call it before the run can end: with a job
 * that is being queued, or before what lets it begin.
 */
export async function waitForRun(engine: Engine, job: string | Promise<string>): Promise<EndedRun> {
  const ended: EndedRun[] = []
  const collect = (run: EndedRun) => void ended.push(run)
  engine.on('ended', collect)
  try {
    const id = await job
    for (;;) {
      const found = ended.find(({ run }) => run.jobId === id)
      if (found) return found
      await once(engine, 'ended')
    }
  } finally {
    engine.off('ended', collect)
  }
}

/** A row of job_history, as these specs look at it. */
export type HistoryRow = {
  id: string
  status: string | null
  attempt: number
  error: string | null
  result: Record<string, unknown> | null
  dead: boolean
  worker: string
  duration_ms: number | null
  next_attempt_at: Date | null
  completed_at: Date | null
}

/** The runs of a job, the first one first. */
export async function loadRuns({ sql }: TestForecourt, job: string): Promise<HistoryRow[]> {
  const { rows } = await sql('select * from job_history where job_id = $1 order by started_at', [
    job,
  ])
  return rows as HistoryRow[]
}

/** Until `holds` answers true; fails after a minute. */
export async function waitUntil(
  condition: () => Promise<boolean> | boolean,
  description: string,
): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50))
    if (await condition()) return
  throw new Error(`It did not come to pass within a minute: ${description}.`)
}
