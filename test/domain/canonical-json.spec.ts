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

  it('is that of RFC 8785: its example, with numbers, strings and literals', () => {
    const text =
      '{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],' +
      String.raw`"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",` +
      '"literals": [null, true, false]}'
    expect(formatCanonicalJson(JSON.parse(text))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('is that of RFC 8785: names in the order of their UTF-16 code units', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
    const text = formatCanonicalJson(Object.fromEntries(names.map((name) => [name, name])))
    expect(Object.values(JSON.parse(text) as object)).toHaveLength(7)
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']
    expect(text).toBe(
      `{${sorted.map((name) => `${JSON.stringify(name)}:${JSON.stringify(name)}`).join(',')}}`,
    )
  })

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('is that of RFC 8785, appendix B: the number %s is %s', (bits, text) => {
    expect(formatCanonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
  })
})
