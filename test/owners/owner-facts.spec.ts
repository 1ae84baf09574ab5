import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { ProviderUnavailable } from '../../src/auth/owners/owner-tokens.ts'
import { createNegativeCache } from '../../src/auth/owners/tokens/negative-cache.ts'
import { createVerifier } from '../../src/auth/owners/tokens/verify.ts'
import { AUDIENCE, OwnerIssuer } from '../support/owner-issuer.ts'

const SUBJECT = 'auth0|64f0c2'
const EMAIL = {
  'https://forecourt/email': 'ann@example.com',
  'https://forecourt/email_verified': true,
}

let issuer: OwnerIssuer
const verifier = (
  options: Parameters<typeof createVerifier>[1] = {},
  emailClaim: string | undefined = 'https://forecourt/email',
) =>
  createVerifier(
    { issuer: issuer.url, audience: AUDIENCE, emailClaim },
    { keysCooldownMs: 0, cooldownMs: 0, ...options },
  )

beforeAll(async () => {
  issuer = await new OwnerIssuer().start()
})
afterAll(() => issuer.stop())
beforeEach(() => {
  issuer.userinfo = {}
})

describe('what there is to know of an owner', () => {
  it('comes from the claim that the settings name, without asking', async () => {
    const { userinfo } = issuer.requestCounts
    const verified = await verifier()(
      await issuer.token(SUBJECT, {
        claims: { ...EMAIL, locale: 'de-AT', zoneinfo: 'Europe/Vienna' },
      }),
    )
    expect(await verified?.fetchFacts?.()).toEqual({
      email: 'ann@example.com',
      emailVerified: true,
      preferences: { unitSystem: 'metric', currencyCode: 'EUR', timeZone: 'Europe/Vienna' },
    })
    expect(issuer.requestCounts.userinfo).toBe(userinfo)
  })

  it('comes from the userinfo endpoint otherwise, whose “verified” is true and nothing like it', async () => {
    issuer.userinfo = { email: 'bob@example.com', email_verified: 'true' }
    const verified = await verifier(
      {},
      undefined,
    )(await issuer.token(SUBJECT, { claims: { email: 'not@asked.example' } }))
    expect(await verified?.fetchFacts?.()).toMatchObject({
      email: 'bob@example.com',
      emailVerified: false,
    })
  })

  it.each<[string, Record<string, unknown>]>([
    ['says no address', {}],
    ['says what is none', { email: 'ann@example.com, bob@example.com' }],
    ['speaks of somebody else', { sub: 'auth0|other', email: 'other@example.com' }],
  ])('is nothing where the endpoint %s', async (_what, reported) => {
    issuer.userinfo = reported
    const verified = await verifier()(await issuer.token(SUBJECT))
    expect(await verified?.fetchFacts?.()).toBeNull()
  })

  it(
    'is asked for once while the provider says no address, however many ask, and again by a new ' +
      'token or after a while',
    async () => {
      const [slow, quick] = [verifier({ negativeTtlMs: 600_000 }), verifier({ negativeTtlMs: 20 })]
      const [token, later] = [
        await issuer.token(SUBJECT),
        await issuer.token(SUBJECT, { lifetime: 3_601 }),
      ]
      const factsOf = async (verify: typeof slow, result: string) =>
        (await verify(result))?.fetchFacts?.()
      const before = issuer.requestCounts.userinfo
      await Promise.all(Array.from({ length: 10 }, () => factsOf(slow, token)))
      for (let i = 0; i < 3; i++) expect(await factsOf(slow, token)).toBeNull()
      expect(issuer.requestCounts.userinfo).toBe(before + 1)
      issuer.userinfo = { email: 'ann@example.com' }
      expect(await factsOf(slow, token)).toBeNull()
      expect(await factsOf(slow, later)).toMatchObject({ email: 'ann@example.com' })
      issuer.userinfo = {}
      expect(await factsOf(quick, token)).toBeNull()
      issuer.userinfo = { email: 'ann@example.com' }
      await sleep(40)
      expect(await factsOf(quick, token)).toMatchObject({ email: 'ann@example.com' })
    },
  )

  it('that the provider was away is not remembered', async () => {
    const verify = verifier({ negativeTtlMs: 600_000 })
    const token = await issuer.token(SUBJECT)
    const verified = await verify(token)
    issuer.userinfo = { email: 'ann@example.com' }
    await issuer.stop()
    await expect(verified?.fetchFacts?.()).rejects.toBeInstanceOf(ProviderUnavailable)
    await issuer.start()
    expect(await verified?.fetchFacts?.()).toMatchObject({ email: 'ann@example.com' })
  })

  it('is not taken from an answer without an end', async () => {
    issuer.userinfo = { email: 'ann@example.com', padding: 'x'.repeat(70_000) }
    const verified = await verifier()(await issuer.token(SUBJECT))
    await expect(verified?.fetchFacts?.()).rejects.toBeInstanceOf(ProviderUnavailable)
  })
})

describe('that nothing was said', () => {
  it('is remembered of so many tokens and no more', async () => {
    const requested: string[] = []
    const once = createNegativeCache({ ttlMs: 600_000, maxEntries: 2 })
    const ask = (token: string) => once(token, () => (requested.push(token), Promise.resolve(null)))
    for (const token of ['one', 'two', 'one', 'three', 'one', 'two']) await ask(token)
    expect(requested).toEqual(['one', 'two', 'three', 'two'])
  })
})
