import { describe, expect, it } from '@jest/globals'
import { describePasswordReset, formatPasswordReset } from '../../src/domain/password-reset.ts'

describe('how a password is reset', () => {
  it('names an admin first and the command second', () => {
    expect(formatPasswordReset(describePasswordReset(true, []))).toBe(
      'Passwords are not reset by e-mail. Ask an admin to set a new password on your account, ' +
        'under People, Users. ' +
        'No admin can sign in? Run this where Forecourt runs: npm run admin -- reset-password ' +
        'EMAIL',
    )
  })

  it.each([
    [['Okta', 'Google'], 'Nobody signs in with a password here. Sign in with Okta or Google.'],
    [[], 'Nobody signs in with a password here. No other way to sign in is set up either.'],
  ])('leads to the providers %j where passwords are off', (providers, text) => {
    expect(formatPasswordReset(describePasswordReset(false, providers))).toBe(text)
  })
})
