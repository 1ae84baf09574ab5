import type { Payload, PayloadRequest } from 'payload'

/** What collections, hooks and mail need to know of the job queues: how to put something into one. */
type Queue = { enqueue: (asking: Asking, task: string, input: object, options?: { after?: number }) => Promise<string> }
type Asking = { payload: Payload } & Partial<Pick<PayloadRequest, 'transactionID'>>

/**
 * Queues a job for the task of this name, in the transaction of the request: rolled back, it was never sent. `after` is in seconds.
 * Answers the job's id.
 */
export function enqueue(asking: Asking, task: string, input: object, options: { after?: number } = {}): Promise<string> {
  return (asking.payload.config.custom['jobs'] as Queue).enqueue(asking, task, input, options)
}
