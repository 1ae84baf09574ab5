import { type Asked, identityOf, type StaffRole } from './identity.ts'

/** Who asks, as an access function receives it. */
type Asking = { req: Asked }

/** Yes or no about who asks. A deactivated user is nobody. `rules` says which rows. */
export const permissions = {
  /** Anybody at all, signed in or not. */
  everyone: () => true,
  /** Any active member of staff: may look at the lot. */
  isStaff: (asking: Asking) => isStaffOf(asking, ['viewer', 'manager', 'admin']),
  /** May put cars on the lot and change them. */
  canManageLot: (asking: Asking) => isStaffOf(asking, ['manager', 'admin']),
  /** May know what the dealership paid for a car. */
  canSeeCost: (asking: Asking) => isStaffOf(asking, ['manager', 'admin']),
  /** May change what the mails say: the editor. */
  canEditTemplates: (asking: Asking) => isStaffOf(asking, ['manager', 'admin']),
  /** May do everything that a member of staff may do by hand. */
  isStaffAdmin: (asking: Asking) => isStaffOf(asking, ['admin']),
  /** An active owner of the garage, admin or not. */
  isOwner: ({ req }: Asking) => identityOf(req).kind === 'owner',
  /** An owner who is an admin of the garage. Over the API alone. */
  isGarageAdmin: ({ req }: Asking) => isGarageAdmin(req),
  /** An admin of the staff or of the garage: may look after the rows of every owner. */
  isAnyAdmin: (asking: Asking) => isStaffOf(asking, ['admin']) || isGarageAdmin(asking.req),
  /** May keep vehicles: an owner for themselves, an admin for anyone. */
  isOwnerOrAdmin: (asking: Asking) => identityOf(asking.req).kind === 'owner' || isStaffOf(asking, ['admin']),
  /** What only hooks, jobs and seeds write. */
  nobody: () => false,
} as const

function isStaffOf({ req }: Asking, roles: readonly StaffRole[]): boolean {
  const identity = identityOf(req)
  return identity.kind === 'staff' && roles.includes(identity.role)
}

function isGarageAdmin(req: Asked): boolean {
  const identity = identityOf(req)
  return identity.kind === 'owner' && identity.garageAdmin
}
