import { createSecretKey } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { SignJWT, UnsecuredJWT } from 'jose'
import { ProviderUnavailable } from '../../src/auth/owners/owner-tokens.ts'
import { createVerifier } from '../../src/auth/owners/tokens/verify.ts'
import { buildDemoSubject } from '../../src/domain/demo-subject.ts'
import { AUDIENCE, makeKey, OwnerIssuer } from '../support/owner-issuer.ts'

const SUBJECT = 'auth0|64f0c2'

let issuer: OwnerIssuer
const minutes = (many: number) => Math.floor(Date.now() / 1000) + many * 60
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
beforeEach(async () => {
  issuer.keys = [await makeKey('RS256', 'first')]
  issuer.userinfo = {}
  issuer.discovery = {}
})

describe('a token of the issuer', () => {
  it('speaks for its subject, signed with RS256 or ES256', async () => {
    const verify = verifier()
    expect(await verify(await issuer.token(SUBJECT))).toMatchObject({ subject: SUBJECT })
    issuer.keys.push(await makeKey('ES256', 'curve'))
    expect(await verify(await issuer.token(SUBJECT, { key: issuer.keys[1] }))).toMatchObject({
      subject: SUBJECT,
    })
  })

  it('is good give or take a minute', async () => {
    const verify = verifier()
    expect(
      await verify(await issuer.token(SUBJECT, { claims: { exp: minutes(-0.5) } })),
    ).not.toBeNull()
    expect(
      await verify(await issuer.token(SUBJECT, { claims: { nbf: minutes(0.5) } })),
    ).not.toBeNull()
  })

  it.each<[string, Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://other.example/' }],
    ['of the issuer without its slash', { iss: 'http://127.0.0.1' }],
    ['for another audience', { aud: 'https://other.example/api' }],
    ['for no audience', { aud: null }],
    ['that is over', { exp: minutes(-2) }],
    ['that never ends', { exp: null }],
    ['that is not in force yet', { nbf: minutes(2) }],
    ['from the future', { iat: minutes(2) }],
    ['of nobody', { sub: null }],
    ['of an empty subject', { sub: ' ' }],
    ['of a subject that no table holds', { sub: 'x'.repeat(256) }],
    ['of a demo owner', { sub: buildDemoSubject('alex-rivera') }],
    ['that is larger than 8 KB', { padding: 'x'.repeat(9000) }],
  ])('%s speaks for nobody', async (_what, claims) => {
    expect(await verifier()(await issuer.token(SUBJECT, { claims }))).toBeNull()
  })

  it('that is not signed speaks for nobody', async () => {
    const token = new UnsecuredJWT({
      iss: issuer.url,
      aud: AUDIENCE,
      sub: SUBJECT,
      exp: minutes(60),
    }).encode()
    expect(await verifier()(token)).toBeNull()
    const [head = '', body = ''] = (await issuer.token(SUBJECT)).split('.')
    expect(await verifier()(`${head}.${body}.`)).toBeNull()
  })

  it('that is signed with the public key as a secret speaks for nobody', async () => {
    const { jwk, kid } = issuer.keys[0] ?? (await makeKey('RS256', 'x'))
    const secret = createSecretKey(Buffer.from(JSON.stringify(jwk)))
    const token = await new SignJWT({
      iss: issuer.url,
      aud: AUDIENCE,
      sub: SUBJECT,
      exp: minutes(60),
    })
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(secret)
    expect(await verifier()(token)).toBeNull()
  })

  it('that another key signed under the name of one of the issuer’s speaks for nobody', async () => {
    expect(
      await verifier()(await issuer.token(SUBJECT, { key: await makeKey('RS256', 'first') })),
    ).toBeNull()
  })

  it.each(['', 'x', '..', 'a.b.c', `${'x'.repeat(9000)}`])(
    'that is none speaks for nobody (%#)',
    async (token) => {
      expect(await verifier()(token)).toBeNull()
    },
  )
})

describe('the keys', () => {
  it('are asked for once for many tokens, and not at all for those of others', async () => {
    const before = { ...issuer.requestCounts }
    const verify = verifier({ keysCooldownMs: 60_000 })
    await verify(await issuer.token(SUBJECT, { claims: { iss: 'https://other.example/' } }))
    expect(issuer.requestCounts).toEqual(before)
    await Promise.all(Array.from({ length: 20 }, async () => verify(await issuer.token(SUBJECT))))
    expect(issuer.requestCounts).toMatchObject({
      jwks: before.jwks + 1,
      discovery: before.discovery + 1,
    })
  })

  it(
    'rotate: a new one is found by its name, and one that was taken away is good no more once ' +
      'keys are asked for',
    async () => {
      const verify = verifier()
      const old = await issuer.token(SUBJECT)
      expect(await verify(old)).not.toBeNull()
      issuer.keys = [await makeKey('RS256', 'second')]
      expect(await verify(await issuer.token(SUBJECT))).not.toBeNull()
      expect(await verify(old)).toBeNull()
    },
  )

  it('are not asked for again and again for names that there are not', async () => {
    const verify = verifier({ keysCooldownMs: 60_000 })
    await verify(await issuer.token(SUBJECT))
    const { jwks } = issuer.requestCounts
    for (const kid of ['a', 'b', 'c'])
      expect(
        await verify(await issuer.token(SUBJECT, { key: await makeKey('RS256', kid) })),
      ).toBeNull()
    expect(issuer.requestCounts.jwks).toBe(jwks)
  })
})

describe('while the provider is away', () => {
  it('kept keys do, and without them it can’t be told', async () => {
    const [kept, fresh, worn] = [verifier(), verifier(), verifier({ keysTtlMs: 0 })]
    const token = await issuer.token(SUBJECT)
    await kept(token)
    await worn(token)
    await issuer.stop()
    try {
      expect(await kept(token)).toMatchObject({ subject: SUBJECT })
      await expect(fresh(token)).rejects.toBeInstanceOf(ProviderUnavailable)
      await expect(worn(token)).rejects.toBeInstanceOf(ProviderUnavailable)
      expect(
        await fresh(await issuer.token(SUBJECT, { claims: { iss: 'https://other.example/' } })),
      ).toBeNull()
    } finally {
      await issuer.start()
    }
    expect(await fresh(token)).toMatchObject({ subject: SUBJECT })
  })

  it('it is left alone for a while after it did not answer', async () => {
    const verify = verifier({ cooldownMs: 60_000 })
    await issuer.stop()
    const token = await issuer.token(SUBJECT)
    await expect(verify(token)).rejects.toBeInstanceOf(ProviderUnavailable)
    await issuer.start()
    const before = { ...issuer.requestCounts }
    await expect(verify(token)).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(issuer.requestCounts).toEqual(before)
  })
})

describe('an issuer that sends elsewhere', () => {
  it.each([
    { jwks_uri: 'http://127.0.0.2:9/keys' },
    { userinfo_endpoint: 'http://127.0.0.2:9/u' },
    { issuer: 'https://other.example/' },
  ])('is not followed: %j', async (result) => {
    issuer.discovery = result
    await expect(verifier()(await issuer.token(SUBJECT))).rejects.toBeInstanceOf(
      ProviderUnavailable,
    )
  })
})
