import type { AccessArgs, Where } from 'payload'
import { permissions } from './permissions.ts'

/** Which rows the one who asks may touch: all (true), none (false), or those that a Where finds. */
export const rules = {
  /** Cars that anybody may see: available ones. Staff see the whole lot. */
  carsOnShow: (asking: AccessArgs): true | Where => permissions.isStaff(asking) || { status: { equals: 'available' } },
  /**
   * Photos that anybody may see: those that a car on show shows. A file is always looked up by its row, for staff too: Payload answers
   * a name that is none with a 500 otherwise.
   */
  photosOnShow: (asking: AccessArgs): true | Where => {
    if (!permissions.isStaff(asking)) return { onShow: { equals: true } }
    return asking.isReadingStaticFile ? { id: { exists: true } } : true
  },
  /** Oneself; everybody for an admin. */
  selfOrAdmin: (asking: AccessArgs): boolean | Where => {
    if (permissions.isAdmin(asking)) return true
    return permissions.isStaff(asking) && { id: { equals: asking.req.user?.id } }
  },
} as const
