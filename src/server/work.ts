import type { Payload } from 'payload'
import { Engine, type EngineOptions } from '../../jobs/engine/engine.ts'
import { RetryLater, Stopped } from '../../jobs/outcomes.ts'
import { jobsOf } from '../../jobs/queue.ts'
import { keepTicking } from '../../jobs/schedule/scheduler.ts'
import type { Settings } from '../env.ts'
import type { Assembled } from './assemble.ts'
import type { LogContext } from './log-context.ts'
import { countRuns } from './metrics/runs.ts'

/** The background work of a process: its engine, and how to end both the engine and the schedules. */
export type Work = { engine: Engine; stop: () => Promise<void> }

/** Begins to work on jobs in this process: on every lane, or on those named. The schedules tick with it. */
export async function startWork(
  { payload, watch, metrics, logs }: Pick<Assembled, 'payload' | 'watch' | 'metrics' | 'logs'>,
  settings: Settings,
  options: Pick<EngineOptions, 'queues'> = {},
): Promise<Work> {
  const engine = new Engine({ payload, watch, concurrency: settings.JOBS_AT_ONCE, around: naming(logs), ...options })
  countRuns(metrics, engine, new Set(jobsOf(payload).tasks.keys()))
  tell(engine, payload)
  await engine.start()
  const ticking = keepTicking(payload, (error) =>
    payload.logger.error({ err: error, msg: 'The schedules wait for the next tick.' }),
  )
  const stop = async () => {
    await ticking.stop()
    await engine.stop()
  }
  return { engine, stop }
}

/** Every log line of a run carries its ids. */
const naming =
  (logs: LogContext): NonNullable<EngineOptions['around']> =>
  (run, work) =>
    logs.within({ job: run.jobId, run: run.id, task: run.task.name }, work)

/** A run that comes back as its task or its worker wanted is no accident: a thousand mails that wait for their server need no stacks. */
const why = (error: unknown) =>
  error instanceof RetryLater || error instanceof Stopped ? { reason: error.message } : { err: error }

/** What runs come to, in the log. */
function tell(engine: Engine, { logger }: Payload): void {
  engine.on('ended', ({ run, ending, error, settled, seconds }) => {
    const about = { job: run.jobId, run: run.id, task: run.task.name, attempt: run.attempt, ending, seconds }
    const line = { ...about, ...(error !== undefined && why(error)) }
    if (settled === 'done') logger.info({ ...line, msg: 'A job is done.' })
    else logger.warn({ ...line, msg: settled === 'dead' ? 'A job was given up.' : 'A run failed.' })
  })
  engine.on('lapsed', ({ id, jobId, task, worker, attempt, dead }) =>
    logger.warn({ job: jobId, run: id, task: task.name, attempt, worker, dead, msg: 'A worker died over a job.' }),
  )
  engine.on('trouble', (error, doing) => logger.error({ err: error, msg: `The jobs had trouble ${doing}.` }))
}
