import type { RequestHandler } from 'express'
import { getAddressBlock } from '../../domain/address-block.ts'
import {
  formatRetryMessage,
  countRequest,
  type LimitedRequest,
} from '../../guards/request-limits.ts'
import { sendRefusal } from '../refusal.ts'
import type { SignInDependencies } from './dependencies.ts'
import { sendProblemPage } from './pages.ts'

/**
 * Lets so many requests of an address through, and answers 429 beyond: with a page where a person
 * went, as JSON where a program asked. While the database is away nothing is counted: whatever
 * comes next says so.
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
