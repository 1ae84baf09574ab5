import type { PayloadHandler } from 'payload'
import { staffOnly } from '../../src/access/for-staff.ts'

/** A handler about the jobs, for active members of staff. */
export const forStaff = (handler: PayloadHandler) => staffOnly({ staff: 'The jobs are for active members of staff.' }, handler)
