import type { Payload, PayloadRequest } from 'payload'

/**
 * What collections, hooks and mail need to know of the job queues: how to put something into one.
 */
type Queue = {
  enqueue: (
    context: EnqueueContext,
    task: string,
    input: object,
    options?: Options,
  ) => Promise<string>
}
type Options = { after?: number; priority?: number }
type EnqueueContext = { payload: Payload } & Partial<Pick<PayloadRequest, 'transactionID'>>

/**
 * Queues a job for the task of this name, in the transaction of the request: rolled back, it was
 * never sent. `after` is in seconds; jobs with more `priority` start first, and 0 is usual. Answers
 * the job's id.
 */
export function enqueueJob(
  context: EnqueueContext,
  task: string,
  input: object,
  options: Options = {},
): Promise<string> {
  return (context.payload.config.custom['jobs'] as Queue).enqueue(context, task, input, options)
}
