import { describe, expect, it } from '@jest/globals'
import { isWeakPassword } from '../../src/auth/staff/weak-password.ts'

const ABOUT_ACCOUNT = ['Ottoline Zwartkop', 'ottoline@vrenskaquibbel.example']

describe('a password', () => {
  it.each([
    'password1234',
    'Password1234',
    'P@ssw0rd2024!',
    'administrator',
    'Administrator1!',
    'Summer2026!!!',
    '2026summer2026',
    'passwordpassword',
    'monkeymonkeymonkey',
    'qwertyuiop123',
    '1q2w3e4r5t6y',
    'iloveyou12345',
    'Dealership2026!',
    'manchesterunited',
    '123456789012',
    '987654321098765',
    '5551234567890',
    'abcdefghijkl',
    'zyxwvutsrqponm',
    'aaaaaaaaaaaa',
    'ababababababab',
  ])('such as %s is weak', async (password) => {
    expect(await isWeakPassword(password, [])).toBe(true)
  })

  it.each([
    'correct horse battery staple',
    'another long one',
    'vf8-Kq2_mN4xTz',
    'wet gravel and a blue door',
    'пять зелёных дверей',
  ])('such as %s is not', async (password) => {
    expect(await isWeakPassword(password, ABOUT_ACCOUNT)).toBe(false)
  })

  it('made of words about its account is weak', async () => {
    for (const password of ['Vrenskaquibbel2026', 'zwartkopottoline7']) {
      expect(await isWeakPassword(password, [])).toBe(false)
      expect(await isWeakPassword(password, ABOUT_ACCOUNT)).toBe(true)
    }
  })
})
