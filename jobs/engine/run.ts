import { toJsonText } from '../../src/database/json-text.ts'
import { formatErrorChain, Expired, GiveUp, LeaseLost, RetryLater, Stopped } from '../outcomes.ts'
import { type Task, type TaskContext, WrongInput } from '../task.ts'

/** One attempt at a job by this worker: its row of job_history is the lease on it. */
export type Run = {
  id: string
  jobId: string
  task: Task
  attempt: number
  isLastAttempt: boolean
  input: unknown
  abort: AbortController
}

/** How an attempt ended, and what is to become of its job. */
export type Ending =
  /** `result` is JSON. */
  | { kind: 'success'; result: string | null }
  /**
   * Tried again while it has tries left: after `delay` seconds where the task said so, else by its
   * own backoff.
   */
  | { kind: 'failure'; error: unknown; delay?: number }
  /** Given up at once. */
  | { kind: 'final'; error: unknown }
  /** Back to the queue as it was: the try does not count. */
  | { kind: 'handed back'; error: unknown }
  /** Nothing to say any more: it is another worker's. */
  | { kind: 'lost' }

/**
 * How long a task that a stopping worker breaks off has to note how far it came, while the run is
 * still this worker's.
 */
const ABORT_GRACE_MS = 2_000

/** Runs an attempt to its end, at the latest until its task's expiry or its abort. Never throws. */
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
    work.catch(() => undefined) // it may end long after its abort
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

/** What job_history says of an ending that failed. */
export const formatEndingError = (ending: Extract<Ending, { error: unknown }>) =>
  formatErrorChain(ending.error)
