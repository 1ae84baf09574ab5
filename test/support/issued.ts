import { randomUUID } from 'node:crypto'
import type { Plugin } from 'payload'
import supertest from 'supertest'
import { createConfiguredVerifier } from '../../src/auth/owners/tokens/verify.ts'
import type { Api } from './api.ts'
import { openForecourt, type TestForecourt } from './forecourt.ts'
import { AUDIENCE, OwnerIssuer, type TokenOptions } from './owner-issuer.ts'
import { testSettings } from './settings.ts'

/** An owner as a real issuer knows them. */
export type Issued = { subject: string; email: string; token: string; api: Api }

/**
 * A Forecourt whose owners come from a real issuer on loopback, with their e-mail address in a
 * claim.
 */
export type IssuedForecourt = TestForecourt & {
  issuer: OwnerIssuer
  /** Asks as a new owner who was never there; with the claims that are said. */
  signInOwner: (unusual?: TokenOptions, subject?: string) => Promise<Issued>
}

const CLAIM = 'https://forecourt/email'

/** The settings of terms, as a test asks owners to agree to them. */
export const TERMS = {
  TERMS_VERSION: '2.0',
  TERMS_URL: 'https://forecourt.example/terms/2',
  TERMS_CONTENT_HASH: 'ab'.repeat(32),
}

export async function openIssued(
  environment: Record<string, string> = {},
  rooms: readonly Plugin[] = [],
): Promise<IssuedForecourt> {
  const issuer = await new OwnerIssuer().start()
  const owners = {
    OWNERS_ISSUER: issuer.url,
    OWNERS_AUDIENCE: AUDIENCE,
    OWNERS_EMAIL_CLAIM: CLAIM,
    ...environment,
  }
  const verifyToken = createConfiguredVerifier(testSettings(owners))
  const forecourt = await openForecourt(owners, rooms, { verifyToken })
  const signInOwner = async (
    { claims, ...unusual }: TokenOptions = {},
    subject = `auth0|${randomUUID()}`,
  ) => {
    const email = `${randomUUID()}@forecourt.example`
    const token = await issuer.token(subject, {
      ...unusual,
      claims: { [CLAIM]: email, [`${CLAIM}_verified`]: true, ...claims },
    })
    return {
      subject,
      email,
      token,
      api: supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`),
    }
  }
  const close = async () => {
    await forecourt.close()
    await issuer.stop()
  }
  return { ...forecourt, issuer, signInOwner, close }
}
