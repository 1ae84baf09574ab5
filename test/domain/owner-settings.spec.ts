import { describe, expect, it } from '@jest/globals'
import { findOwnerSettingProblems } from '../../src/domain/owner-settings.ts'

const ISSUER = {
  OWNERS_ISSUER: 'https://t.auth0.com/',
  OWNERS_AUDIENCE: 'https://forecourt.example/api',
}
const TERMS = {
  TERMS_VERSION: '2.0',
  TERMS_URL: 'https://forecourt.example/terms',
  TERMS_CONTENT_HASH: 'a'.repeat(64),
}

describe('the settings of owners', () => {
  it('may say nothing, an issuer, terms, or all of it', () => {
    for (const result of [{}, ISSUER, TERMS, { ...ISSUER, ...TERMS, OWNERS_EMAIL_CLAIM: 'email' }])
      expect(findOwnerSettingProblems(result, true)).toEqual([])
  })

  it.each([
    [{ OWNERS_ISSUER: ISSUER.OWNERS_ISSUER }, 'go together'],
    [{ OWNERS_AUDIENCE: 'x' }, 'go together'],
    [{ OWNERS_EMAIL_CLAIM: 'email' }, 'which is not set'],
    [{ OWNERS_MANAGEMENT_URL: 'https://t.auth0.com' }, 'go together'],
    [{ TERMS_VERSION: '2' }, 'go together'],
    [{ ...TERMS, TERMS_URL: undefined }, 'go together'],
    [{ ...ISSUER, OWNERS_ISSUER: 'http://t.auth0.com/' }, 'must begin with https://'],
  ])('%j is told', (message, words) => {
    expect(findOwnerSettingProblems(message, false)).toEqual([expect.stringContaining(words)])
  })

  it('take an issuer by http on loopback alone, and not in production', () => {
    const local = { ...ISSUER, OWNERS_ISSUER: 'http://127.0.0.1:4000/' }
    expect(findOwnerSettingProblems(local, false)).toEqual([])
    expect(findOwnerSettingProblems(local, true)).toHaveLength(1)
  })
})
