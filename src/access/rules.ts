import type { AccessArgs, Where } from 'payload'
import { getIdentity } from './identity.ts'
import { permissions } from './permissions.ts'

/**
 * A row counts only while its vehicle is not in the trash. Made anew each time: Payload writes into
 * the filters that it is given.
 */
const matchUntrashedVehicle = (): Where => ({ 'vehicle.deletedAt': { exists: false } })

/** Which rows the one who asks may touch: all (true), none (false), or those that a Where finds. */
export const rules = {
  /** Cars that anybody may see: available ones. Staff see the whole lot. */
  carsOnShow: (args: AccessArgs): true | Where =>
    permissions.isStaff(args) || { status: { equals: 'available' } },
  /**
   * Photos that anybody may see: those that a car on show shows. A file is always looked up by its
   * row, for staff too: Payload answers a name that is none with a 500 otherwise.
   */
  photosOnShow: (args: AccessArgs): true | Where => {
    if (!permissions.isStaff(args)) return { onShow: { equals: true } }
    return args.isReadingStaticFile ? { id: { exists: true } } : true
  },
  /** Oneself; everybody for an admin. */
  selfOrAdmin: (args: AccessArgs): boolean | Where => {
    if (permissions.isStaffAdmin(args)) return true
    return permissions.isStaff(args) && { id: { equals: args.req.user?.id } }
  },
  /** An owner's own rows, by `userId`; every owner's for an admin. */
  ownRows: (args: AccessArgs): boolean | Where =>
    permissions.isAnyAdmin(args) || matchOwnRows(args),
  /** As ownRows, of vehicles that are not in the trash. */
  ownRowsOfVehicle: (args: AccessArgs): boolean | Where => {
    if (permissions.isAnyAdmin(args)) return matchUntrashedVehicle()
    const ownRows = matchOwnRows(args)
    return ownRows && { and: [ownRows, matchUntrashedVehicle()] }
  },
  /**
   * Who may put a row into the trash: as ownRows. Out of it for good: an admin. Payload asks with
   * `data.deletedAt` when the row goes to the trash.
   */
  trashOwnRows: (args: AccessArgs): boolean | Where =>
    isTrashing(args.data) ? rules.ownRows(args) : permissions.isAnyAdmin(args),
  /** An owner's own profile; every one for an admin. */
  ownProfile: (args: AccessArgs): boolean | Where => {
    if (permissions.isAnyAdmin(args)) return true
    const identity = getIdentity(args.req)
    return identity.kind === 'owner' && { id: { equals: identity.profile } }
  },
  /** An owner's own rows; every owner's for an admin of the staff. */
  ownRowsOrStaffAdmin: (args: AccessArgs): boolean | Where =>
    permissions.isStaffAdmin(args) || matchOwnRows(args),
  /** Reports that stand, for everybody; an owner's own and, for an admin, all of them whole. */
  activeReports: (args: AccessArgs): true | Where => {
    if (permissions.isAnyAdmin(args)) return true
    const active: Where = { removedAt: { exists: false } }
    const ownRows = matchOwnRows(args)
    return ownRows ? { or: [active, ownRows] } : active
  },
} as const

function matchOwnRows({ req }: AccessArgs): false | Where {
  const identity = getIdentity(req)
  return identity.kind === 'owner' && { userId: { equals: identity.subject } }
}

const isTrashing = (data: unknown) =>
  typeof data === 'object' &&
  data !== null &&
  'deletedAt' in data &&
  data.deletedAt !== null &&
  data.deletedAt !== undefined
