import { describe, expect, it } from '@jest/globals'
import { lineInput, integerInput } from '../../src/domain/input-schemas.ts'

describe('a line of a body', () => {
  const line = lineInput().min(1).max(6)

  it('is composed and trimmed before it is measured', () => {
    expect(line.parse('  Rene\u0301e ')).toBe('Ren\u00e9e')
    expect(line.safeParse('   ').success).toBe(false)
  })

  it.each(['a\nb', 'a\u0007b', 'a\0b', 'a\ud83d', 7, null])('refuses %j', (written) => {
    expect(line.safeParse(written).success).toBe(false)
  })
})

describe('a whole number of a query', () => {
  it('is its digits', () => expect(integerInput(1, 100).parse('20')).toBe(20))

  it.each(['0x14', '2e1', ' 20', '20,5', '1.5', '', '0', '101', ['20']])(
    'is never %j',
    (written) => {
      expect(integerInput(1, 100).safeParse(written).success).toBe(false)
    },
  )
})
