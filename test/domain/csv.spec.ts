import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatCsvCell, formatCsvLine } from '../../src/domain/csv.ts'

describe('a cell', () => {
  it.each<[unknown, string]>([
    ['Oil', 'Oil'],
    [null, ''],
    [undefined, ''],
    [12.5, '12.5'],
    ['-12.5', '-12.5'],
    [true, 'true'],
    [{ a: 1 }, '"{""a"":1}"'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
  ])('of %j is %j', (value, cell) => {
    expect(formatCsvCell(value)).toBe(cell)
  })

  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    ' =1',
    '\u00a0=1',
    "'=1",
    '\n=1',
  ])('of %j is a text to a spreadsheet', (value) => {
    expect(formatCsvCell(value).replace(/^"/, '')).toMatch(/^'/)
  })

  it('gives every text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const cell = formatCsvCell(text)
        const bare = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
        expect(bare.replace(/^'/, '')).toBe(text)
      }),
    )
  })
})

describe('a line', () => {
  it('ends as RFC 4180 says', () => {
    expect(formatCsvLine(['a', 1, null])).toBe('a,1,\r\n')
  })
})
