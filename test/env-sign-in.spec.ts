import { describe, expect, it } from '@jest/globals'
import { readSettings, listWarnings } from '../src/env.ts'

const inProduction = {
  APP_ENV: 'production',
  PUBLIC_ORIGIN: 'https://cars.example.com',
  PAYLOAD_SECRET: 'a secret that only tests know, 32+',
}
const google = { OIDC_GOOGLE_CLIENT_ID: 'id', OIDC_GOOGLE_CLIENT_SECRET: 'do-not-tell' }

describe('passwords', () => {
  it('are on where it is not set, and off in production', () => {
    expect(readSettings({}).localPasswords).toBe(true)
    expect(readSettings(inProduction).localPasswords).toBe(false)
  })

  it('are as they are said to be', () => {
    expect(readSettings({ LOCAL_PASSWORDS: 'false' }).localPasswords).toBe(false)
    expect(readSettings({ ...inProduction, LOCAL_PASSWORDS: 'true' }).localPasswords).toBe(true)
    expect(() => readSettings({ LOCAL_PASSWORDS: 'yes' })).toThrow(/true or false/)
  })

  it('off, without a provider, let nobody in, which is said at start', () => {
    expect(listWarnings(readSettings(inProduction))).toEqual([
      expect.stringContaining('No one can sign in'),
    ])
    expect(listWarnings(readSettings({ ...inProduction, ...google }))).toEqual([])
  })
})

describe('providers', () => {
  it('are read from the names in the environment', () => {
    const { signInProviders } = readSettings({ ...google, OIDC_GOOGLE_LABEL: 'the office' })
    expect(signInProviders).toMatchObject([
      { id: 'google', label: 'the office', issuer: 'https://accounts.google.com' },
    ])
  })

  it('that cannot be used stop the start with a sentence each', () => {
    const result = {
      OIDC_MICROSOFT_ISSUER: 'https://login.microsoftonline.com/common/v2.0',
      OIDC_MICROSOFT_CLIENT_ID: 'id',
      OIDC_MICROSOFT_CLIENT_SECRET: 'do-not-tell',
      OIDC_AUTH0_CLIENT_ID: 'id',
    }
    expect(() => readSettings(result)).toThrow(
      /one tenant by its id[^]*OIDC_AUTH0_ISSUER and OIDC_AUTH0_CLIENT_SECRET/,
    )
    expect(() => readSettings(result)).not.toThrow(/do-not-tell/)
  })
})

describe('the first admin', () => {
  it('needs no password where there is a provider', () => {
    expect(
      readSettings({ ...google, FIRST_ADMIN_EMAIL: 'ann@cars.example' }).FIRST_ADMIN_EMAIL,
    ).toBe('ann@cars.example')
    expect(() => readSettings({ FIRST_ADMIN_EMAIL: 'ann@cars.example' })).toThrow(
      /set both or neither/,
    )
    expect(() => readSettings({ ...google, FIRST_ADMIN_PASSWORD: 'twelve letters' })).toThrow(
      /set both or neither/,
    )
  })
})

describe('the domains of new viewers', () => {
  it('are separated by commas, in any case', () => {
    expect(
      readSettings({ OIDC_ALLOWED_DOMAINS: 'Cars.example, lot.example' }).OIDC_ALLOWED_DOMAINS,
    ).toEqual(['cars.example', 'lot.example'])
    expect(readSettings({}).OIDC_ALLOWED_DOMAINS).toEqual([])
  })

  it.each([
    '@cars.example',
    '*.cars.example',
    'example',
    'cars.example lot.example',
    'https://cars.example',
  ])('are not %s', (message) => {
    expect(() => readSettings({ OIDC_ALLOWED_DOMAINS: message })).toThrow(
      /domains such as cars.example/,
    )
  })
})
