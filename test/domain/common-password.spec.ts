import { describe, expect, it } from '@jest/globals'
import { readCommonPasswords } from '../../src/auth/staff/common-passwords.ts'
import { isCommonPassword } from '../../src/domain/common-password.ts'

const list = await readCommonPasswords()

describe('the list of common passwords', () => {
  it('has more than a thousand, in lower case, each once', () => {
    expect(list.size).toBeGreaterThan(1_000)
    for (const one of list) expect(one).toBe(one.toLowerCase().trim())
  })
})

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
    'Dealership2026',
    'manchesterunited',
    '123456789012',
    '987654321098765',
    'abcdefghijkl',
    'zyxwvutsrqponm',
    'aaaaaaaaaaaa',
    'ababababababab',
    'correcthorsebatterystaple',
  ])('such as %s is common', (password) => {
    expect(isCommonPassword(password, list)).toBe(true)
  })

  it.each([
    'correct horse battery staple',
    'twelve letters',
    'another long one',
    'vf8-Kq2_mN4xTz',
    'wet gravel and a blue door',
    'пять зелёных дверей',
  ])('such as %s is not', (password) => {
    expect(isCommonPassword(password, list)).toBe(false)
  })
})
