import { toJsonText } from '../../src/database/json-text.ts'
import type { JobAttempt } from '../boss.ts'
import { formatErrorChain, Expired, GiveUp, LeaseLost, RetryLater, Stopped } from '../outcomes.ts'
import { type Task, type TaskContext, WrongInput } from '../task.ts'

/**
 * One attempt of this worker to do a job. The worker owns the job until it closes the row of the
 * run in job_history, or another worker does because no heartbeat came.
 */
export type Run = {
  id: string
  jobId: string
  task: Task
  attempt: number
  isLastAttempt: boolean
  input: unknown
  abort: AbortController
}

/** Identifies the attempt of a run for pg-boss, which counts retries from 0. */
export const getJobAttempt = ({ jobId, attempt }: Pick<Run, 'jobId' | 'attempt'>): JobAttempt => ({
  id: jobId,
  retryCount: attempt - 1,
})

/** How an attempt ended and what happens to its job. */
export type Ending =
  /** `result` is JSON. */
  | { kind: 'success'; result: string | null }
  /**
   * Retried while attempts are left: after `delay` seconds if the task specified it, otherwise by
   * its backoff.
   */
  | {
      kind: 'failure'
      error: unknown
      delay?: number
    }
  /** Fails permanently without a retry. */
  | { kind: 'final'; error: unknown }
  /** Returned to the queue; the attempt does not count. */
  | { kind: 'handed back'; error: unknown }
  /** Nothing to record: the run belongs to another worker. */
  | { kind: 'lost' }

/**
 * The time in which an aborted task can save its progress while the run still belongs to a stopping
 * worker.
 */
const ABORT_GRACE_MS = 2_000

/**
 * Runs an attempt until it ends, is aborted, or reaches the time limit of its task. Never throws.
 */
export async function runAttempt(
  { task, input, abort }: Run,
  context: TaskContext,
): Promise<Ending> {
  const { signal } = abort
  const expiry = setTimeout(
    () => abort.abort(new Expired(`It exceeded its time limit of ${task.expiry} s.`)),
    task.expiry * 1000,
  )
  const aborted = new Promise<never>((_resolve, reject) =>
    signal.addEventListener(
      'abort',
      () => setTimeout(reject, getAbortGrace(signal.reason), signal.reason),
      { once: true },
    ),
  )
  aborted.catch(() => undefined)
  try {
    if (signal.aborted) throw signal.reason
    const work = task.run(context, input)
    work.catch(() => undefined) // the task may continue long after its abort
    const result = await Promise.race([work, aborted])
    return { kind: 'success', result: result ? toJsonText(result) : null }
  } catch (error) {
    return toEnding(signal.aborted && !(error instanceof GiveUp) ? signal.reason : error)
  } finally {
    clearTimeout(expiry)
  }
}

const getAbortGrace = (reason: unknown): number => (reason instanceof Stopped ? ABORT_GRACE_MS : 0)

function toEnding(error: unknown): Ending {
  if (error instanceof LeaseLost) return { kind: 'lost' }
  if (error instanceof Stopped) return { kind: 'handed back', error }
  if (error instanceof GiveUp || error instanceof WrongInput) return { kind: 'final', error }
  if (error instanceof RetryLater) return { kind: 'failure', error, delay: error.delay }
  return { kind: 'failure', error }
}

/** The error text that job_history stores for a failed attempt. */
export const formatEndingError = (ending: Extract<Ending, { error: unknown }>) =>
  formatErrorChain(ending.error)
