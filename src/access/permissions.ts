import { type Caller, getIdentity, type StaffRole } from './identity.ts'

/** The caller, as an access function receives it. */
type AccessContext = { req: Caller }

/** Whether the caller may do something. A deactivated user is anonymous. For rows, see `rules`. */
export const permissions = {
  /** Everyone, signed in or not. */
  everyone: () => true,
  /** Active staff members of any role: may view the lot. */
  isStaff: (context: AccessContext) => hasStaffRole(context, ['viewer', 'manager', 'admin']),
  /** May add cars to the lot and change them. */
  canManageLot: (context: AccessContext) => hasStaffRole(context, ['manager', 'admin']),
  /** May see what the dealership paid for a car. */
  canSeeCost: (context: AccessContext) => hasStaffRole(context, ['manager', 'admin']),
  /** May edit the mail templates. */
  canEditTemplates: (context: AccessContext) => hasStaffRole(context, ['manager', 'admin']),
  /** May do everything that staff can do by hand. */
  isStaffAdmin: (context: AccessContext) => hasStaffRole(context, ['admin']),
  /** An active owner of the garage, admin or not. */
  isOwner: ({ req }: AccessContext) => getIdentity(req).kind === 'owner',
  /** An owner who is a garage admin. Over the API only. */
  isGarageAdmin: ({ req }: AccessContext) => isGarageAdmin(req),
  /** A staff admin or a garage admin: may manage the rows of every owner. */
  isAnyAdmin: (context: AccessContext) =>
    hasStaffRole(context, ['admin']) || isGarageAdmin(context.req),
  /** May have vehicles: an owner for themselves, an admin for any owner. */
  isOwnerOrAdmin: (context: AccessContext) =>
    getIdentity(context.req).kind === 'owner' || hasStaffRole(context, ['admin']),
  /** For data that only hooks, jobs and seeds write. */
  nobody: () => false,
} as const

function hasStaffRole({ req }: AccessContext, roles: readonly StaffRole[]): boolean {
  const identity = getIdentity(req)
  return identity.kind === 'staff' && roles.includes(identity.role)
}

function isGarageAdmin(req: Caller): boolean {
  const identity = getIdentity(req)
  return identity.kind === 'owner' && identity.garageAdmin
}
