import { describe, expect, it } from '@jest/globals'
import { detectDelimiter } from '../../src/garage/imports/domain/delimiter.ts'

describe('the delimiter of a file', () => {
  it.each([
    ['Date,Odometer\n2026-01-01,5', ','],
    ['Datum;Betrag;Preis\n01.01.2026;12,5;1,799', ';'],
    ['a\tb', '\t'],
    ['a|b|c', '|'],
    ['"one; two; three",b,c', ','],
    ['\n"## Vehicle"\r\n"Name";"Plate"\r\n', ';'],
    ['alone', ','],
  ])('of %j is %j', (text, delimiter) => expect(detectDelimiter(text)).toBe(delimiter))
})
