import type { AccessArgs, Where } from 'payload'
import { identityOf } from './identity.ts'
import { permissions } from './permissions.ts'

/** A row counts only while its vehicle is not in the trash. Made anew each time: Payload writes into the filters that it is given. */
const vehicleIsThere = (): Where => ({ 'vehicle.deletedAt': { exists: false } })

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
    if (permissions.isStaffAdmin(asking)) return true
    return permissions.isStaff(asking) && { id: { equals: asking.req.user?.id } }
  },
  /** An owner's own rows, by `userId`; every owner's for an admin. */
  ownRows: (asking: AccessArgs): boolean | Where => permissions.isAnyAdmin(asking) || own(asking),
  /** As ownRows, of vehicles that are not in the trash. */
  ownRowsOfVehicle: (asking: AccessArgs): boolean | Where => {
    if (permissions.isAnyAdmin(asking)) return vehicleIsThere()
    const mine = own(asking)
    return mine && { and: [mine, vehicleIsThere()] }
  },
  /**
   * Who may put a row into the trash: as ownRows. Out of it for good: an admin. Payload asks with `data.deletedAt` when the row goes to
   * the trash.
   */
  trashOwnRows: (asking: AccessArgs): boolean | Where =>
    isTrashing(asking.data) ? rules.ownRows(asking) : permissions.isAnyAdmin(asking),
  /** An owner's own profile; every one for an admin. */
  ownProfile: (asking: AccessArgs): boolean | Where => {
    if (permissions.isAnyAdmin(asking)) return true
    const identity = identityOf(asking.req)
    return identity.kind === 'owner' && { id: { equals: identity.profile } }
  },
  /** An owner's own rows; every owner's for an admin of the staff. */
  ownRowsOrStaffAdmin: (asking: AccessArgs): boolean | Where => permissions.isStaffAdmin(asking) || own(asking),
  /** Reports that stand, for everybody; an owner's own and, for an admin, all of them whole. */
  reportsThatStand: (asking: AccessArgs): true | Where => {
    if (permissions.isAnyAdmin(asking)) return true
    const standing: Where = { removedAt: { exists: false } }
    const mine = own(asking)
    return mine ? { or: [standing, mine] } : standing
  },
} as const

function own({ req }: AccessArgs): false | Where {
  const identity = identityOf(req)
  return identity.kind === 'owner' && { userId: { equals: identity.subject } }
}

const isTrashing = (data: unknown) =>
  typeof data === 'object' && data !== null && 'deletedAt' in data && data.deletedAt !== null && data.deletedAt !== undefined
