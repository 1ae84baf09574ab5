import { describe, expect, it } from '@jest/globals'
import { prepareText } from '../../src/garage/exports/printable-text.ts'

const face = {
  hasGlyph: (codePoint: number) => codePoint < 0x3000,
  fitsLine: (text: string) => text.length <= 12,
}

describe('a text to print', () => {
  it.each([
    ['Camry\nblue', 'Camry\nblue', true],
    ['車 A🚗', '□ A□', false],
    ['a\tb\u202e', 'a b ', true],
    ['אבא שלי 12', 'אבא\u00a0שלי\u00a021', true],
    ['סך הכול 1,234.50', 'סך\u00a0הכול\n05.432,1', true],
    ['(שלי) אבא שלי אבא', ')שלי(\u00a0אבא\nשלי\u00a0אבא', true],
    ['רישיון.jpg', 'רישיון.gpj', true],
    ['Kia של אבא', 'Kia של\u00a0אבא', true],
    ['שלי Kia 12 אבא', '\u00a0שלי Kia 12 אבא', true],
  ])('%j becomes %j', (text, printable, isComplete) =>
    expect(prepareText(text, face)).toEqual({ text: printable, isComplete }),
  )
})
