import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  findInexactNumber,
  findJsonTextProblem,
  findJsonValueProblem,
  JSON_LIMITS,
} from '../../src/domain/json-limits.ts'

const wide = (keys: number) =>
  Object.fromEntries(Array.from({ length: keys }, (_, i) => [`k${i}`, 1]))
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

describe('a JSON document', () => {
  it.each([
    ['keys', wide(JSON_LIMITS.keys), wide(JSON_LIMITS.keys + 1), 'more than 500 keys'],
    [
      'entries',
      Array(JSON_LIMITS.entries).fill(1),
      Array(JSON_LIMITS.entries + 1).fill(1),
      'more than 1000 entries',
    ],
    ['levels', deep(JSON_LIMITS.levels), deep(JSON_LIMITS.levels + 1), 'nested too deeply'],
    [
      'values',
      Array(9).fill(Array(999).fill(1)),
      Array(12).fill(Array(999).fill(1)),
      'more than 10000 values',
    ],
  ])('has as many %s as the limit says, and not one more', (_name, within, over, words) => {
    expect([findJsonTextProblem(JSON.stringify(within)), findJsonValueProblem(within)]).toEqual([
      null,
      null,
    ])
    for (const problem of [findJsonTextProblem(JSON.stringify(over)), findJsonValueProblem(over)])
      expect(problem).toContain(words)
  })

  it('is measured by its structure, not by what stands in its texts', () => {
    const text = fc.string({
      unit: fc.constantFrom('"', '\\', ',', '{', '[', ']', 'a'),
      maxLength: 2_000,
    })
    fc.assert(
      fc.property(text, (one) => findJsonTextProblem(JSON.stringify({ [one]: [one] })) === null),
    )
  })

  it('needs not be valid to be measured', () => {
    for (const text of ['', '{', ']]]', '"', '"\\', ',,,', '{"a":"\\"'])
      expect(findJsonTextProblem(text)).toBeNull()
    expect(findJsonTextProblem('['.repeat(1_000))).toContain('nested too deeply')
  })
})

describe('a number of a JSON text', () => {
  it.each([
    ['{"year":2020.9999999999999999}', 'year', '2020.9999999999999999'],
    ['{"a":{"b":[1,{"c":-12345678901234567890}]}}', 'a.b.1.c', '-12345678901234567890'],
    ['{"a":[[],[1,2,1e400]]}', 'a.1.2', '1e400'],
    ['{"x":"1e400","a\\"b":9007199254740993}', 'a"b', '9007199254740993'],
    ['[ 28900.000000000001 ]', '0', '28900.000000000001'],
    ['1e-400', '', '1e-400'],
  ])('%s is named where a double does not keep it', (text, path, literal) =>
    expect(findInexactNumber(text)).toEqual({ path, literal }),
  )

  it('is kept wherever JSON.stringify writes it, and numbers in texts are texts', () => {
    const number = fc.double({
      noNaN: true,
      min: Number.MIN_SAFE_INTEGER,
      max: Number.MAX_SAFE_INTEGER,
    })
    const value = fc
      .array(fc.oneof(number, fc.string(), fc.dictionary(fc.string(), number)))
      .map((one) => JSON.stringify({ one, text: '12345678901234567890 ,1e400' }))
    fc.assert(fc.property(value, (text) => findInexactNumber(text) === null))
    for (const text of ['', '{', ']]', '"', '{"a":-}', '--', '1e', '{"a' + String.raw`\\`])
      findInexactNumber(text)
    for (const text of ['0', '-0', '{"a":28900.50,"b":1E5,"c":[1.0]}'])
      expect(findInexactNumber(text)).toBeNull()
  })
})
