import type { RequestHandler } from 'express'
import { sendRefusal } from '../api/errors/refusal.ts'

/**
 * Refuses a request to GraphQL with an `Idempotency-Key` (400), because one document may hold
 * several mutations with a transaction each.
 */
export function refuseIdempotencyKey(): RequestHandler {
  return (req, res, next) => {
    if (req.headers['idempotency-key'] === undefined) return next()
    const message =
      'GraphQL does not support Idempotency-Key. Leave the header out, or make the change ' +
      'with POST over REST.'
    sendRefusal(res, 400, message)
  }
}
