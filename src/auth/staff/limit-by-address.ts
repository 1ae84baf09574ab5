import type { RequestHandler } from 'express'
import { getAddressBlock } from '../../domain/address-block.ts'
import {
  formatRetryMessage,
  countRequest,
  type LimitedRequest,
} from '../rate-limits/request-limits.ts'
import { sendRefusal } from '../../api/errors/refusal.ts'
import type { SignInDependencies } from './dependencies.ts'
import { sendProblemPage } from './pages.ts'

/**
 * Limits requests per address with a 429: as a page for a person, as JSON for a program. While the
 * database is unavailable nothing is counted; the next handler reports that.
 */
export function limitByAddress(
  { payload, watch }: Pick<SignInDependencies, 'payload' | 'watch'>,
  kind: LimitedRequest,
): RequestHandler {
  return async (req, res, next) => {
    const exceeded = watch.up
      ? await countRequest(payload, kind, getAddressBlock(req.ip ?? ''))
      : null
    if (!exceeded) return next()
    res.setHeader('retry-after', String(exceeded.seconds))
    if (kind !== 'signed-in') return sendProblemPage(res, 'too-many')
    sendRefusal(res, 429, formatRetryMessage(exceeded.message, exceeded.seconds))
  }
}
