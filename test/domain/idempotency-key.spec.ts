import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseIdempotencyKey } from '../../src/domain/idempotency-key.ts'

describe('an idempotency key', () => {
  it.each(['a', '!', '~'.repeat(255), '8e03978e-40d5-43dd-bc93-6894a57f9324', '"quoted"', 'a,b'])(
    'may be %s',
    (header) => expect(parseIdempotencyKey(header)).toEqual({ key: header }),
  )

  it.each(['', ' ', 'a b', 'a\tb', 'a\n', 'é', 'x'.repeat(256), 'one, two', '\u007f'])(
    'may not be %j',
    (header) =>
      expect(parseIdempotencyKey(header)).toEqual({
        problem: expect.stringContaining('1 to 255 visible ASCII characters'),
      }),
  )

  it('is taken whenever it is made of visible ASCII characters, and never otherwise', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 255, unit: 'binary' }), (header) => {
        const isVisible = [...header].every((character) => character >= '!' && character <= '~')
        expect('key' in parseIdempotencyKey(header)).toBe(isVisible)
      }),
    )
  })
})
