import type { AccessArgs, Where } from 'payload'
import { getIdentity } from './identity.ts'
import { permissions } from './permissions.ts'
import { listSharedVehicles } from './vehicle-access.ts'

/**
 * Matches rows whose vehicle is not in the trash. Creates a new object each time: Payload writes
 * into the filters that it receives.
 */
const matchUntrashedVehicle = (): Where => ({ 'vehicle.deletedAt': { exists: false } })

/** The rows that the caller may access: all (true), none (false), or those that a Where finds. */
export const rules = {
  /** Cars on show for everyone: available ones. Staff see the whole lot. */
  carsOnShow: (args: AccessArgs): true | Where =>
    permissions.isStaff(args) || { status: { equals: 'available' } },
  /**
   * Photos for everyone: those of cars on show. A file is always looked up by its row, for staff
   * too: otherwise Payload responds to an unknown name with a 500.
   */
  photosOnShow: (args: AccessArgs): true | Where => {
    if (!permissions.isStaff(args)) return { onShow: { equals: true } }
    return args.isReadingStaticFile ? { id: { exists: true } } : true
  },
  /** The caller's own row; every row for an admin. */
  selfOrAdmin: (args: AccessArgs): boolean | Where => {
    if (permissions.isStaffAdmin(args)) return true
    return permissions.isStaff(args) && { id: { equals: args.req.user?.id } }
  },
  /** The rows of the caller, by `user`; every row for an admin. */
  rowsOfSelfOrAdmin: (args: AccessArgs): boolean | Where => {
    if (permissions.isStaffAdmin(args)) return true
    return permissions.isStaff(args) && { user: { equals: args.req.user?.id } }
  },
  /** An owner's own rows, by `userId`; every owner's for an admin. */
  ownRows: (args: AccessArgs): boolean | Where =>
    permissions.isAnyAdmin(args) || matchOwnRows(args),
  /** The vehicles that the caller may see: their own, and those shared with them. */
  readVehicles: (args: AccessArgs): boolean | Where => matchVehicles(args),
  /** The vehicles that the caller may change: not those that they only view. */
  writeVehicles: (args: AccessArgs): boolean | Where => matchVehicles(args, 'editor'),
  /** The rows of these vehicles, which are not in the trash. */
  readRowsOfVehicles: (args: AccessArgs): boolean | Where => matchRowsOfVehicles(args),
  writeRowsOfVehicles: (args: AccessArgs): boolean | Where => matchRowsOfVehicles(args, 'editor'),
  /** The same for rows that can be in the trash themselves, where only their owner finds them. */
  readDocuments: (args: AccessArgs): boolean | Where => matchDocuments(args),
  writeDocuments: (args: AccessArgs): boolean | Where => matchDocuments(args, 'editor'),
  /**
   * Who may move a row to the trash: as ownRows. Only admins may delete permanently. Payload passes
   * `data.deletedAt` when a row is moved to the trash.
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
  /** Active reports for everyone; owners also see all of their own, and admins see all reports. */
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

function matchVehicles(args: AccessArgs, role?: 'editor'): boolean | Where {
  if (permissions.isAnyAdmin(args)) return true
  return matchOwnOrShared(args, role, (shared) => matchUntrashed({ id: { in: shared } }))
}

function matchRowsOfVehicles(args: AccessArgs, role?: 'editor'): boolean | Where {
  if (permissions.isAnyAdmin(args)) return matchUntrashedVehicle()
  const rows = matchOwnOrShared(args, role, (shared) => ({ vehicle: { in: shared } }))
  return rows && { and: [rows, matchUntrashedVehicle()] }
}

function matchDocuments(args: AccessArgs, role?: 'editor'): boolean | Where {
  if (permissions.isAnyAdmin(args)) return true
  return matchOwnOrShared(args, role, (shared) => matchUntrashed({ vehicle: { in: shared } }))
}

const matchUntrashed = (where: Where): Where => ({
  and: [where, { deletedAt: { exists: false } }],
})

/** The rows of the calling owner, and those that `matchShared` finds for the shared vehicles. */
function matchOwnOrShared(
  args: AccessArgs,
  role: 'editor' | undefined,
  matchShared: (vehicles: string[]) => Where,
): false | Where {
  const ownRows = matchOwnRows(args)
  const vehicles = listSharedVehicles(args.req, role).map(({ vehicle }) => vehicle)
  return ownRows && vehicles.length > 0 ? { or: [ownRows, matchShared(vehicles)] } : ownRows
}

const isTrashing = (data: unknown) =>
  typeof data === 'object' &&
  data !== null &&
  'deletedAt' in data &&
  data.deletedAt !== null &&
  data.deletedAt !== undefined
