import { APIError, type PayloadHandler, UnauthorizedError } from 'payload'
import { permissions } from './permissions.ts'

/** The header for every response to staff, which must not be cached. */
export const NO_STORE = { 'cache-control': 'no-store' } as const

/**
 * The messages for callers who are not active staff and, for manager-only endpoints, for those who
 * are not managers.
 */
export type StaffRefusals = { staff: string; managers?: string }

/**
 * A handler for active staff, or for those who manage the lot. Other callers are refused before
 * anything else.
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
