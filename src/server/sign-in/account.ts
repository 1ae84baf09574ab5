import { randomBytes } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { postgresOf, transactionOf } from '../../database/transaction.ts'
import { type Claims, issuerOf, profileOf, verifiedEmail, welcome } from '../../domain/sign-in.ts'
import type { SignInProblem } from '../../domain/sign-in-problem.ts'
import type { SignInProvider } from '../../domain/sign-in-provider.ts'

/** Somebody who came back from a provider, in a token that was checked. */
export type Arrival = { provider: SignInProvider; claims: Claims; allowedDomains: readonly string[] }

type Row = { id: string; email: string; provider: string; subject: string; issuer: string | null; isActive: boolean }

/**
 * The account that somebody who came back signs in to, claimed or made where that is due, in the transaction of `req`. The row is locked
 * from here on: of two who claim an invitation at once one does, and a deactivation under way is waited for.
 */
export async function accountOf(
  req: PayloadRequest,
  arrival: Arrival,
): Promise<{ account: string } | { problem: SignInProblem }> {
  const { provider, claims, allowedDomains } = arrival
  const email = verifiedEmail(provider, claims)
  const rows = await lockedRows(req, provider.id, claims.sub, email)
  const bySubject = rows.find((row) => row.provider === provider.id && row.subject === claims.sub) ?? null
  const byEmail = rows.find((row) => row.email.toLowerCase() === email) ?? null
  const issuer = issuerOf(provider)
  const welcomed = welcome({ from: { provider: provider.id, issuer }, email, bySubject, byEmail, allowedDomains })
  if (welcomed.kind === 'refused') return { problem: welcomed.problem }
  if (welcomed.kind === 'join') return { account: await join(req, arrival, welcomed.email) }
  const { db, tables } = transactionOf(req)
  if (welcomed.kind === 'claim')
    await db.execute(sql`
      update ${tables['users']} set oauth_provider = ${provider.id}, oauth_id = ${claims.sub}, oauth_issuer = ${issuer}
      where id = ${welcomed.account}`)
  const { avatarUrl } = profileOf(claims, email ?? '')
  if (avatarUrl) await db.execute(sql`update ${tables['users']} set avatar_url = ${avatarUrl} where id = ${welcomed.account}`)
  return { account: welcomed.account }
}

async function lockedRows(req: PayloadRequest, provider: string, subject: string, email: string | null): Promise<Row[]> {
  const { db, tables } = transactionOf(req)
  const found = await db.execute(sql`
    select id, email, oauth_provider as provider, oauth_id as subject, oauth_issuer as issuer,
      is_active is not false as "isActive" from ${tables['users']}
    where (oauth_provider = ${provider} and oauth_id = ${subject}) or lower(email) = ${email} order by id for no key update`)
  return found.rows as Row[]
}

/** A new viewer, whose password nobody knows. */
async function join(req: PayloadRequest, { provider, claims }: Arrival, email: string): Promise<string> {
  const { name, avatarUrl } = profileOf(claims, email)
  const password = randomBytes(32).toString('base64url')
  const data = {
    email,
    name,
    password,
    role: 'viewer',
    isActive: true,
    oauthProvider: provider.id,
    oauthId: claims.sub,
    oauthIssuer: issuerOf(provider),
    avatarUrl,
  }
  return (await req.payload.create({ collection: 'users', data: data as never, depth: 0, overrideAccess: true, req })).id
}

/**
 * Says whose word linked the accounts that were linked before that was kept: the issuer that their provider's name stands for now. Done at
 * each start; once an account says whose, it is never said anew.
 */
export async function nameIssuers(payload: Payload, providers: readonly SignInProvider[]): Promise<void> {
  const { pool } = postgresOf(payload)
  for (const provider of providers)
    await pool.query('update users set oauth_issuer = $1 where oauth_provider = $2 and oauth_issuer is null', [
      issuerOf(provider),
      provider.id,
    ])
}
