import { describe, expect, it } from '@jest/globals'
import { describePasswordReset, formatPasswordReset } from '../../src/domain/password-reset.ts'

describe('how a password is reset', () => {
  it('names an admin first and the command second', () => {
    expect(formatPasswordReset(describePasswordReset(true, []))).toBe(
      'Passwords cannot be reset by e-mail. Ask an admin to set a new password for your ' +
        'account under People, Users. If no admin can sign in, run this on the Forecourt ' +
        'server: npm run admin -- reset-password EMAIL',
    )
  })

  it.each([
    [['Okta', 'Google'], 'Password sign-in is disabled. Sign in with Okta or Google.'],
    [[], 'Password sign-in is disabled. No other sign-in method is configured either.'],
  ])('leads to the providers %j where passwords are off', (providers, text) => {
    expect(formatPasswordReset(describePasswordReset(false, providers))).toBe(text)
  })
})
