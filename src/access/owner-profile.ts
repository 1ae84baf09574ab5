import type { Payload } from 'payload'
import { getPostgresAdapter } from '../database/transaction.ts'
import type { VerifiedToken } from './owner-tokens.ts'

/**
 * One statement, so that there is a profile with its preferences or neither; the second of two at
 * once finds it made.
 */
const INSERT_PROFILE_SQL = `
  with made as (
    insert into user_profiles (auth0_sub, email, email_verified)
    select $1::varchar, $2::varchar, $3::boolean
    where not exists (select from purged_owners where subject_hash =
      encode(sha256(convert_to($1::text, 'UTF8')), 'hex'))
    on conflict (auth0_sub) do nothing returning auth0_sub)
  insert into user_preferences (user_id, unit_system, currency_code, time_zone)
  select auth0_sub, $4, $5, $6 from made on conflict (user_id) do nothing`

/**
 * Makes profile and preferences of an owner who was never here, from what the identity provider
 * says. Answers whether there may be a profile now: not where the provider says no e-mail address.
 * Who was purged does not come back. Throws ProviderAway.
 */
export async function createOwnerProfile(
  payload: Payload,
  { subject, fetchFacts: facts }: VerifiedToken,
): Promise<boolean> {
  if (!facts) return false
  const ownerFacts = await facts()
  if (!ownerFacts) {
    payload.logger.warn(
      'An owner was turned away: the identity provider reported no e-mail address for them. ' +
        'See OWNERS_EMAIL_CLAIM.',
    )
    return false
  }
  const { email, emailVerified, preferences } = ownerFacts
  const { unitSystem, currencyCode, timeZone } = preferences
  await getPostgresAdapter(payload).pool.query(INSERT_PROFILE_SQL, [
    subject,
    email,
    emailVerified,
    unitSystem,
    currencyCode,
    timeZone,
  ])
  return true
}

type StoredEmail = { email: string; emailVerified: boolean; updatedAt: Date }

/**
 * Takes over the address that a token names where the profile has another: it was changed at the
 * provider. A token that was issued before the profile last changed says nothing new. Answers
 * whether it was taken.
 */
export async function updateNamedEmail(
  payload: Payload,
  { subject, namedEmail: named, issuedAt = 0 }: VerifiedToken,
  stored: StoredEmail,
): Promise<boolean> {
  if (!named || (named.email === stored.email && named.emailVerified === stored.emailVerified))
    return false
  if (issuedAt <= stored.updatedAt.getTime()) return false
  const { rowCount } = await getPostgresAdapter(payload).pool.query(
    'update user_profiles set email = $2, email_verified = $3 where auth0_sub = $1 and ' +
      'updated_at < $4',
    [subject, named.email, named.emailVerified, new Date(issuedAt)],
  )
  return rowCount === 1
}
