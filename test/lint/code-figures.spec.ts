import { describe, expect, it } from '@jest/globals'
import { isWithin, LIMITS, measureSources } from '../../src/lint/code-figures.mjs'

const measure = (text: string, file = 'src/sample.ts') => measureSources([{ file, text }])

describe('the figures of the sources', () => {
  it('count names that end in Of, of functions alone', () => {
    const text = `const x = 1\nconst colorOf = () => x\nclass A { sizeOf() {} }\nfunction getOf() {}`
    const sources = `${text}\nexport function getSize() {}`
    expect(measure(sources)['namesEndingInOf']).toEqual({
      value: 75,
      places: ['src/sample.ts:2 colorOf', 'src/sample.ts:3 sizeOf', 'src/sample.ts:4 getOf'],
    })
  })

  it('count exported functions of one word', () => {
    const text = 'export const walk = () => 1\nexport function getAll() {}\nexport const size = 1'
    expect(measure(text)['oneWordExports']).toEqual({ value: 50, places: ['src/sample.ts:1 walk'] })
  })

  it('find spread literals, wide lines, any, and long functions', () => {
    const long = `export function big() {\n${'  big()\n'.repeat(60)}}`
    const text = `const a = [...[1], ...b]\nconst c = f(...[1])\n${'x'.repeat(101)}\nlet d: any\n${long}`
    const figures = measure(text)
    expect(figures['literalSpreads']?.places).toEqual(['src/sample.ts:1', 'src/sample.ts:2'])
    expect(figures['wideLines']?.places).toEqual(['src/sample.ts:3'])
    expect(figures['anyTypes']?.places).toEqual(['src/sample.ts:4'])
    expect(figures['longFunctions']?.places).toEqual(['src/sample.ts:5 big (62 lines)'])
  })

  it('count exports with a docstring', () => {
    const text = '/** The size in cm. */\nexport const size = 1\nexport type Size = number'
    const places = ['src/sample.ts:3 Size']
    expect(measure(text)['documentedExports']).toEqual({ value: 50, places })
  })

  it('count tokens by lines of code, without comments and blank lines', () => {
    const text = '/** One. */\nconst a = 1\n\n// two\nconst view = <p>{a}</p>'
    expect(measure(text, 'src/sample.tsx')['tokensPerLine']?.value).toBe(8.5)
  })

  it('keep their limits', () => {
    expect(isWithin(1, { max: 1 })).toBe(true)
    expect(isWithin(1.01, { max: 1 })).toBe(false)
    expect(isWithin(89.9, LIMITS['documentedExports'] ?? {})).toBe(false)
  })
})
