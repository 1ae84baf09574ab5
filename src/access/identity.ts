import type { PayloadRequest } from 'payload'

export type StaffRole = 'admin' | 'manager' | 'viewer'

/**
 * Who asks: nobody; an active member of staff; or an active owner, whom the identity provider knows
 * as `subject` and who may be an admin of the garage too.
 */
export type Identity =
  | { kind: 'nobody' }
  | { kind: 'staff'; id: string; role: StaffRole }
  | { kind: 'owner'; profile: string; subject: string; garageAdmin: boolean }

/**
 * The name of the one strategy that owners come in by. A user of theirs that came another way is
 * nobody.
 */
export const OWNER_STRATEGY = 'owner-token'

/** What a request says about who asks; see `Identity`. */
export type Caller = { user: PayloadRequest['user'] }

/**
 * Who asks, from the user that Payload's strategies found. An owner who has not agreed to the terms
 * is nobody yet.
 */
export function getIdentity({ user }: Caller): Identity {
  if (user?.collection === 'users')
    return user.isActive === false
      ? { kind: 'nobody' }
      : { kind: 'staff', id: user.id, role: user.role }
  const account = findAccount({ user })
  if (!account || account.awaitsTerms) return { kind: 'nobody' }
  const { profile, subject, garageAdmin } = account
  return { kind: 'owner', profile, subject, garageAdmin }
}

/** The account of an owner who asks, and what they agreed to. */
export type Account = {
  profile: string
  subject: string
  garageAdmin: boolean
  awaitsTerms: boolean
  termsVersion: string | null
}

/**
 * The active owner who asks, whether they agreed to the terms or not: for what an account needs
 * before it and beside it. Null for everybody else. What owners keep is asked for by `identityOf`.
 */
export function findAccount({ user }: Caller): Account | null {
  const byToken = user && '_strategy' in user && user._strategy === OWNER_STRATEGY
  if (user?.collection !== 'user-profiles' || !byToken || user.deactivatedAt) return null
  return {
    profile: user.id,
    subject: user.auth0Sub,
    garageAdmin: 'garageAdmin' in user && user.garageAdmin === true,
    awaitsTerms: 'awaitsTerms' in user && user.awaitsTerms === true,
    termsVersion:
      'termsVersion' in user && typeof user.termsVersion === 'string' ? user.termsVersion : null,
  }
}
