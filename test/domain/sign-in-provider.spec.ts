import { describe, expect, it } from '@jest/globals'
import { parseSignInProviders } from '../../src/domain/sign-in-provider.ts'

const TENANT = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'
const named = (name: string, issuer?: string, more: Record<string, string> = {}) => ({
  ...(issuer !== undefined && { [`OIDC_${name}_ISSUER`]: issuer }),
  [`OIDC_${name}_CLIENT_ID`]: 'id',
  [`OIDC_${name}_CLIENT_SECRET`]: 'secret',
  ...more,
})
const wrongOf = (result: Record<string, string>, production = true) =>
  parseSignInProviders(result, production).wrong.join('\n')

describe('the providers', () => {
  it('are none when nothing is said', () => {
    expect(
      parseSignInProviders({ OIDC_ALLOWED_DOMAINS: 'cars.example', OIDC_GOOGLE_ISSUER: '' }, true),
    ).toEqual({
      providers: [],
      wrong: [],
    })
  })

  it('are Google, Microsoft, Auth0 and any others, in this order', () => {
    const message = {
      ...named('ZITADEL', 'https://z.example'),
      ...named('AUTH0', 'https://cars.auth0.com/'),
      ...named('KEYCLOAK', 'https://sso.example/realms/cars', {
        OIDC_KEYCLOAK_LABEL: 'the dealership',
      }),
      ...named('MICROSOFT', `https://login.microsoftonline.com/${TENANT}/v2.0`),
      ...named('GOOGLE'),
    }
    const { providers, wrong } = parseSignInProviders(message, true)
    expect(wrong).toEqual([])
    expect(providers.map(({ id, label, kind }) => [id, label, kind])).toEqual([
      ['google', 'Google', 'google'],
      ['microsoft', 'Microsoft', 'microsoft'],
      ['auth0', 'Auth0', 'auth0'],
      ['keycloak', 'the dealership', 'other'],
      ['zitadel', 'Zitadel', 'other'],
    ])
    expect(providers[0]?.issuer).toBe('https://accounts.google.com')
  })

  it.each([
    'common',
    'organizations',
    'consumers',
    '9188040d-6c67-4c5b-b112-36a304b66dad',
    'cars.example',
  ])('of Microsoft are one tenant, not %s, whatever their name', (tenant) => {
    for (const name of ['MICROSOFT', 'HOUSE'])
      expect(wrongOf(named(name, `https://login.microsoftonline.com/${tenant}/v2.0`))).toContain(
        'one tenant by its id',
      )
  })

  it('keep the rules of Google under another name', () => {
    expect(
      parseSignInProviders(named('HOUSE', 'https://accounts.google.com'), true).providers[0]?.kind,
    ).toBe('google')
  })

  it.each(['LOCAL', 'INVITED', 'ME', 'LOGOUT'])('are not called %s', (name) => {
    expect(wrongOf(named(name, 'https://sso.example'))).toContain('that name is reserved')
  })

  it('say which settings are missing', () => {
    expect(wrongOf({ OIDC_AUTH0_CLIENT_ID: 'id' })).toContain(
      'OIDC_AUTH0_ISSUER and OIDC_AUTH0_CLIENT_SECRET are not set',
    )
  })

  it('are asked over https; over http on this machine alone, outside production', () => {
    expect(wrongOf(named('HOUSE', 'http://sso.example'), false)).toContain('https')
    expect(wrongOf(named('HOUSE', 'http://127.0.0.1:9000'))).toContain('https')
    expect(wrongOf(named('HOUSE', 'http://127.0.0.1:9000'), false)).toBe('')
    for (const issuer of [
      'sso.example',
      'ftp://sso.example',
      'https://u:p@sso.example',
      'https://sso.example?x=1',
    ])
      expect(wrongOf(named('HOUSE', issuer), false)).toContain('OIDC_HOUSE_ISSUER')
  })

  it('do not say a secret where something is wrong', () => {
    expect(
      wrongOf(named('HOUSE', 'http://sso.example', { OIDC_HOUSE_CLIENT_SECRET: 'do-not-tell' })),
    ).not.toContain('do-not-tell')
  })
})
