import { generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import supertest from 'supertest'
import type { VerifyToken } from '../../src/auth/owners/owner-tokens.ts'
import type { Application } from '../../src/server/application.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import type { Api } from './api.ts'

/**
 * A token service of a test's own: a key pair, tokens that it signs (JWS, EdDSA), and the port that
 * checks them. A token expires in an hour, or at a moment in seconds since 1970.
 */
export type TokenService = {
  tokenFor: (subject: string, expiresAt?: number) => string
  verifyToken: VerifyToken
}

/** Makes a token service with a new key. What it signs is worth nothing to any other. */
export function openTokenService(): TokenService {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const tokenFor: TokenService['tokenFor'] = (
    subject,
    exp = Math.floor(Date.now() / 1000) + 3600,
  ) => {
    const unsigned = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part({ sub: subject, exp })}`
    return `${unsigned}.${sign(null, Buffer.from(unsigned), privateKey).toString('base64url')}`
  }
  const verifyToken: VerifyToken = (token) => {
    const [head = '', body = '', signature = ''] = token.split('.')
    const held = verify(
      null,
      Buffer.from(`${head}.${body}`),
      publicKey,
      Buffer.from(signature, 'base64url'),
    )
    if (!held) return Promise.resolve(null)
    const { sub, exp } = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
      sub: string
      exp: number
    }
    return Promise.resolve(exp * 1000 > Date.now() ? { subject: sub } : null)
  }
  return { tokenFor, verifyToken }
}

/** An owner of the garage, and the API as they ask it. */
export type Owner = { subject: string; profile: string; email: string; token: string; api: Api }

type Kind = 'owner' | 'garage admin'

/** Saves an owner, who may be an admin of the garage, and asks as them by Bearer token. */
export async function saveOwner(
  { app, payload }: Application,
  tokens: TokenService,
  kind: Kind = 'owner',
): Promise<Owner> {
  const subject = `auth0|${randomUUID()}`
  const email = `owner-${randomUUID()}@forecourt.example`
  const data = {
    auth0Sub: subject,
    email,
    displayName: 'An owner',
    subscriptionTier: 'free' as const,
  }
  const profile = await payload.create({ collection: 'user-profiles', data, overrideAccess: true })
  if (kind === 'garage admin') await makeGarageAdmin(payload, subject, email)
  const token = tokens.tokenFor(subject)
  return {
    subject,
    profile: profile.id,
    email,
    token,
    api: supertest.agent(app).set('Authorization', `Bearer ${token}`),
  }
}

/** Makes an owner an admin of the garage. */
export async function makeGarageAdmin(
  payload: Payload,
  subject: string,
  email: string,
): Promise<void> {
  const { drizzle } = getPostgresAdapter(payload)
  await drizzle.execute(
    sql`insert into admin_users (auth0_sub, email, role, created_by)
      values (${subject}, ${email}, 'admin', 'a test')`,
  )
}
