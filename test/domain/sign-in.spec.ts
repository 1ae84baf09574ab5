import { describe, expect, it } from '@jest/globals'
import {
  normalizeIssuer,
  buildProfile,
  getVerifiedEmail,
  resolveSignIn,
} from '../../src/domain/sign-in.ts'

const EMAIL = 'ann@cars.example'
const HOUSE = 'https://house.example/'
const OLD = 'https://old.example/'
const ann = { sub: '1', email: EMAIL, email_verified: true }

describe('an e-mail address', () => {
  it.each([true])('is verified when the provider says so', (email_verified) => {
    expect(getVerifiedEmail({ kind: 'other' }, { ...ann, email_verified })).toBe(EMAIL)
  })

  it.each([false, 'true', 1, undefined, null])(
    'is not verified by email_verified %p',
    (email_verified) => {
      for (const kind of ['other', 'auth0', 'google'] as const)
        expect(
          getVerifiedEmail({ kind }, { ...ann, email_verified, hd: 'cars.example' }),
        ).toBeNull()
    },
  )

  it.each([
    undefined,
    '',
    7,
    'ann',
    'ann@cars',
    'a b@cars.example',
    'ann@cars.example,bob@cars.example@x.y',
    `${'a'.repeat(250)}@cars.example`,
    'mi\u212Ae@cars.example',
    'ann@car\u212As.example',
    'ann..b@cars.example',
    'ann@cars.example.',
  ])('is none when it is %p', (email) => {
    expect(getVerifiedEmail({ kind: 'other' }, { ...ann, email })).toBeNull()
  })

  it('is compared in lower case', () => {
    expect(getVerifiedEmail({ kind: 'other' }, { ...ann, email: 'Ann@Cars.Example' })).toBe(EMAIL)
  })

  it('at Google is Gmail’s own, or of the domain that hd names', () => {
    const google = { kind: 'google' } as const
    expect(getVerifiedEmail(google, ann)).toBeNull()
    expect(getVerifiedEmail(google, { ...ann, hd: 'other.example' })).toBeNull()
    expect(getVerifiedEmail(google, { ...ann, hd: 'Cars.example' })).toBe(EMAIL)
    expect(getVerifiedEmail(google, { ...ann, email: 'ann@gmail.com' })).toBe('ann@gmail.com')
    expect(getVerifiedEmail(google, { ...ann, email: 'ann@notgmail.com' })).toBeNull()
  })

  it('at Microsoft is one of the tenant unless xms_edov says no', () => {
    const microsoft = { kind: 'microsoft' } as const
    const own = { sub: '1', email: EMAIL }
    for (const xms_edov of [undefined, true, 1, '1', 'true'])
      expect(getVerifiedEmail(microsoft, { ...own, xms_edov })).toBe(EMAIL)
    for (const xms_edov of [false, 0, '0', 'false', null, 'yes'])
      expect(getVerifiedEmail(microsoft, { ...own, xms_edov })).toBeNull()
    expect(getVerifiedEmail(microsoft, { ...own, email_verified: false })).toBeNull()
  })
})

describe('who comes', () => {
  const account = { id: 'a', provider: 'house', issuer: HOUSE, isActive: true }
  const from = { provider: 'house', issuer: HOUSE }
  const nobody = {
    from,
    email: EMAIL,
    bySubject: null,
    byEmail: null,
    allowedDomains: [] as string[],
  }

  it('enters as the account of their provider and subject, verified or not', () => {
    expect(resolveSignIn({ ...nobody, email: null, bySubject: account })).toEqual({
      kind: 'enter',
      account: 'a',
    })
  })

  it('claims the account that their address was invited to', () => {
    const byEmail = { ...account, provider: 'invited' }
    expect(resolveSignIn({ ...nobody, byEmail })).toEqual({
      kind: 'claim',
      account: 'a',
      email: EMAIL,
    })
  })

  it.each(['local', 'house', 'google'])(
    'does not take over an account of %s by their address',
    (provider) => {
      const welcomed = resolveSignIn({
        ...nobody,
        byEmail: { ...account, provider },
        allowedDomains: ['cars.example'],
      })
      expect(welcomed).toEqual({ kind: 'refused', problem: 'another-way' })
    },
  )

  it.each([
    ['by their subject', { bySubject: { ...account, issuer: OLD } }],
    ['by their address', { byEmail: { ...account, issuer: OLD } }],
    [
      'by a subject of which nobody knows whose word it was',
      { bySubject: { ...account, issuer: null } },
    ],
  ])(
    'does not come back %s where the name of the provider was given to another issuer',
    (_how, found) => {
      const welcomed = resolveSignIn({ ...nobody, ...found, allowedDomains: ['cars.example'] })
      expect(welcomed).toEqual({ kind: 'refused', problem: 'another-issuer' })
    },
  )

  it('joins from a domain that is allowed, and from no other', () => {
    expect(resolveSignIn({ ...nobody, allowedDomains: ['cars.example'] })).toEqual({
      kind: 'join',
      email: EMAIL,
    })
    for (const domain of ['s.example', 'example', 'www.cars.example'])
      expect(resolveSignIn({ ...nobody, allowedDomains: [domain] })).toEqual({
        kind: 'refused',
        problem: 'unknown',
      })
  })

  it('is refused while deactivated, however they are known', () => {
    const off = { ...account, provider: 'invited', isActive: false }
    const refused = { kind: 'refused', problem: 'deactivated' }
    expect(resolveSignIn({ ...nobody, bySubject: off })).toEqual(refused)
    expect(resolveSignIn({ ...nobody, byEmail: off })).toEqual(refused)
  })

  it('is refused without a verified address', () => {
    expect(resolveSignIn({ ...nobody, email: null, allowedDomains: ['cars.example'] })).toEqual({
      kind: 'refused',
      problem: 'unverified',
    })
  })
})

describe('an issuer', () => {
  it('is the same with a slash at its end and without', () => {
    const [one, other] = ['https://house.example', 'https://HOUSE.example/'].map((issuer) =>
      normalizeIssuer({ issuer }),
    )
    expect(one).toBe(other)
    expect(normalizeIssuer({ issuer: 'https://house.example/a' })).not.toBe(
      normalizeIssuer({ issuer: 'https://house.example/b' }),
    )
  })
})

describe('a profile', () => {
  it('has the name that was said, else the address', () => {
    expect(buildProfile({ sub: '1', name: ' Ann\nB ' }, EMAIL).name).toBe('Ann B')
    for (const name of [undefined, '', 7, '  '])
      expect(buildProfile({ sub: '1', name }, EMAIL).name).toBe(EMAIL)
  })

  it('has a picture that is on the web, and nothing else in its place', () => {
    expect(buildProfile({ sub: '1', picture: 'https://p.example/a.jpg' }, EMAIL).avatarUrl).toBe(
      'https://p.example/a.jpg',
    )
    for (const picture of [
      'javascript:alert(1)',
      'http://p.example/a',
      'https://p.example/"x',
      7,
      undefined,
    ])
      expect(buildProfile({ sub: '1', picture }, EMAIL).avatarUrl).toBeNull()
  })
})
