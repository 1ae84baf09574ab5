import type { AuthStrategy, CollectionConfig } from 'payload'
import { postgresOf } from '../database/transaction.ts'
import { OWNER_STRATEGY } from './identity.ts'

/**
 * The port behind which owners' tokens are checked: who a Bearer token speaks for, as the subject of the identity provider; null when
 * it is no token of theirs. It must not throw for a token that is merely wrong.
 */
export type VerifyToken = (token: string) => Promise<{ subject: string } | null>

/** What the product hands in until owners can sign in: no token speaks for anybody. */
export const refuseEveryToken: VerifyToken = () => Promise.resolve(null)

/** The profiles' table with the way owners come in by; every other collection as it is. */
export function withOwnerSignIn(collection: CollectionConfig, verifyToken: VerifyToken): CollectionConfig {
  if (collection.slug !== 'user-profiles' || typeof collection.auth !== 'object') return collection
  return { ...collection, auth: { ...collection.auth, strategies: [ownerStrategy(verifyToken)] } }
}

/** Asked with every request of an owner, so it is prepared once a connection. */
const BY_SUBJECT = `
  select p.id, p.auth0_sub as "auth0Sub", p.email, p.display_name as "displayName",
    exists (select 1 from admin_users a where a.auth0_sub = p.auth0_sub and a.revoked_at is null) as "garageAdmin"
  from user_profiles p where p.auth0_sub = $1 and p.deactivated_at is null`

/** An owner comes in by a Bearer token of the identity provider, never by a cookie, and only with an active profile. */
function ownerStrategy(verifyToken: VerifyToken): AuthStrategy {
  return {
    name: OWNER_STRATEGY,
    authenticate: async ({ headers, payload }) => {
      const token = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1]
      const spoken = token ? await verifyToken(token) : null
      if (!spoken) return { user: null }
      const { pool } = postgresOf(payload)
      const found = await pool.query({ name: 'owner-by-subject', text: BY_SUBJECT, values: [spoken.subject] })
      const profile: unknown = found.rows[0]
      return {
        user: profile ? ({ ...profile, collection: 'user-profiles', _strategy: OWNER_STRATEGY } as never) : null,
      }
    },
  }
}
