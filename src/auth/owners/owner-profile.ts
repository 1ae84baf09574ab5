import type { Payload } from 'payload'
import { getPostgresAdapter } from '../../database/transaction.ts'
import type { VerifiedToken } from './owner-tokens.ts'

/**
 * One statement, so that a profile is created with its preferences or not at all; the second of two
 * concurrent requests finds it.
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
 * Creates the profile and preferences of a new owner from the identity provider's data. Returns
 * whether a profile may exist now: false if the provider has no e-mail address. Purged owners are
 * not created again. Throws ProviderUnavailable.
 */
export async function createOwnerProfile(
  payload: Payload,
  { subject, fetchFacts }: VerifiedToken,
): Promise<boolean> {
  if (!fetchFacts) return false
  const ownerFacts = await fetchFacts()
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

type StoredEmail = {
  email: string
  emailVerified: boolean
  updatedAt: Date
}

/**
 * Copies the address in a token to the profile if it differs: it was changed at the provider.
 * Ignores a token that was issued before the profile last changed. Returns whether the address was
 * updated.
 */
export async function updateNamedEmail(
  payload: Payload,
  { subject, namedEmail, issuedAt = 0 }: VerifiedToken,
  stored: StoredEmail,
): Promise<boolean> {
  if (
    !namedEmail ||
    (namedEmail.email === stored.email && namedEmail.emailVerified === stored.emailVerified)
  )
    return false
  if (issuedAt <= stored.updatedAt.getTime()) return false
  const { rowCount } = await getPostgresAdapter(payload).pool.query(
    'update user_profiles set email = $2, email_verified = $3 where auth0_sub = $1 and ' +
      'updated_at < $4',
    [subject, namedEmail.email, namedEmail.emailVerified, new Date(issuedAt)],
  )
  return rowCount === 1
}
