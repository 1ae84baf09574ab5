import { randomBytes } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { getPostgresAdapter, getTransaction } from '../../database/transaction.ts'
import {
  type Claims,
  normalizeIssuer,
  buildProfile,
  getVerifiedEmail,
  resolveSignIn,
} from '../../domain/sign-in.ts'
import type { SignInProblem } from '../../domain/sign-in-problem.ts'
import type { SignInProvider } from '../../domain/sign-in-provider.ts'

/** A person in a callback from a provider, from a verified token. */
export type OidcCallback = {
  provider: SignInProvider
  claims: Claims
  allowedDomains: readonly string[]
}

type UserRow = {
  id: string
  email: string
  provider: string
  subject: string
  issuer: string | null
  isActive: boolean
}

/**
 * The account for a callback, claimed or created if necessary, in the transaction of `req`. The row
 * is locked from here on: of two people who claim an invitation at once only one succeeds, and a
 * concurrent deactivation is awaited.
 */
export async function resolveAccount(
  req: PayloadRequest,
  callback: OidcCallback,
): Promise<{ account: string } | { problem: SignInProblem }> {
  const { provider, claims, allowedDomains } = callback
  const email = getVerifiedEmail(provider, claims)
  const rows = await lockUserRows(req, provider.id, claims.sub, email)
  const bySubject =
    rows.find((row) => row.provider === provider.id && row.subject === claims.sub) ?? null
  const byEmail = rows.find((row) => row.email.toLowerCase() === email) ?? null
  const issuer = normalizeIssuer(provider)
  const decision = resolveSignIn({
    from: { provider: provider.id, issuer },
    email,
    bySubject,
    byEmail,
    allowedDomains,
  })
  if (decision.kind === 'refused') return { problem: decision.problem }
  if (decision.kind === 'join')
    return { account: await createViewer(req, callback, decision.email) }
  const { db, tables } = getTransaction(req)
  if (decision.kind === 'claim')
    await db.execute(sql`
      update ${tables['users']} set oauth_provider = ${provider.id}, oauth_id = ${claims.sub},
        oauth_issuer = ${issuer}
      where id = ${decision.account}`)
  const { avatarUrl } = buildProfile(claims, email ?? '')
  if (avatarUrl)
    await db.execute(
      sql`update ${tables['users']} set avatar_url = ${avatarUrl} where id = ${decision.account}`,
    )
  return { account: decision.account }
}

async function lockUserRows(
  req: PayloadRequest,
  provider: string,
  subject: string,
  email: string | null,
): Promise<UserRow[]> {
  const { db, tables } = getTransaction(req)
  const found = await db.execute(sql`
    select id, email, oauth_provider as provider, oauth_id as subject, oauth_issuer as issuer,
      is_active is not false as "isActive" from ${tables['users']}
    where (oauth_provider = ${provider} and oauth_id = ${subject}) or lower(email) = ${email}
      order by id for no key update`)
  return found.rows as UserRow[]
}

/** A new viewer with an unknown random password. */
async function createViewer(
  req: PayloadRequest,
  { provider, claims }: OidcCallback,
  email: string,
): Promise<string> {
  const { name, avatarUrl } = buildProfile(claims, email)
  const password = randomBytes(32).toString('base64url')
  const data = {
    email,
    name,
    password,
    role: 'viewer',
    isActive: true,
    oauthProvider: provider.id,
    oauthId: claims.sub,
    oauthIssuer: normalizeIssuer(provider),
    avatarUrl,
  }
  return (
    await req.payload.create({
      collection: 'users',
      data: data as never,
      depth: 0,
      overrideAccess: true,
      req,
    })
  ).id
}

/**
 * Sets the issuer of accounts that were linked before issuers were stored: the current issuer of
 * their provider. Runs at each start; an existing issuer is never changed.
 */
export async function backfillIssuers(
  payload: Payload,
  providers: readonly SignInProvider[],
): Promise<void> {
  const { pool } = getPostgresAdapter(payload)
  for (const provider of providers)
    await pool.query(
      'update users set oauth_issuer = $1 where oauth_provider = $2 and oauth_issuer is null',
      [normalizeIssuer(provider), provider.id],
    )
}
