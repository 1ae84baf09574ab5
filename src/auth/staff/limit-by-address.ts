import type { RequestHandler } from 'express'
import { observeOutage } from '../../database/observe-outage.ts'
import { getAddressBlock } from '../../domain/address-block.ts'
import {
  formatRetryMessage,
  countRequest,
  type LimitedRequest,
  type LimitExceeded,
} from '../rate-limits/request-limits.ts'
import { sendRefusal } from '../../api/errors/refusal.ts'
import type { SignInDependencies } from './dependencies.ts'
import { sendProblemPage } from './pages.ts'

/**
 * Limits requests per address with a 429: as a page for a person, as JSON for a program. While the
 * database is unavailable, or if it becomes so, nothing is counted; the next handler reports that.
 */
export function limitByAddress(
  dependencies: CountingDependencies,
  kind: LimitedRequest,
): RequestHandler {
  return async (req, res, next) => {
    const exceeded = await countWhileUp(dependencies, kind, getAddressBlock(req.ip ?? ''))
    if (!exceeded) return next()
    res.setHeader('retry-after', String(exceeded.seconds))
    if (kind !== 'signed-in') return sendProblemPage(res, 'too-many')
    sendRefusal(res, 429, formatRetryMessage(exceeded.message, exceeded.seconds))
  }
}

type CountingDependencies = Pick<SignInDependencies, 'payload' | 'watch' | 'writes'>

async function countWhileUp(
  { payload, ...database }: CountingDependencies,
  kind: LimitedRequest,
  address: string,
): Promise<LimitExceeded | null> {
  if (!database.watch.up) return null
  return observeOutage(database, async (wasUnavailable) => {
    try {
      return await countRequest(payload, kind, address)
    } catch (error) {
      if (wasUnavailable()) return null
      throw error
    }
  })
}
