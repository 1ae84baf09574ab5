import type { Payload, PayloadRequest } from 'payload'
import { getService } from './services.ts'

type Options = { after?: number; priority?: number }
type EnqueueContext = { payload: Payload } & Partial<Pick<PayloadRequest, 'transactionID'>>

/**
 * Queues a job for the named task in the transaction of the request; a rollback removes it. `after`
 * is a delay in seconds. Jobs with a higher `priority` start first; the default is 0. Returns the
 * ID of the job.
 */
export function enqueueJob(
  context: EnqueueContext,
  task: string,
  input: object,
  options: Options = {},
): Promise<string> {
  return getService(context.payload, 'jobs').enqueue(context, task, input, options)
}
