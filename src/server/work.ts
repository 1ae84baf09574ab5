import type { Payload } from 'payload'
import { Engine, type EngineOptions } from '../../jobs/engine/engine.ts'
import { RetryLater, Stopped } from '../../jobs/outcomes.ts'
import { startScheduler } from '../../jobs/schedule/scheduler.ts'
import type { Settings } from '../env.ts'
import type { Application } from './application.ts'
import type { LogContext } from './log-context.ts'
import { countRuns } from './metrics/runs.ts'
import { getService } from '../services.ts'

/**
 * The background work of a process: its job engine, and how to stop both the engine and the
 * scheduler.
 */
export type Work = { engine: Engine; stop: () => Promise<void> }

/**
 * Starts to work on jobs in this process: on every queue, or on those named. The scheduler starts
 * with it.
 */
export async function startWork(
  { payload, watch, metrics, logs }: Pick<Application, 'payload' | 'watch' | 'metrics' | 'logs'>,
  settings: Settings,
  options: Pick<EngineOptions, 'queues'> = {},
): Promise<Work> {
  const engine = new Engine({
    payload,
    watch,
    concurrency: settings.JOBS_AT_ONCE,
    wrapRun: withRunContext(logs),
    ...options,
  })
  countRuns(metrics, engine, new Set(getService(payload, 'jobs').tasks.keys()))
  logRuns(engine, payload)
  await engine.start()
  const ticking = startScheduler(payload, (error) =>
    payload.logger.error({
      err: error,
      msg: 'Scheduler tick failed. It will be retried with the next tick.',
    }),
  )
  const stop = async () => {
    await ticking.stop()
    await engine.stop()
  }
  return { engine, stop }
}

/** Every log line of a run carries its ids. */
const withRunContext =
  (logs: LogContext): NonNullable<EngineOptions['wrapRun']> =>
  (run, work) =>
    logs.runWith({ job: run.jobId, run: run.id, task: run.task.name }, work)

/**
 * A run that is retried on purpose, by its task or its worker, is not an error: a thousand mails
 * that wait for their server need no stack traces.
 */
const toErrorFields = (error: unknown) =>
  error instanceof RetryLater || error instanceof Stopped
    ? { reason: error.message }
    : { err: error }

/** Logs the outcomes of runs. */
function logRuns(engine: Engine, { logger }: Payload): void {
  engine.on('ended', ({ run, ending, error, completion, seconds }) => {
    const about = {
      job: run.jobId,
      run: run.id,
      task: run.task.name,
      attempt: run.attempt,
      ending,
      seconds,
    }
    const fields = { ...about, ...(error !== undefined && toErrorFields(error)) }
    if (completion === 'done') logger.info({ ...fields, msg: 'Job completed.' })
    else
      logger.warn({
        ...fields,
        msg: completion === 'failed' ? 'Job failed permanently.' : 'Run failed.',
      })
  })
  engine.on('lapsed', ({ id, jobId, task, worker, attempt, failedPermanently }) =>
    logger.warn({
      job: jobId,
      run: id,
      task: task.name,
      attempt,
      worker,
      dead: failedPermanently,
      msg: 'Run lapsed: its worker stopped responding.',
    }),
  )
  engine.on('failure', (error, doing) =>
    logger.error({ err: error, msg: `The job engine failed while ${doing}.` }),
  )
}
