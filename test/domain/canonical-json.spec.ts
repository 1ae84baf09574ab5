import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatCanonicalJson } from '../../src/domain/canonical-json.ts'

describe('canonical JSON', () => {
  it('is the same whatever order the names are in', () => {
    expect(formatCanonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    )
  })

  it('says the same value, and another text for another value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [first, second] = [one, other].map(
          (value) => JSON.parse(JSON.stringify(value)) as unknown,
        )
        expect(JSON.parse(formatCanonicalJson(first))).toEqual(first)
        const same = JSON.stringify(first) === JSON.stringify(second)
        if (same) expect(formatCanonicalJson(first)).toBe(formatCanonicalJson(second))
      }),
    )
  })

  it('of what is nested too deeply is refused, as everywhere', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(() => formatCanonicalJson(JSON.parse(deep))).toThrow(RangeError)
  })
})
