import { APIError, type PayloadHandler, UnauthorizedError } from 'payload'
import { permissions } from '../../src/access/permissions.ts'

/** Goes with every answer about the jobs: it is old as soon as it is sent. */
export const NO_STORE = { 'cache-control': 'no-store' } as const

/** A handler that active members of staff ask; everybody else is refused before it hears of them. */
export const forStaff =
  (handler: PayloadHandler): PayloadHandler =>
  (req) => {
    if (!req.user) throw new UnauthorizedError(req.t)
    if (!permissions.isStaff({ req })) throw new APIError('The jobs are for active members of staff.', 403)
    return handler(req)
  }
