import { APIError, type PayloadHandler, UnauthorizedError } from 'payload'
import { permissions } from './permissions.ts'

/** Goes with every answer to staff: it is old as soon as it is sent. */
export const NO_STORE = { 'cache-control': 'no-store' } as const

/**
 * What whoever may not ask is told: who is no active member of staff, and where managers alone may,
 * who is none of them.
 */
export type StaffRefusals = { staff: string; managers?: string }

/**
 * A handler that active members of staff ask, or those of them who manage the lot. Others are
 * refused before they hear of anything.
 */
export const withStaffCheck =
  ({ staff, managers }: StaffRefusals, handler: PayloadHandler): PayloadHandler =>
  (req) => {
    if (!req.user) throw new UnauthorizedError(req.t)
    if (!permissions.isStaff({ req })) throw new APIError(staff, 403)
    if (managers !== undefined && !permissions.canManageLot({ req }))
      throw new APIError(managers, 403)
    return handler(req)
  }
