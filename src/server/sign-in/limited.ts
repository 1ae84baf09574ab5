import type { RequestHandler } from 'express'
import { addressBlock } from '../../domain/address-block.ts'
import { comeBack, countRequest, type Limited } from '../../guards/request-limits.ts'
import { sendRefusal } from '../refusal.ts'
import type { Needs } from './needs.ts'
import { problemPage } from './pages.ts'

/**
 * Lets so many requests of an address through, and answers 429 beyond: with a page where a person went, as JSON where a program
 * asked. While the database is away nothing is counted: whatever comes next says so.
 */
export function limitOf({ payload, watch }: Pick<Needs, 'payload' | 'watch'>, kind: Limited): RequestHandler {
  return async (req, res, next) => {
    const many = watch.up ? await countRequest(payload, kind, addressBlock(req.ip ?? '')) : null
    if (!many) return next()
    res.setHeader('retry-after', String(many.seconds))
    if (kind !== 'signed-in') return problemPage(res, 'too-many')
    sendRefusal(res, 429, comeBack(many.words, many.seconds))
  }
}
