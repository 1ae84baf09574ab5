import type { PayloadRequest } from 'payload'

export type StaffRole = 'admin' | 'manager' | 'viewer'

/**
 * Who asks: nobody; an active member of staff; or an active owner, whom the identity provider knows as `subject` and who may be an
 * admin of the garage too.
 */
export type Identity =
  | { kind: 'nobody' }
  | { kind: 'staff'; id: string; role: StaffRole }
  | { kind: 'owner'; profile: string; subject: string; garageAdmin: boolean }

/** The name of the one strategy that owners come in by. A user of theirs that came another way is nobody. */
export const OWNER_STRATEGY = 'owner-token'

/** What a request says about who asks; see `Identity`. */
export type Asked = { user: PayloadRequest['user'] }

/** Who asks, from the user that Payload's strategies found. */
export function identityOf({ user }: Asked): Identity {
  if (user?.collection === 'users')
    return user.isActive === false ? { kind: 'nobody' } : { kind: 'staff', id: user.id, role: user.role }
  const byToken = user && '_strategy' in user && user._strategy === OWNER_STRATEGY
  if (user?.collection !== 'user-profiles' || !byToken || user.deactivatedAt) return { kind: 'nobody' }
  const garageAdmin = 'garageAdmin' in user && user.garageAdmin === true
  return { kind: 'owner', profile: user.id, subject: user.auth0Sub, garageAdmin }
}
