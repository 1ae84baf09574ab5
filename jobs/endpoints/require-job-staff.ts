import type { PayloadHandler } from 'payload'
import { withStaffCheck } from '../../src/access/staff-check.ts'

/** A handler about the jobs, for active members of staff. */
export const requireJobStaff = (handler: PayloadHandler) =>
  withStaffCheck({ staff: 'Only active staff members can access jobs.' }, handler)
