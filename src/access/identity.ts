import type { PayloadRequest } from 'payload'
import { parseSharedVehicles, type SharedVehicle } from '../domain/shared-vehicle.ts'

export type StaffRole = 'admin' | 'manager' | 'viewer'

/**
 * The caller: anonymous; an active staff member; or an active owner, whom the identity provider
 * knows as `subject` and who may also be a garage admin.
 */
export type Identity =
  | { kind: 'nobody' }
  | {
      kind: 'staff'
      id: string
      role: StaffRole
    }
  | ({ kind: 'owner' } & Pick<Account, 'profile' | 'subject' | 'garageAdmin' | 'sharedVehicles'>)

/**
 * The name of the only strategy that authenticates owners. An owner who was authenticated in
 * another way is treated as anonymous.
 */
export const OWNER_STRATEGY = 'owner-token'

/** The part of a request that identifies the caller; see `Identity`. */
export type Caller = { user: PayloadRequest['user'] }

/**
 * The identity of the caller, from the user that Payload's strategies found. An owner who has not
 * agreed to the terms is still anonymous.
 */
export function getIdentity({ user }: Caller): Identity {
  if (user?.collection === 'users')
    return user.isActive === false
      ? { kind: 'nobody' }
      : { kind: 'staff', id: user.id, role: user.role }
  const account = findAccount({ user })
  if (!account || account.awaitsTerms) return { kind: 'nobody' }
  const { profile, subject, garageAdmin, sharedVehicles } = account
  return { kind: 'owner', profile, subject, garageAdmin, sharedVehicles }
}

/**
 * The account of the calling owner, the vehicles of others that are shared with it, and the terms
 * that they agreed to.
 */
export type Account = {
  profile: string
  subject: string
  garageAdmin: boolean
  sharedVehicles: readonly SharedVehicle[]
  awaitsTerms: boolean
  termsVersion: string | null
}

/**
 * The active owner who sent the request, whether or not they agreed to the terms: for endpoints
 * that an account needs before that. Null for everyone else. For owners' data, use `getIdentity`.
 */
export function findAccount({ user }: Caller): Account | null {
  const byToken = user && '_strategy' in user && user._strategy === OWNER_STRATEGY
  if (user?.collection !== 'user-profiles' || !byToken || user.deactivatedAt) return null
  return {
    profile: user.id,
    subject: user.auth0Sub,
    garageAdmin: 'garageAdmin' in user && user.garageAdmin === true,
    sharedVehicles: 'sharedVehicles' in user ? parseSharedVehicles(user.sharedVehicles) : [],
    awaitsTerms: 'awaitsTerms' in user && user.awaitsTerms === true,
    termsVersion:
      'termsVersion' in user && typeof user.termsVersion === 'string' ? user.termsVersion : null,
  }
}
