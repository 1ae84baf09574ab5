import { describe, expect, it } from '@jest/globals'
import { normalizePlate, findPlateProblem } from '../../src/domain/license-plate.ts'

describe('a license plate', () => {
  it.each([
    [' abc  123 ', 'ABC 123'],
    ['ＡＢＣ１２３', 'ABC123'],
    ['m-ab 12', 'M-AB 12'],
  ])('%j is kept as %j', (written, kept) => expect(normalizePlate(written)).toBe(kept))

  it.each(['7ABC123', 'M-AB 12', 'MÜ·X 1', 'А123ВС'])('%s is one', (plate) =>
    expect(findPlateProblem(plate)).toBeNull(),
  )

  it.each(['', '-', "AB'; DROP", 'AB\u0000C', 'A\u202eB', '<b>1</b>', 'A'.repeat(21)])(
    '%j is none',
    (plate) => expect(findPlateProblem(plate)).toContain('1 to 20 letters and digits'),
  )
})
