import { describe, expect, it } from '@jest/globals'
import { prepareText } from '../../src/garage/exports/printable-text.ts'

const hasGlyph = (codePoint: number) => codePoint < 0x3000

describe('a text to print', () => {
  it.each([
    ['Camry\nblue', 'Camry\nblue', true],
    ['車 A🚗', '□ A□', false],
    ['a\tb\u202e', 'a b ', true],
    ['אבא שלי 12', '12 שלי אבא', true],
    ['Kia של אבא', 'Kia של אבא', true],
  ])('%j becomes %j', (text, printable, isComplete) =>
    expect(prepareText(text, hasGlyph)).toEqual({ text: printable, isComplete }),
  )
})
