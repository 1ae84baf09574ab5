import type { AuthStrategy, CollectionConfig, Payload } from 'payload'
import { postgresOf } from '../database/transaction.ts'
import { firstVisit, takeNamedEmail } from './first-visit.ts'
import { OWNER_STRATEGY } from './identity.ts'
import { bearerOf, type Spoken, type VerifyToken } from './owner-tokens.ts'

/** How owners come in: who checks their tokens, and the version of the terms that they agree to; null where they agree to nothing. */
export type OwnerSignIn = { verifyToken: VerifyToken; termsVersion: string | null }

/** Tells an owner whose agreement is to older terms which ones hold now. */
const TERMS_HEADER = 'x-terms-outdated'

/** The profiles' table with the way owners come in by; every other collection as it is. */
export function withOwnerSignIn(collection: CollectionConfig, signIn: OwnerSignIn): CollectionConfig {
  if (collection.slug !== 'user-profiles' || typeof collection.auth !== 'object') return collection
  return { ...collection, auth: { ...collection.auth, strategies: [ownerStrategy(signIn)] } }
}

/** Asked with every request of an owner, so it is prepared once a connection. */
const BY_SUBJECT = `
  select p.id, p.auth0_sub as "auth0Sub", p.email, p.display_name as "displayName", coalesce(p.email_verified, false) as "emailVerified",
    p.updated_at as "updatedAt", p.deactivated_at is not null as deactivated,
    exists (select from admin_users a where a.auth0_sub = p.auth0_sub and a.revoked_at is null) as "garageAdmin",
    exists (select from purged_owners g where g.subject_hash = encode(sha256(convert_to(p.auth0_sub, 'UTF8')), 'hex')) as purged,
    (select t.terms_version from terms_agreements t where t.user_id = p.auth0_sub) as "termsVersion"
  from user_profiles p where p.auth0_sub = $1`

type Found = {
  email: string
  emailVerified: boolean
  updatedAt: Date
  deactivated: boolean
  purged: boolean
  termsVersion: string | null
} & Record<'id' | 'auth0Sub', string>

/**
 * An owner comes in by a Bearer token of the identity provider, never by a cookie, and only with an active profile, which their first
 * token makes. Who has not agreed to the terms is known, but may not do yet what owners may.
 */
function ownerStrategy({ verifyToken, termsVersion }: OwnerSignIn): AuthStrategy {
  return {
    name: OWNER_STRATEGY,
    authenticate: async ({ headers, payload }) => {
      const token = bearerOf(headers)
      const spoken = token ? await verifyToken(token) : null
      const found = spoken && ((await profileOf(payload, spoken)) ?? (await afterFirstVisit(payload, spoken)))
      if (!found || found.deactivated || found.purged) return { user: null }
      const {
        deactivated: _,
        purged: _p,
        ...profile
      } = (await takeNamedEmail(payload, spoken, found)) ? { ...found, ...spoken.named } : found
      const awaitsTerms = termsVersion !== null && found.termsVersion === null
      const outdated = termsVersion !== null && !awaitsTerms && found.termsVersion !== termsVersion
      return {
        user: { ...profile, awaitsTerms, collection: 'user-profiles', _strategy: OWNER_STRATEGY } as never,
        ...(outdated && { responseHeaders: new Headers({ [TERMS_HEADER]: termsVersion }) }),
      }
    },
  }
}

async function profileOf(payload: Payload, { subject }: Spoken): Promise<Found | null> {
  const { pool } = postgresOf(payload)
  const { rows } = await pool.query<Found>({ name: 'owner-by-subject', text: BY_SUBJECT, values: [subject] })
  return rows[0] ?? null
}

async function afterFirstVisit(payload: Payload, spoken: Spoken): Promise<Found | null> {
  return (await firstVisit(payload, spoken)) ? profileOf(payload, spoken) : null
}
