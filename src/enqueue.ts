import type { Payload, PayloadRequest } from 'payload'

/** What collections, hooks and mail need to know of the job queues: how to put something into one. */
type Queue = { enqueue: (asking: Asking, task: string, input: object, options?: Options) => Promise<string> }
type Options = { after?: number; priority?: number }
type Asking = { payload: Payload } & Partial<Pick<PayloadRequest, 'transactionID'>>

/**
 * Queues a job for the task of this name, in the transaction of the request: rolled back, it was never sent. `after` is in seconds;
 * jobs with more `priority` start first, and 0 is usual. Answers the job's id.
 */
export function enqueue(asking: Asking, task: string, input: object, options: Options = {}): Promise<string> {
  return (asking.payload.config.custom['jobs'] as Queue).enqueue(asking, task, input, options)
}
