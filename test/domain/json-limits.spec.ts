import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findJsonTextProblem, findJsonValueProblem, JSON_LIMITS } from '../../src/domain/json-limits.ts'

const wide = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, i) => [`k${i}`, 1]))
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

describe('a JSON document', () => {
  it.each([
    ['keys', wide(JSON_LIMITS.keys), wide(JSON_LIMITS.keys + 1), 'more than 500 keys'],
    ['entries', Array(JSON_LIMITS.entries).fill(1), Array(JSON_LIMITS.entries + 1).fill(1), 'more than 1000 entries'],
    ['levels', deep(JSON_LIMITS.levels), deep(JSON_LIMITS.levels + 1), 'nested too deeply'],
    ['values', Array(9).fill(Array(999).fill(1)), Array(12).fill(Array(999).fill(1)), 'more than 10000 values'],
  ])('has as many %s as the limit says, and not one more', (_name, within, over, words) => {
    expect([findJsonTextProblem(JSON.stringify(within)), findJsonValueProblem(within)]).toEqual([null, null])
    for (const problem of [findJsonTextProblem(JSON.stringify(over)), findJsonValueProblem(over)])
      expect(problem).toContain(words)
  })

  it('is measured by its structure, not by what stands in its texts', () => {
    const text = fc.string({ unit: fc.constantFrom('"', '\\', ',', '{', '[', ']', 'a'), maxLength: 2_000 })
    fc.assert(fc.property(text, (one) => findJsonTextProblem(JSON.stringify({ [one]: [one] })) === null))
  })

  it('needs not be valid to be measured', () => {
    for (const text of ['', '{', ']]]', '"', '"\\', ',,,', '{"a":"\\"']) expect(findJsonTextProblem(text)).toBeNull()
    expect(findJsonTextProblem('['.repeat(1_000))).toContain('nested too deeply')
  })
})
