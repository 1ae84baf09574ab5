import type { PayloadHandler } from 'payload'
import { withStaffCheck } from '../../src/access/staff-check.ts'

/** Restricts a jobs handler to active staff members. */
export const requireJobStaff = (handler: PayloadHandler) =>
  withStaffCheck({ staff: 'Only active staff members can access jobs.' }, handler)
