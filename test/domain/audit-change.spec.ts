import { describe, expect, it } from '@jest/globals'
import {
  getChangeAction,
  diffFields,
  isSecret,
  MASK,
  maskAccount,
  type Redaction,
  redactValue,
} from '../../src/domain/audit-change.ts'

const all = (): Redaction => 'value'

describe('what changed', () => {
  it('is the fields that differ and no others, each with both values', () => {
    const changed = diffFields(
      { make: 'Honda', price: 24_500, year: 2021 },
      { make: 'Honda', price: 23_900, year: null },
      all,
    )
    expect(changed).toEqual({ price: { from: 24_500, to: 23_900 }, year: { from: 2021, to: null } })
  })

  it('takes absent and null for the same', () => {
    expect(diffFields({}, { trim: null, soldAt: undefined }, all)).toEqual({})
    expect(diffFields({ trim: null }, { trim: 'EX' }, all)).toEqual({
      trim: { from: null, to: 'EX' },
    })
  })

  it('does not speak of a field that the row afterwards does not have', () => {
    expect(diffFields({ cost: 21_000, price: 1 }, { price: 2 }, all)).toEqual({
      price: { from: 1, to: 2 },
    })
  })

  it('takes JSON for the same whatever the order of its keys, and a list not', () => {
    expect(
      diffFields(
        { details: { a: 1, b: { c: 2, d: 3 } } },
        { details: { b: { d: 3, c: 2 }, a: 1 } },
        all,
      ),
    ).toEqual({})
    expect(Object.keys(diffFields({ images: ['a', 'b'] }, { images: ['b', 'a'] }, all))).toEqual([
      'images',
    ])
  })

  it('names a masked field without its values, and says where there was none', () => {
    const changed = diffFields(
      { notes: null, email: 'a@b.example' },
      { notes: 'x', email: 'c@d.example' },
      () => 'mask',
    )
    expect(changed).toEqual({ notes: { from: null, to: MASK }, email: { from: MASK, to: MASK } })
  })

  it('never holds a secret, whatever is asked for', () => {
    const names = [
      'password',
      'hash',
      'salt',
      'sessions',
      'sess',
      'resetPasswordToken',
      'apiKey',
      'clientSecret',
    ]
    const after = Object.fromEntries(names.map((name) => [name, 'hunter2']))
    expect(diffFields({}, after, all)).toEqual({})
    expect(names.filter((name) => !isSecret(name))).toEqual([])
  })

  it('takes no field that merely sounds like one for a secret', () => {
    expect(
      ['fileHash', 'termsContentHash', 'hashtags', 'description', 'make'].filter(isSecret),
    ).toEqual([])
  })
})

describe('a value that is told', () => {
  it('is cut when it is long', () => {
    expect(redactValue('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`)
    expect(String(redactValue({ list: 'x'.repeat(2_000) }))).toHaveLength(1_001)
  })

  it('loses secrets at any depth', () => {
    expect(redactValue({ url: 'x', login: [{ user: 'u', password: 'p', apiKey: 'k' }] })).toEqual({
      url: 'x',
      login: [{ user: 'u' }],
    })
  })

  it('is itself otherwise', () => {
    expect([0, false, '', 'x', null, undefined].map(redactValue)).toEqual([
      0,
      false,
      '',
      'x',
      null,
      null,
    ])
  })
})

describe('what was done', () => {
  const change = (name: string, from: unknown, to: unknown) => ({ [name]: { from, to } })
  it.each([
    ['users', change('role', 'viewer', 'admin'), 'role_change'],
    ['users', change('isActive', true, false), 'deactivate'],
    ['users', change('isActive', false, true), 'reactivate'],
    ['vehicles', change('isActive', true, false), 'update'],
    ['vehicles', change('deletedAt', null, '2026-01-01T00:00:00.000Z'), 'trash'],
    ['documents', change('deletedAt', '2026-01-01T00:00:00.000Z', null), 'restore'],
    ['user-profiles', change('deactivatedAt', null, '2026-01-01T00:00:00.000Z'), 'deactivate'],
    ['admin-users', change('revokedAt', null, '2026-01-01T00:00:00.000Z'), 'revoke'],
    ['admin-users', change('revokedAt', '2026-01-01T00:00:00.000Z', null), 'reinstate'],
    ['inventory', change('price', 1, 2), 'update'],
    ['inventory', {}, 'update'],
  ])('to %s with %j is %s', (collection, fields, action) => {
    expect(getChangeAction(collection, fields)).toBe(action)
  })
})

describe('an account that nobody has', () => {
  it.each([
    ['Alice@Example.com', 'A•••@example.com'],
    [' bob@cars.example ', 'b•••@cars.example'],
    ['hunter2', MASK],
    ['', MASK],
    ['a@b c', MASK],
  ])('is told of %j as %s', (typed, reported) => {
    expect(maskAccount(typed)).toBe(reported)
  })
})
