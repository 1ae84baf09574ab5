import { parseRetryAfter } from '../domain/retry-after.ts'
import type { EgressResponse } from './egress.ts'

/** The pause in seconds that a response asks for with Retry-After; null if it does not. */
export const getRequestedPause = (
  { headers }: Pick<EgressResponse, 'headers'>,
  now = new Date(),
): number | null => parseRetryAfter(headers['retry-after'], now)
