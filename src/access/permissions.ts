import { type Caller, getIdentity, type StaffRole } from './identity.ts'

/** Who asks, as an access function receives it. */
type AccessContext = { req: Caller }

/** Yes or no about who asks. A deactivated user is nobody. `rules` says which rows. */
export const permissions = {
  /** Anybody at all, signed in or not. */
  everyone: () => true,
  /** Any active member of staff: may look at the lot. */
  isStaff: (context: AccessContext) => hasStaffRole(context, ['viewer', 'manager', 'admin']),
  /** May put cars on the lot and change them. */
  canManageLot: (context: AccessContext) => hasStaffRole(context, ['manager', 'admin']),
  /** May know what the dealership paid for a car. */
  canSeeCost: (context: AccessContext) => hasStaffRole(context, ['manager', 'admin']),
  /** May change what the mails say: the editor. */
  canEditTemplates: (context: AccessContext) => hasStaffRole(context, ['manager', 'admin']),
  /** May do everything that a member of staff may do by hand. */
  isStaffAdmin: (context: AccessContext) => hasStaffRole(context, ['admin']),
  /** An active owner of the garage, admin or not. */
  isOwner: ({ req }: AccessContext) => getIdentity(req).kind === 'owner',
  /** An owner who is an admin of the garage. Over the API alone. */
  isGarageAdmin: ({ req }: AccessContext) => isGarageAdmin(req),
  /** An admin of the staff or of the garage: may look after the rows of every owner. */
  isAnyAdmin: (context: AccessContext) =>
    hasStaffRole(context, ['admin']) || isGarageAdmin(context.req),
  /** May keep vehicles: an owner for themselves, an admin for anyone. */
  isOwnerOrAdmin: (context: AccessContext) =>
    getIdentity(context.req).kind === 'owner' || hasStaffRole(context, ['admin']),
  /** What only hooks, jobs and seeds write. */
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
