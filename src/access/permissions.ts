import type { PayloadRequest } from 'payload'

/** Who asks, as an access function receives it. */
type Asking = { req: Pick<PayloadRequest, 'user'> }

type Role = 'admin' | 'manager' | 'viewer'

/** Yes or no about who asks. A deactivated user is nobody. `rules` says which rows. */
export const permissions = {
  /** Any active member of staff: may look at the lot. */
  isStaff: (asking: Asking) => holds(asking, ['viewer', 'manager', 'admin']),
  /** May put cars on the lot and change them. */
  canManageLot: (asking: Asking) => holds(asking, ['manager', 'admin']),
  /** May know what the dealership paid for a car. */
  canSeeCost: (asking: Asking) => holds(asking, ['manager', 'admin']),
  /** May do everything that anybody may do by hand. */
  isAdmin: (asking: Asking) => holds(asking, ['admin']),
  /** What only hooks, jobs and seeds write. */
  nobody: () => false,
} as const

function holds({ req: { user } }: Asking, roles: readonly Role[]): boolean {
  return user?.collection === 'users' && user.isActive !== false && roles.includes(user.role)
}
